import type { Frame } from '../../channel/codec.ts'
import { AudioPayload } from '../../events/audio-payload.ts'
import { maxAppendBytes, type InputAudioBufferAppend } from '../../events/client-events.ts'
import type { ResponseOutputAudioDelta } from '../../events/server-events.ts'

const appendPrefix = '{"type":"input_audio_buffer.append","audio":"'
const deltaFields =
  '"event_id":"([\\w-]+)","response_id":"([\\w-]+)","item_id":"([\\w-]+)","output_index":(0|[1-9]\\d{0,8}),"content_index":(0|[1-9]\\d{0,8}),"delta":"'
const suffix = '"}'

/**
 * Reads an append that has exactly the keys `type` and `audio`, in this order and without white space. Anything
 * else gives `undefined` and is for the full parser, which would read this one alike.
 */
export function readAppendFrame(frame: Frame): InputAudioBufferAppend | undefined {
  if (typeof frame !== 'string' || !frame.startsWith(appendPrefix)) return undefined
  const audio = lastField(frame, appendPrefix.length)
  if (!audio || audio.byteLength > maxAppendBytes) return undefined
  return { type: 'input_audio_buffer.append', audio }
}

/**
 * As `readAppendFrame` for audio deltas, whose keys stand in the order OpenAI sends them. `wireType` is what the
 * dialect calls them.
 */
export function deltaFrameReader(wireType: string): (frame: Frame) => ResponseOutputAudioDelta | undefined {
  const deltaPrefix = new RegExp(`^\\{"type":"${wireType.replaceAll('.', '\\.')}",${deltaFields}`)
  return (frame) => {
    if (typeof frame !== 'string') return undefined
    const prefix = deltaPrefix.exec(frame)
    if (!prefix) return undefined
    const [start, eventId, responseId, itemId, outputIndex, contentIndex] = prefix
    const delta = lastField(frame, start.length)
    if (!delta || eventId === undefined || responseId === undefined || itemId === undefined) return undefined
    return {
      type: 'response.output_audio.delta',
      event_id: eventId,
      response_id: responseId,
      item_id: itemId,
      output_index: Number(outputIndex),
      content_index: Number(contentIndex),
      delta,
    }
  }
}

/** Reads the audio deltas of OpenAI GA. */
export const readDeltaFrame = deltaFrameReader('response.output_audio.delta')

/** Invariant: base64 holds neither quote nor backslash, so the text from `start` to the suffix is one JSON string. */
function lastField(frame: string, start: number): AudioPayload | undefined {
  // The quote that opens the field is not the one that closes it.
  if (frame.length < start + suffix.length || !frame.endsWith(suffix)) return undefined
  return AudioPayload.tryFromBase64(frame.slice(start, -suffix.length))
}
