import type { ClientEventJson } from '@parley/client'
import { bytesToBase64, float32ToPcm16 } from '@parley/audio'
import { tone } from '@parley/audio/signals'
import { oneOf } from '@parley/core/testing'
import type { ServedDialect } from '../dialect-choice.ts'

/** Something a caller says, known by its mark. */
export interface Turn {
  readonly kind: 'text' | 'tool' | 'spoken'
  readonly mark: string
  readonly text: string
  /** Id of the item of the user; that of a spoken turn is the gateway's own. */
  readonly itemId: string
}

/** So many turns of a conversation. */
export function turnsOf(
  count: number,
  random: () => number,
  kinds: readonly Turn['kind'][],
): readonly Turn[] {
  return Array.from({ length: count }, (_, index) => {
    const mark = `mark${index + 1}`
    const kind = oneOf(kinds, random)
    return { kind, mark, text: wordsOf(kind, mark), itemId: `item_${mark}` }
  })
}

function wordsOf(kind: Turn['kind'], mark: string): string {
  switch (kind) {
    case 'text':
      return `this is ${mark}`
    case 'tool':
      return `please call lookup for ${mark}`
    case 'spoken':
      return ''
  }
}

/** The last turn asks what the backend knows. */
export const recollection: Turn = {
  kind: 'text',
  mark: 'what did i say',
  text: 'what did i say',
  itemId: 'item_last',
}

/** The user says it. */
export function eventsOf({ kind, itemId, text }: Turn): readonly ClientEventJson[] {
  if (kind === 'spoken') return [...speech, { type: 'input_audio_buffer.commit' }]
  const content = [{ type: 'input_text', text }]
  return [{ type: 'conversation.item.create', item: { id: itemId, type: 'message', role: 'user', content } }]
}

/** Three tenths of a second of sound (16 bits at 24 kHz), in as many pieces. */
const speech: readonly ClientEventJson[] = Array.from({ length: 3 }, () => {
  const samples = tone({ frequency: 380, sampleRate: 24_000, length: 2_400, amplitude: 0.25 })
  return { type: 'input_audio_buffer.append', audio: bytesToBase64(float32ToPcm16(samples)) }
})

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
