import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { firstWords, lifeWords, messageWords } from './conversation-words.ts'
import { exportWords, timesFor } from './export-words.ts'
import type { ExportWords, Reader } from './export-words.ts'

/** A transcript for people. Where an answer was interrupted, the part nobody heard is struck out. */
export function toMarkdown(
  { createdAt, items, facts, life }: Pick<ConversationDocument, 'createdAt' | 'items' | 'facts' | 'life'>,
  reader: Reader,
): string {
  const words = exportWords[reader.language]
  const time = timesFor(reader)
  const title = `# ${escaped(firstWords(items)) || words.untitled}\n\n${time(createdAt)}`
  const pinned = facts.map(({ text }) => `- ${escaped(text)}`).join('\n')
  const news = lifeWords(life, reader).map(({ at, text }) => ({
    at,
    text: `*${escaped(text)}* (${time(at)})`,
  }))
  const said = items.map((entry) => ({ at: entry.at, text: toParagraph(entry, words, time) }))
  const paragraphs: string[] = []
  for (const { at, text } of said) {
    while ((news[0]?.at ?? Infinity) < at) paragraphs.push(news.shift()?.text ?? '')
    paragraphs.push(text)
  }
  const head = [title, ...(pinned === '' ? [] : [`## ${words.facts}\n\n${pinned}\n\n---`])]
  return `${[...head, ...paragraphs, ...news.map(({ text }) => text)].join('\n\n')}\n`
}

function toParagraph(entry: DocumentItem, words: ExportWords, time: (at: number) => string): string {
  const { item } = entry
  switch (item.type) {
    case 'message':
      return `**${words.speakers[item.role]}** (${time(entry.at)}): ${toText(entry, words)}`
    case 'function_call':
    case 'mcp_call':
      return `**${words.toolCall}** \`${item.name}\`\n\n${fenced(item.arguments)}`
    case 'function_call_output':
      return `**${words.toolResult}**\n\n${fenced(item.output)}`
    case 'mcp_list_tools':
      return `**${words.toolsOf}** \`${item.server_label}\`: ${item.tools.map(({ name }) => `\`${name}\``).join(', ')}`
    case 'mcp_approval_request':
      return `**${words.approvalAsked}** \`${item.name}\`\n\n${fenced(item.arguments)}`
    case 'mcp_approval_response':
      return `**${words.approval(item.approve)}**`
  }
}

function toText(entry: DocumentItem, words: ExportWords): string {
  const texts = messageWords(entry, words).map(({ heard, unheard }) =>
    unheard === '' ? escaped(heard) : `${escaped(heard)} ~~${escaped(unheard)}~~`.trim(),
  )
  return texts.join('\n\n')
}

/** What was said is no markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_~<>[\]#]/g, (mark) => `\\${mark}`)
}

/** A code block with a fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
