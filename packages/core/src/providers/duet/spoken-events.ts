import type { AssistantMessageItem, Item } from '../../events/items.ts'
import type { Response } from '../../events/response.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { SpokenPart } from './turn-parts.ts'

/** What a written event is turned into a spoken one with. */
export interface SpokenContext {
  /** The spoken part of an item, `undefined` when it has none. */
  readonly part: (itemId: string | undefined) => SpokenPart | undefined
  /** Nothing more of the answer is spoken. */
  readonly silenced: boolean
  /** Turns the response object into that of the spoken answer. */
  readonly response: (response: Response) => Response
}

/** The event of a written answer as those of the spoken answer: the same items with sound instead of text. */
export function toSpokenEvents(event: ServerEvent, context: SpokenContext): readonly ServerEvent[] {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events need nothing here
  switch (event.type) {
    case 'response.created':
    case 'response.done':
      return [{ ...event, response: context.response(event.response) }]
    case 'response.output_item.added':
    case 'conversation.item.added':
      return [{ ...event, item: toSpokenItem(event.item, context) }]
    case 'response.output_item.done':
    case 'conversation.item.done':
    case 'conversation.item.created':
      return [{ ...event, item: toSpokenItem(event.item, context) }]
    case 'response.content_part.added':
      return [{ ...event, part: { type: 'audio', transcript: '' } }]
    case 'response.content_part.done':
      return [{ ...event, part: { type: 'audio', transcript: context.part(event.item_id)?.told ?? '' } }]
    case 'response.output_text.done': {
      const { text: _written, ...fields } = event
      const transcript = context.part(event.item_id)?.told ?? ''
      return [
        { ...fields, type: 'response.output_audio.done' },
        {
          ...fields,
          type: 'response.output_audio_transcript.done',
          event_id: `${event.event_id}_words`,
          transcript,
        },
      ]
    }
    default:
      return [event]
  }
}

/** A written answer as a spoken one; anything else stays as it is. */
export function toSpokenItem(item: Item, { part: partOf, silenced }: Omit<SpokenContext, 'response'>): Item {
  if (item.type !== 'message' || item.role !== 'assistant') return item
  const part = partOf(item.id)
  const content: AssistantMessageItem['content'] = item.content.map((entry) =>
    entry.type === 'output_text' ? { type: 'output_audio', transcript: part?.told ?? '' } : entry,
  )
  const cut = silenced && item.status === 'completed' && part !== undefined && part.told !== part.written
  return { ...item, content, ...(cut && { status: 'incomplete' }) }
}
