import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { RecordedAnswer } from './script.ts'

/** Why an answer ends before its time. */
export type CutReason = 'turn_detected' | 'client_cancelled'

/** What of an answer has been sent. */
export interface Sent {
  /** Ids of the items that were announced. */
  readonly items: ReadonlySet<string>
  /** Words of each item so far. */
  readonly words: ReadonlyMap<string, string>
}

/**
 * The end of an answer that is cut off, made of what the recording still has of it: no more sound and words, each
 * announced item finished with the words it has, the response cancelled.
 */
export function cutShort(
  rest: RecordedAnswer['events'],
  sent: Sent,
  reason: CutReason,
): readonly ServerEvent[] {
  return rest.flatMap(({ event }): readonly ServerEvent[] => {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are not part of an end
    switch (event.type) {
      case 'response.output_audio.done':
        return sent.items.has(event.item_id) ? [event] : []
      case 'response.output_text.done':
        return sent.items.has(event.item_id) ? [{ ...event, text: sent.words.get(event.item_id) ?? '' }] : []
      case 'response.output_audio_transcript.done':
        return sent.items.has(event.item_id)
          ? [{ ...event, transcript: sent.words.get(event.item_id) ?? '' }]
          : []
      case 'response.content_part.done': {
        if (!sent.items.has(event.item_id)) return []
        const words = sent.words.get(event.item_id) ?? ''
        const { part } = event
        return [
          {
            ...event,
            part: part.type === 'text' ? { ...part, text: words } : { ...part, transcript: words },
          },
        ]
      }
      case 'response.output_item.done':
      case 'conversation.item.done':
        return sent.items.has(event.item.id ?? '') ? [{ ...event, item: cutItem(event.item, sent) }] : []
      case 'response.done': {
        const { response } = event
        const output = (response.output ?? []).filter((item) => sent.items.has(item.id ?? ''))
        const details = { type: 'cancelled', reason } as const
        const cut = { ...response, status: 'cancelled', status_details: details } as const
        return [{ ...event, response: { ...cut, output: output.map((item) => cutItem(item, sent)) } }]
      }
      default:
        return []
    }
  })
}

function cutItem(item: Item, { words }: Sent): Item {
  const said = words.get(item.id ?? '') ?? ''
  if (item.type !== 'message' || item.role !== 'assistant') return { ...item, status: 'incomplete' }
  const content = item.content.map((part) =>
    part.type === 'output_text' ? { ...part, text: said } : { ...part, transcript: said },
  )
  return { ...item, status: 'incomplete', content }
}
