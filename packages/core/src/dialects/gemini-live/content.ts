import { RealtimeError } from '../../errors.ts'
import type { Item, UserContentPart } from '../../events/items.ts'
import type { ClientPart, ClientTurn } from './messages.ts'

const dataUri = /^data:([\w.+-]+\/[\w.+-]+);base64,(.*)$/s

/** The parts of a user message. Throws `unsupported` for an image that is not a data URI and for sound. */
export function toUserParts(content: readonly UserContentPart[]): readonly ClientPart[] {
  return content.map((part, index): ClientPart => {
    if (part.type === 'input_text') return { text: part.text }
    if (part.type === 'input_audio') {
      if (part.transcript != null) return { text: part.transcript }
      throw new RealtimeError('unsupported', 'Gemini Live takes sound by input_audio_buffer.append only.', {
        param: `item.content[${index}].type`,
      })
    }
    const [, mimeType, data] = dataUri.exec(part.image_url ?? '') ?? []
    if (mimeType !== undefined && data !== undefined) return { inlineData: { mimeType, data } }
    throw new RealtimeError('unsupported', 'Gemini Live takes images as data URIs in base64 only.', {
      param: `item.content[${index}].image_url`,
    })
  })
}

/**
 * Items as turns, neighbours of one role joined. System messages are left out: they belong to the instructions.
 * Function calls become words, because a session takes results only of calls it made itself.
 */
export function toTurns(items: readonly Item[]): readonly ClientTurn[] {
  return items.flatMap(toTurn).reduce<ClientTurn[]>((turns, turn) => {
    const last = turns.at(-1)
    if (last?.role !== turn.role) return [...turns, turn]
    return [...turns.slice(0, -1), { ...last, parts: [...last.parts, ...turn.parts] }]
  }, [])
}

function toTurn(item: Item): readonly ClientTurn[] {
  switch (item.type) {
    case 'message':
      return messageTurn(item)
    case 'function_call':
      return [{ role: 'model', parts: [{ text: `[called ${item.name} with ${item.arguments}]` }] }]
    case 'function_call_output':
      return [{ role: 'user', parts: [{ text: `[result of the call: ${item.output}]` }] }]
    case 'mcp_list_tools':
    case 'mcp_call':
    case 'mcp_approval_request':
    case 'mcp_approval_response':
      return []
  }
}

function messageTurn(item: Extract<Item, { type: 'message' }>): readonly ClientTurn[] {
  if (item.role === 'system') return []
  if (item.role === 'user') {
    const known = item.content.filter((part) => part.type !== 'input_audio' || part.transcript)
    return known.length === 0 ? [] : [{ role: 'user', parts: toUserParts(known) }]
  }
  const words = item.content
    .map((part) => (part.type === 'output_text' ? part.text : (part.transcript ?? '')))
    .filter((text) => text !== '')
  return words.length === 0 ? [] : [{ role: 'model', parts: words.map((text) => ({ text })) }]
}

/** Texts of the system messages, in order. */
export function systemTexts(items: readonly Item[]): readonly string[] {
  return items.flatMap((item) =>
    item.type === 'message' && item.role === 'system' ? item.content.map(({ text }) => text) : [],
  )
}
