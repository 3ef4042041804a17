import type { HeldItem } from './conversation.ts'
import type { Talk } from './talk.ts'
import type { WireObject } from './wire.ts'

/** How an item of an answer ends. */
export type ItemEnd = 'completed' | 'incomplete'

/** Where an item is announced. */
export interface Place {
  readonly responseId: string
  readonly outputIndex: number
  readonly outOfBand: boolean
  /** `conversation.item.done` before `response.output_item.done`: both orders are documented. */
  readonly itemDoneFirst: boolean
}

/** An item of an answer that is being made. */
export interface OpenItem {
  readonly held: HeldItem
  /** Announces its end; the item as it then is. */
  close(item: WireObject): WireObject
}

/** Announces an item, in the conversation too unless out of band. */
export function openItem(talk: Talk, place: Place, item: WireObject & { readonly id: string }): OpenItem {
  const { responseId, outputIndex, outOfBand, itemDoneFirst } = place
  const at = { response_id: responseId, output_index: outputIndex }
  const shown = { object: 'realtime.item', status: 'in_progress', ...item }
  const held: HeldItem = { id: item.id, shown, text: '', soundMs: 0, open: true }
  talk.emit({ type: 'response.output_item.added', ...at, item: shown })
  if (!outOfBand) {
    const previous = talk.conversation.insert(held)
    talk.emit({ type: 'conversation.item.added', previous_item_id: previous, item: shown })
  }
  return {
    held,
    close(last) {
      const closed = { ...shown, ...last }
      const stays = !outOfBand && talk.conversation.find(held.id) !== undefined
      held.open = false
      held.shown = closed
      const itemDone = () => {
        if (stays)
          talk.emit({
            type: 'conversation.item.done',
            previous_item_id: talk.conversation.previousOf(held.id),
            item: closed,
          })
      }
      if (itemDoneFirst) itemDone()
      talk.emit({ type: 'response.output_item.done', ...at, item: closed })
      if (!itemDoneFirst) itemDone()
      return closed
    },
  }
}

/** A message that is being said or written. */
export interface OpenMessage {
  readonly held: HeldItem
  /** `response_id` to `content_index` of its events. */
  readonly place: WireObject
  say(delta: string, sound: string, soundMs: number): void
  close(end: ItemEnd): WireObject
}

/** Begins a message of the assistant with one part. */
export function openMessage(talk: Talk, place: Place, sound: boolean): OpenMessage {
  const item = openItem(talk, place, {
    id: talk.newId('item'),
    type: 'message',
    role: 'assistant',
    content: [],
  })
  const { held } = item
  const at = {
    response_id: place.responseId,
    item_id: held.id,
    output_index: place.outputIndex,
    content_index: 0,
  }
  const partOf = (text: string) => (sound ? { type: 'audio', transcript: text } : { type: 'text', text })
  let text = ''
  talk.emit({ type: 'response.content_part.added', ...at, part: partOf('') })

  return {
    held,
    place: at,
    say(delta, bytes, soundMs) {
      text += delta
      held.text += delta
      if (!sound) {
        talk.emit({ type: 'response.output_text.delta', ...at, delta })
        return
      }
      talk.emit({ type: 'response.output_audio_transcript.delta', ...at, delta })
      talk.emit({ type: 'response.output_audio.delta', ...at, delta: bytes })
      held.soundMs += soundMs
      held.soundFrom ??= performance.now()
      talk.hasSpoken = true
    },
    close(end) {
      if (sound) {
        const ends = [
          { type: 'response.output_audio.done', ...at },
          { type: 'response.output_audio_transcript.done', ...at, transcript: text },
        ]
        for (const event of place.itemDoneFirst ? ends : ends.toReversed()) talk.emit(event)
      } else {
        talk.emit({ type: 'response.output_text.done', ...at, text })
      }
      held.soundMs = Math.max(0, held.soundMs - talk.manner.heldShortMs)
      talk.emit({ type: 'response.content_part.done', ...at, part: partOf(text) })
      const part = sound ? { type: 'output_audio', transcript: text } : { type: 'output_text', text }
      return item.close({ status: end, content: [part] })
    },
  }
}
