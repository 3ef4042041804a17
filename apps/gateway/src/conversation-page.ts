import type { ItemAudio, ItemAudioNote } from '@parley/core/storage'
import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { pageStyle } from './conversation-page-style.ts'
import { messageWords, speakers } from './conversation-words.ts'

/** Gives the sound of a part, `undefined` where it is gone meanwhile. */
export type LoadSound = (note: ItemAudioNote) => Promise<ItemAudio | undefined>

/**
 * A conversation as one page that needs nothing else, not even a script: speakers, times, tools, what became of the
 * sessions, kept sound to play; words nobody heard are struck through. Comes piece by piece, one sound at a time.
 */
export async function* conversationPage(
  conversation: ConversationDocument,
  loadSound: LoadSound,
): AsyncGenerator<string> {
  const { id, createdAt, items, life, facts, summary } = conversation
  yield `<!doctype html>
<html lang="und"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Conversation ${escaped(id)}</title>
<style>${pageStyle}</style></head><body><main>
<header lang="en"><h1>Conversation</h1><p>${escaped(id)} · ${time(createdAt)}</p>
<p>${count(items.length, 'item')}, ${count(conversation.responses.length, 'answer')}</p></header>
`
  if (facts.length > 0) yield aside('Facts', facts.map(({ text }) => `<p>${escaped(text)}</p>`).join(''))
  if (summary !== undefined) yield aside('Summary of the beginning', `<p>${escaped(summary.text)}</p>`)
  yield '<ol>\n'
  const events = [...life]
  for (const entry of items) {
    while ((events[0]?.at ?? Infinity) < entry.at) yield eventLine(events.shift())
    yield itemStart(entry)
    for (const note of conversation.audio) {
      if (note.itemId === entry.item.id) yield await player(note, loadSound)
    }
    yield '</li>\n'
  }
  for (const event of events) yield eventLine(event)
  yield '</ol></main></body></html>\n'
}

function itemStart(entry: DocumentItem): string {
  const { item, at } = entry
  if (item.type === 'message') {
    return `<li class="${item.role}"><p class="who" lang="en">${speakers[item.role]} ${time(at)}</p>${message(entry)}`
  }
  return `<li class="tool"><p class="who" lang="en">${toolTitle(item)} ${time(at)}</p>${toolBody(item)}`
}

function message(entry: DocumentItem): string {
  const parts = messageWords(entry).map(({ heard, unheard, image }) => {
    if (image !== undefined && /^data:image\/(png|jpeg|webp|gif);base64,[\w+/=]+$/.test(image)) {
      return `<p><img alt="Image" src="${image}"></p>`
    }
    const cut = unheard === '' ? '' : ` <s title="Not heard">${escaped(unheard)}</s>`
    return `<p class="words" dir="auto">${escaped(heard)}${cut}</p>`
  })
  return parts.join('')
}

type Tool = Exclude<DocumentItem['item'], { type: 'message' }>

function toolTitle(item: Tool): string {
  switch (item.type) {
    case 'function_call':
    case 'mcp_call':
      return `Tool call <code>${escaped(item.name)}</code>`
    case 'function_call_output':
      return 'Tool result'
    case 'mcp_list_tools':
      return `Tools of <code>${escaped(item.server_label)}</code>`
    case 'mcp_approval_request':
      return `Approval asked for <code>${escaped(item.name)}</code>`
    case 'mcp_approval_response':
      return `Approval ${item.approve ? 'given' : 'refused'}`
  }
}

function toolBody(item: Tool): string {
  switch (item.type) {
    case 'function_call':
    case 'mcp_call':
    case 'mcp_approval_request':
      return code(item.arguments)
    case 'function_call_output':
      return code(item.output)
    case 'mcp_list_tools':
      return code(item.tools.map(({ name }) => name).join('\n'))
    case 'mcp_approval_response':
      return ''
  }
}

async function player(note: ItemAudioNote, loadSound: LoadSound): Promise<string> {
  const sound = await loadSound(note)
  if (sound === undefined || !/^audio\/[\w.+-]+$/.test(sound.mediaType)) return ''
  const data = Buffer.from(sound.bytes).toString('base64')
  return `<audio controls preload="metadata" src="data:${sound.mediaType};base64,${data}"></audio>`
}

function eventLine(event: ConversationDocument['life'][number] | undefined): string {
  if (event === undefined) return ''
  const words = [event.event.replaceAll('_', ' '), event.backend, event.model, event.detail]
  const text = words.filter((word) => word !== undefined).join(' · ')
  return `<li class="event" lang="en"><p>${escaped(text)} ${time(event.at)}</p></li>\n`
}

function aside(title: string, body: string): string {
  return `<section class="aside"><h2 lang="en">${title}</h2>${body}</section>\n`
}

function code(text: string): string {
  return `<pre><code>${escaped(text)}</code></pre>`
}

function time(at: number): string {
  const iso = new Date(at).toISOString()
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What was said is no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? mark)
}
