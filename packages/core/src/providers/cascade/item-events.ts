import { pcm16ToFloat32 } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { UserMessageItem } from '../../events/items.ts'
import type { Conversation, PlacedItem } from './conversation.ts'
import type { Emit } from './emit.ts'
import { wireRate } from './session-settings.ts'
import type { LanguageModel, SpeechToText } from './stages.ts'
import { speechSamples } from './stages/speech-samples.ts'
import type { Transcripts } from './transcripts.ts'
import { createUtterance, listeningRate } from './utterance.ts'

type ItemEvent = Extract<ClientEvent, { type: `conversation.item.${string}` }>

/** The conversation as the client edits it. */
export interface ItemEvents {
  /** Answers an event; throws a `RealtimeError` when it cannot be done, and changes nothing then. */
  handle(event: ItemEvent): void
  /** Puts an item into the conversation and tells the client. */
  place(item: PlacedItem, previousItemId?: string | null): void
}

/** What editing the conversation needs. */
export interface ItemEventsOptions {
  readonly conversation: Conversation
  readonly transcripts: Transcripts
  readonly stt: SpeechToText
  readonly llm: Pick<LanguageModel, 'images'>
  /** BCP 47 tag the user speaks, `undefined` for the recogniser's default. */
  readonly language: () => string | undefined
  readonly emit: Emit
  readonly newId: (prefix: string) => string
}

/** Speech in an item whose words are not known yet. */
interface UnheardSpeech {
  readonly contentIndex: number
  readonly base64: string
}

/** Creates the editing side of one session. */
export function createItemEvents(options: ItemEventsOptions): ItemEvents {
  const { conversation, transcripts, stt, llm, language, emit, newId } = options

  function place(item: PlacedItem, previousItemId?: string | null): void {
    conversation.insert(item, previousItemId)
    const previous = conversation.previousOf(item.id)
    emit({ type: 'conversation.item.added', item, previous_item_id: previous })
    emit({ type: 'conversation.item.done', item, previous_item_id: previous })
  }

  function create({
    item,
    previous_item_id,
  }: Extract<ItemEvent, { type: 'conversation.item.create' }>): void {
    const id = item.id ?? newId('item')
    const placed: PlacedItem = { ...item, id, object: 'realtime.item', status: 'completed' }
    if (placed.type !== 'message' || placed.role !== 'user') return place(placed, previous_item_id)
    if (!llm.images && placed.content.some(({ type }) => type === 'input_image')) {
      throw new RealtimeError('unsupported', 'The language model does not look at images.', {
        param: 'item.content',
      })
    }
    const unheard = unheardSpeech(placed)
    place({ ...placed, content: placed.content.map(withoutSound) }, previous_item_id)
    for (const speech of unheard) transcribe(id, speech)
  }

  /** Recognises speech that came inside an item; a response waits for its words. */
  function transcribe(itemId: string, { contentIndex, base64 }: UnheardSpeech): void {
    const { bytes } = AudioPayload.fromBase64(base64, { param: 'item.content' })
    const samples = pcm16ToFloat32(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    const utterance = createUtterance(stt, language())
    utterance.append(speechSamples({ samples, sampleRate: wireRate }, listeningRate))
    const { transcript, listen } = utterance.recognize({ speculative: false })
    const soundMs = (samples.length * 1000) / wireRate
    void transcripts.follow({ itemId, contentIndex, soundMs, transcript, listen })
  }

  function found(id: string, code: ConstructorParameters<typeof RealtimeError>[0]): PlacedItem {
    const item = conversation.find(id)
    if (!item) throw new RealtimeError(code, `There is no item '${id}'.`, { param: 'item_id' })
    return item
  }

  return {
    place,
    handle(event) {
      switch (event.type) {
        case 'conversation.item.create':
          return create(event)
        case 'conversation.item.retrieve': {
          const item = found(event.item_id, 'item_retrieve_invalid_item_id')
          return emit({ type: 'conversation.item.retrieved', item })
        }
        case 'conversation.item.truncate': {
          const { item_id, content_index, audio_end_ms } = event
          found(item_id, 'item_truncate_invalid_item_id')
          if (!conversation.truncate(item_id, content_index, event.parley?.heard_transcript ?? '')) {
            throw new RealtimeError('invalid_value', 'This item has no audio there.', {
              param: 'content_index',
            })
          }
          return emit({ type: 'conversation.item.truncated', item_id, content_index, audio_end_ms })
        }
        case 'conversation.item.delete':
          found(event.item_id, 'item_delete_invalid_item_id')
          conversation.remove(event.item_id)
          return emit({ type: 'conversation.item.deleted', item_id: event.item_id })
      }
    },
  }
}

type UserPart = UserMessageItem['content'][number]

function unheardSpeech({ content }: UserMessageItem): readonly UnheardSpeech[] {
  return content.flatMap((part, contentIndex) =>
    part.type === 'input_audio' && part.audio && part.transcript == null
      ? [{ contentIndex, base64: part.audio }]
      : [],
  )
}

/** Sound is never echoed; its words are `null` until they are known. */
function withoutSound(part: UserPart): UserPart {
  if (part.type !== 'input_audio') return part
  const { audio: _sound, ...rest } = part
  return { ...rest, transcript: part.transcript ?? null }
}
