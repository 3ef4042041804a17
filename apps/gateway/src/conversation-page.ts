import type { ItemAudio, ItemAudioNote } from '@parley/core/storage'
import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { pageStyle } from './conversation-page-style.ts'
import { firstWords, lifeWords, messageWords } from './conversation-words.ts'
import { exportWords, timesFor } from './export-words.ts'
import type { ExportWords, Reader } from './export-words.ts'

/** Gives the sound of a part, `undefined` where it is gone meanwhile. */
export type LoadSound = (note: ItemAudioNote) => Promise<ItemAudio | undefined>

/**
 * A conversation as one page that needs nothing else, not even a script: speakers, times, tools, what became of the
 * sessions, kept sound to play; words nobody heard are struck through. Comes piece by piece, one sound at a time.
 */
export async function* conversationPage(
  conversation: ConversationDocument,
  loadSound: LoadSound,
  reader: Reader,
): AsyncGenerator<string> {
  const { createdAt, items, facts, summary } = conversation
  const scribe: Scribe = { ...reader, words: exportWords[reader.language], time: timesFor(reader) }
  const { words, language } = scribe
  const first = firstWords(items)
  const title = escaped(first || words.untitled)
  yield `<!doctype html>
<html lang="und"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${pageStyle}</style></head><body><main>
<header lang="${language}"><h1${first === '' ? '' : ' lang="und" dir="auto"'}>${title}</h1>
<p>${time(createdAt, scribe)} · ${words.entries(items.length)}, ${words.answers(conversation.responses.length)}</p></header>
`
  if (facts.length > 0) {
    yield aside(words.facts, facts.map(({ text }) => `<p>${escaped(text)}</p>`).join(''), language)
  }
  if (summary !== undefined) yield aside(words.summary, `<p>${escaped(summary.text)}</p>`, language)
  yield '<ol>\n'
  const news = [...lifeWords(conversation.life, reader)]
  for (const entry of items) {
    while ((news[0]?.at ?? Infinity) < entry.at) yield newsLine(news.shift(), scribe)
    yield itemStart(entry, scribe)
    for (const note of conversation.audio) {
      if (note.itemId === entry.item.id) yield await player(note, loadSound)
    }
    yield '</li>\n'
  }
  for (const each of news) yield newsLine(each, scribe)
  yield '</ol></main></body></html>\n'
}

/** What it takes to write for a reader. */
interface Scribe extends Reader {
  readonly words: ExportWords
  readonly time: (at: number) => string
}

function itemStart(entry: DocumentItem, scribe: Scribe): string {
  const { item, at } = entry
  const { language, words } = scribe
  if (item.type === 'message') {
    const who = words.speakers[item.role]
    return `<li class="${item.role}"><p class="who" lang="${language}">${who} ${time(at, scribe)}</p>${message(entry, words)}`
  }
  return `<li class="tool"><p class="who" lang="${language}">${toolTitle(item, words)} ${time(at, scribe)}</p>${toolBody(item)}`
}

function message(entry: DocumentItem, words: ExportWords): string {
  const parts = messageWords(entry, words).map(({ heard, unheard, image }) => {
    if (image !== undefined && /^data:image\/(png|jpeg|webp|gif);base64,[\w+/=]+$/.test(image)) {
      return `<p><img alt="${escaped(words.image)}" src="${image}"></p>`
    }
    const cut = unheard === '' ? '' : ` <s title="${words.notHeard}">${escaped(unheard)}</s>`
    return `<p class="words" dir="auto">${escaped(heard)}${cut}</p>`
  })
  return parts.join('')
}

type Tool = Exclude<DocumentItem['item'], { type: 'message' }>

function toolTitle(item: Tool, words: ExportWords): string {
  switch (item.type) {
    case 'function_call':
    case 'mcp_call':
      return `${words.toolCall} <code>${escaped(item.name)}</code>`
    case 'function_call_output':
      return words.toolResult
    case 'mcp_list_tools':
      return `${words.toolsOf} <code>${escaped(item.server_label)}</code>`
    case 'mcp_approval_request':
      return `${words.approvalAsked} <code>${escaped(item.name)}</code>`
    case 'mcp_approval_response':
      return words.approval(item.approve)
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

function newsLine(news: ReturnType<typeof lifeWords>[number] | undefined, scribe: Scribe): string {
  if (news === undefined) return ''
  const { at, text } = news
  return `<li class="event" lang="${scribe.language}"><p>${escaped(text)} ${time(at, scribe)}</p></li>\n`
}

function aside(title: string, body: string, language: string): string {
  return `<section class="aside"><h2 lang="${language}">${title}</h2>${body}</section>\n`
}

function code(text: string): string {
  return `<pre><code>${escaped(text)}</code></pre>`
}

function time(at: number, scribe: Scribe): string {
  return `<time datetime="${new Date(at).toISOString()}">${scribe.time(at)}</time>`
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
