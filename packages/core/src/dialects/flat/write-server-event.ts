import type {
  ConversationItemRetrieved,
  ResponseOutputAudioDelta,
  ServerEvent,
} from '../../events/server-events.ts'
import { audioPieces, withoutLargeAudio } from '../audio-pieces.ts'
import type { JsonObject } from '../json-object.ts'
import { fromItem } from './items.ts'
import { renamedParam, type ParamNames } from './params.ts'
import { fromResponse } from './response.ts'
import { fromSession } from './session.ts'

/** What writing needs to know of the wire. */
export interface ServerWriting {
  readonly extended: boolean
  readonly names: ParamNames
  readonly omits: ReadonlySet<string>
}

/** A GA server event as the flat wire has it: nothing for what it omits, several for a large delta. */
export function writeServerEvent(event: ServerEvent, writing: ServerWriting): readonly JsonObject[] {
  if (writing.omits.has(event.type)) return []
  if (event.type === 'conversation.item.retrieved') return retrieved(event)
  if (event.type !== 'response.output_audio.delta') return [fromServerEvent(event, writing)]
  return audioPieces(event).map(({ delta, ...rest }) => ({
    ...rest,
    type: 'response.audio.delta',
    delta: delta.base64,
  }))
}

function fromServerEvent(
  event: Exclude<ServerEvent, ConversationItemRetrieved | ResponseOutputAudioDelta>,
  { extended, names }: ServerWriting,
): JsonObject {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events are the same on both wires
  switch (event.type) {
    case 'extension':
      return event.event
    case 'error':
      return { ...event, error: { ...event.error, ...renamedParam(event.error, names.toFlat) } }
    case 'warning':
      return { ...event, warning: { ...event.warning, ...renamedParam(event.warning, names.toFlat) } }
    case 'session.created':
    case 'session.updated': {
      const isTranscription = event.session.type === 'transcription' && event.type === 'session.updated'
      return {
        ...event,
        ...(isTranscription && !extended && { type: 'transcription_session.updated' }),
        session: fromSession(event.session, extended),
      }
    }
    case 'response.created':
    case 'response.done':
      return { ...event, response: fromResponse(event.response, extended) }
    case 'conversation.item.added':
    case 'conversation.item.created':
      return { ...event, type: 'conversation.item.created', item: fromItem(event.item) }
    case 'response.output_item.added':
    case 'response.output_item.done':
      return { ...event, item: fromItem(event.item) }
    case 'conversation.item.input_audio_transcription.delta':
    case 'conversation.item.input_audio_transcription.completed':
      return event.logprobs ? { ...event, logprobs: event.logprobs.map(withBytes) } : event
    case 'response.output_text.delta':
      return { ...event, type: 'response.text.delta' }
    case 'response.output_text.done':
      return { ...event, type: 'response.text.done' }
    case 'response.output_audio.done':
      return { ...event, type: 'response.audio.done' }
    case 'response.output_audio_transcript.delta':
      return { ...event, type: 'response.audio_transcript.delta' }
    case 'response.output_audio_transcript.done':
      return { ...event, type: 'response.audio_transcript.done' }
    case 'response.function_call_arguments.done': {
      const { name: _, ...unnamed } = event
      return extended ? event : unnamed
    }
    default:
      return event
  }
}

/** The item with its audio, or with a warning without it where the frame would be too large. */
function retrieved(event: ConversationItemRetrieved): readonly JsonObject[] {
  const { item, audioBytes } = withoutLargeAudio(event.item)
  const written = { ...event, item: fromItem(item) }
  if (audioBytes === 0) return [written]
  const warning = {
    message: `The item comes without its ${audioBytes} bytes of audio, more than fit a frame.`,
    code: 'unsupported',
    param: null,
  }
  return [{ type: 'warning', event_id: `${event.event_id}_warning`, warning }, written]
}

/** SDKs of the flat wires read `bytes` as a list. */
function withBytes<Entry extends { readonly bytes?: readonly number[] | null | undefined }>(
  entry: Entry,
): Entry & { readonly bytes: readonly number[] } {
  return { ...entry, bytes: entry.bytes ?? [] }
}
