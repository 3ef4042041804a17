import { AudioPayload } from '../events/audio-payload.ts'
import type { Item } from '../events/items.ts'
import type { ResponseOutputAudioDelta } from '../events/server-events.ts'

/**
 * Most base64 characters of one delta: clients of Voice Live close on a frame of more than 1 MiB. A multiple of 8,
 * so that a piece holds whole 16-bit samples.
 */
const maxBase64Length = 699_048

/** A delta as it is, or as several where its frame would be too large; the first keeps the id. */
export function audioPieces(event: ResponseOutputAudioDelta): readonly ResponseOutputAudioDelta[] {
  if (event.delta.byteLength <= (maxBase64Length / 4) * 3) return [event]
  const { base64 } = event.delta
  const pieces: ResponseOutputAudioDelta[] = []
  for (let start = 0; start < base64.length; start += maxBase64Length) {
    const delta = AudioPayload.fromBase64(base64.slice(start, start + maxBase64Length))
    pieces.push({
      ...event,
      event_id: start === 0 ? event.event_id : `${event.event_id}_${pieces.length}`,
      delta,
    })
  }
  return pieces
}

/** An item whose audio does not fit one frame loses it; `audioBytes` says how much that was. */
export function withoutLargeAudio(item: Item): { readonly item: Item; readonly audioBytes: number } {
  if (item.type !== 'message' || item.role === 'system') return { item, audioBytes: 0 }
  const length = item.content.reduce((sum, part) => sum + audioLength(part), 0)
  if (length <= maxBase64Length) return { item, audioBytes: 0 }
  const audioBytes = (length / 4) * 3
  return item.role === 'user'
    ? { item: { ...item, content: item.content.map(withoutAudio) }, audioBytes }
    : { item: { ...item, content: item.content.map(withoutAudio) }, audioBytes }
}

function audioLength(part: object): number {
  return 'audio' in part && typeof part.audio === 'string' ? part.audio.length : 0
}

function withoutAudio<Part extends object>(part: Part): Part {
  return 'audio' in part ? { ...part, audio: undefined } : part
}
