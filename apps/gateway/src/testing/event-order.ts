import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { expect } from 'vitest'

const deltas = /\.delta$/

/** Types of the events of a response and of the items it writes, in order; neighbouring deltas count once. */
export function outlineOf(events: readonly RealtimeServerEvent[], responseId: string): readonly string[] {
  const items = new Set(
    events.flatMap((event) =>
      event.type === 'response.output_item.added' && event.response_id === responseId ? event.item.id : [],
    ),
  )
  return events
    .filter((event) => {
      if ('response_id' in event) return event.response_id === responseId
      if ('response' in event) return event.response.id === responseId
      return event.type.startsWith('conversation.item.') && 'item' in event && items.has(event.item.id)
    })
    .map(({ type }) => (deltas.test(type) ? 'deltas' : type))
    .filter((type, index, all) => type !== 'deltas' || all[index - 1] !== 'deltas')
}

/** What comes around the output of every response. */
function around(output: readonly string[]): readonly string[] {
  return [
    'response.created',
    'response.output_item.added',
    'conversation.item.added',
    ...output,
    'conversation.item.done',
    'response.output_item.done',
    'response.done',
  ]
}

/** The order of a spoken, a written and a calling response. */
export const outlines = {
  audio: around([
    'response.content_part.added',
    'deltas',
    'response.output_audio.done',
    'response.output_audio_transcript.done',
    'response.content_part.done',
  ]),
  text: around([
    'response.content_part.added',
    'deltas',
    'response.output_text.done',
    'response.content_part.done',
  ]),
  call: around(['deltas', 'response.function_call_arguments.done']),
}

/** Checks what holds for all events of a session in which items were only appended. */
export function expectWellFormed(events: readonly RealtimeServerEvent[]): void {
  const ids = events.map((event) => ('event_id' in event ? event.event_id : undefined))
  expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expectChain(events)
  for (const event of events) if (event.type === 'response.done') expectUsage(event.response.usage)
}

/** Each item stands behind the one added before it, the first behind none. */
function expectChain(events: readonly RealtimeServerEvent[]): void {
  const placed = new Map<string | undefined, string | null>()
  let last: string | null = null
  for (const event of events) {
    if (event.type === 'conversation.item.added') {
      expect(event.previous_item_id).toBe(last)
      placed.set(event.item.id, last)
      last = event.item.id ?? null
    } else if (event.type === 'conversation.item.done') {
      expect(event.previous_item_id).toBe(placed.get(event.item.id))
    }
  }
}

/** Complete, or none. */
function expectUsage(usage: unknown): void {
  if (usage === null) return
  const count = expect.any(Number)
  expect(usage).toMatchObject({
    total_tokens: count,
    input_tokens: count,
    output_tokens: count,
    input_token_details: {
      text_tokens: count,
      audio_tokens: count,
      image_tokens: count,
      cached_tokens: count,
      cached_tokens_details: { text_tokens: count, audio_tokens: count, image_tokens: count },
    },
    output_token_details: { text_tokens: count, audio_tokens: count },
  })
}
