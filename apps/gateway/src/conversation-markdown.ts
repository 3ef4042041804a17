import type { ConversationDocument, DocumentItem } from './conversation-document.ts'
import { messageWords, speakers } from './conversation-words.ts'

/** A transcript for people. Where an answer was interrupted, the part nobody heard is struck out. */
export function toMarkdown({
  id,
  createdAt,
  items,
}: Pick<ConversationDocument, 'id' | 'createdAt' | 'items'>): string {
  const title = `# Conversation ${id}\n\n${new Date(createdAt).toISOString()}`
  return `${[title, ...items.map(toParagraph)].join('\n\n')}\n`
}

function toParagraph(entry: DocumentItem): string {
  const { item } = entry
  switch (item.type) {
    case 'message':
      return `**${speakers[item.role]}** (${new Date(entry.at).toISOString()}): ${toText(entry)}`
    case 'function_call':
    case 'mcp_call':
      return `**Tool call** \`${item.name}\`\n\n${fenced(item.arguments)}`
    case 'function_call_output':
      return `**Tool result**\n\n${fenced(item.output)}`
    case 'mcp_list_tools':
      return `**Tools** of \`${item.server_label}\`: ${item.tools.map(({ name }) => `\`${name}\``).join(', ')}`
    case 'mcp_approval_request':
      return `**Approval asked** for \`${item.name}\`\n\n${fenced(item.arguments)}`
    case 'mcp_approval_response':
      return `**Approval** ${item.approve ? 'given' : 'refused'}`
  }
}

function toText(entry: DocumentItem): string {
  const texts = messageWords(entry).map(({ heard, unheard }) =>
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
