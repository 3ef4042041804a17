import type { ContextItem } from '@parley/core/storage'

/** A conversation as the REST routes give it; times are Unix ms. */
export interface ConversationDocument {
  readonly id: string
  readonly revision: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly items: readonly ContextItem[]
}

/** A transcript for people. Where an answer was interrupted, the part nobody heard is struck out. */
export function toMarkdown({ id, createdAt, items }: ConversationDocument): string {
  const title = `# Conversation ${id}\n\n${new Date(createdAt).toISOString()}`
  return `${[title, ...items.map(toParagraph)].join('\n\n')}\n`
}

function toParagraph(entry: ContextItem): string {
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

const speakers = { system: 'System', user: 'User', assistant: 'Assistant' } as const

function toText({ item, heard }: ContextItem): string {
  if (item.type !== 'message') return ''
  const texts = item.content.map((part, index) => {
    const text = partText(part)
    if (heard?.contentIndex !== index || !text.startsWith(heard.transcript)) return escaped(text)
    const unheard = text.slice(heard.transcript.length).trim()
    return unheard === ''
      ? escaped(text)
      : `${escaped(heard.transcript.trimEnd())} ~~${escaped(unheard)}~~`.trim()
  })
  return texts.join('\n\n')
}

type Part = Extract<ContextItem['item'], { type: 'message' }>['content'][number]

function partText(part: Part): string {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return part.text
    case 'input_audio':
    case 'output_audio':
      return part.transcript ?? '(sound without words)'
    case 'input_image':
      return '(image)'
  }
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
