import fc from 'fast-check'
import { expect } from 'vitest'
import { readFrame } from '../dialects/openai-ga/wire.ts'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { comparable } from './dialect-laws.ts'

type AnyEvent = ClientEvent | ServerEvent

const base64 = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'))
/** Appends in the usual shape. */
export const appendFrames = base64.map((audio) => `{"type":"input_audio_buffer.append","audio":"${audio}"}`)
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
const index = fc.nat({ max: 999_999_999 })
/** Audio deltas in the usual shape, under the name the dialect has for them. */
export function deltaFramesOf(wireType: string): fc.Arbitrary<string> {
  return fc
    .tuple(id, id, id, index, index, base64)
    .map(([eventId, responseId, itemId, output, content, audio]) =>
      [
        `{"type":"${wireType}","event_id":"${eventId}","response_id":"${responseId}"`,
        `"item_id":"${itemId}","output_index":${output},"content_index":${content},"delta":"${audio}"}`,
      ].join(),
    )
}

/** Audio deltas of OpenAI GA. */
export const deltaFrames = deltaFramesOf('response.output_audio.delta')

/** A frame with one piece cut out and another put in: nearly right, often still JSON. */
function damaged(frame: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const syntax = fc.constantFrom(
    ...Array.from('"\\= \n{},:0é\u2028'),
    '\\u0041',
    '\\"',
    '==',
    '-1',
    '1e3',
    'null',
    '',
  )
  const fields = fc.constantFrom(
    ',"type":"session.update"',
    '","type":"session.update',
    '"type":"response.cancel",',
    ',"event_id":"a"',
    '","event_id":"a',
    '","audio":"AAAA',
    '","delta":"AAAA',
  )
  const piece = fc.oneof(syntax, fields)
  return fc.tuple(frame, fc.nat(), fc.nat({ max: 3 }), piece).map(([text, place, length, inserted]) => {
    const at = placeIn(text, place)
    return text.slice(0, at) + inserted + text.slice(at + length)
  })
}

/** Half of the places are near the end, where the audio is. */
function placeIn(text: string, place: number): number {
  return place % 2 === 0 ? place % (text.length + 1) : text.length - (place % Math.min(60, text.length))
}

/** Fails when the codec reads a frame, right or damaged, in another way than the full parser. */
export function readsAlike(
  frames: fc.Arbitrary<string>,
  decode: (frame: string) => readonly AnyEvent[],
  parse: (raw: unknown) => AnyEvent,
): fc.IProperty<[string]> {
  return fc.property(fc.oneof(frames, damaged(frames), damaged(damaged(frames))), (frame) => {
    const fast = outcome(() => decode(frame).map(comparable))
    expect(fast).toEqual(outcome(() => [comparable(parse(readFrame(frame)))]))
  })
}

/** What decoding gives, or the code and field it refuses with. */
function outcome(decode: () => unknown): unknown {
  try {
    return JSON.stringify(decode())
  } catch (error) {
    return error instanceof RealtimeError ? [error.code, error.param] : error
  }
}
