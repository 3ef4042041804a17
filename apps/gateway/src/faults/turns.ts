import type { ClientEventJson } from '@parley/client'
import { oneOf } from '@parley/core/testing'
import type { ServedDialect } from '../dialect-choice.ts'

/** Something a caller says, known by its mark. */
export interface Turn {
  readonly kind: 'text' | 'tool'
  readonly mark: string
  readonly text: string
  /** Id of the item of the user. */
  readonly itemId: string
}

/** So many turns of a conversation. */
export function turnsOf(count: number, random: () => number): readonly Turn[] {
  return Array.from({ length: count }, (_, index) => {
    const mark = `mark${index + 1}`
    const kind = oneOf(['text', 'text', 'tool'] as const, random)
    const text = kind === 'text' ? `this is ${mark}` : `please call lookup for ${mark}`
    return { kind, mark, text, itemId: `item_${mark}` }
  })
}

/** The last turn asks what the backend knows. */
export const recollection: Turn = {
  kind: 'text',
  mark: 'what did i say',
  text: 'what did i say',
  itemId: 'item_last',
}

/** The user says it. */
export function itemOf({ itemId, text }: Turn): ClientEventJson {
  const content = [{ type: 'input_text', text }]
  return { type: 'conversation.item.create', item: { id: itemId, type: 'message', role: 'user', content } }
}

/** The result of a call. */
export function outputOf(callId: string, { mark }: Turn): ClientEventJson {
  const item = {
    id: `item_out_${mark}`,
    type: 'function_call_output',
    call_id: callId,
    output: `found ${mark}`,
  }
  return { type: 'conversation.item.create', item }
}

const lookup = {
  type: 'function',
  name: 'lookup',
  description: 'Looks something up.',
  parameters: { type: 'object', properties: {} },
}

/** The settings of a session, in the words of a dialect. */
export function settingsOf(dialect: ServedDialect, output: 'text' | 'audio'): ClientEventJson {
  const own =
    dialect === 'openai-ga'
      ? { type: 'realtime', output_modalities: [output], audio: { input: { turn_detection: null } } }
      : { modalities: output === 'text' ? ['text'] : ['text', 'audio'], turn_detection: null }
  return { type: 'session.update', session: { ...own, tools: [lookup] } }
}
