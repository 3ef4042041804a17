import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import { comparable } from '../../testing/dialect-laws.ts'
import { readAppendFrame, readDeltaFrame } from './audio-frame.ts'
import { acceptor } from './acceptor.ts'
import { connector } from './connector.ts'
import { parseClientEvent, parseServerEvent } from './parse.ts'
import { readFrame } from './wire.ts'

const base64 = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'))
const append = base64.map((audio) => `{"type":"input_audio_buffer.append","audio":"${audio}"}`)
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
const index = fc.nat({ max: 999_999_999 })
const delta = fc
  .tuple(id, id, id, index, index, base64)
  .map(([eventId, responseId, itemId, output, content, audio]) =>
    [
      `{"type":"response.output_audio.delta","event_id":"${eventId}","response_id":"${responseId}"`,
      `"item_id":"${itemId}","output_index":${output},"content_index":${content},"delta":"${audio}"}`,
    ].join(),
  )

/** A frame with one piece cut out and another put in: nearly right, often still JSON. */
function damaged(frame: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      '\\',
      '\\u0041',
      '\\"',
      '=',
      '==',
      ' ',
      '\n',
      '{',
      '}',
      ',',
      ':',
      '0',
      '-1',
      '1e3',
      'null',
      'é',
    ),
    fc.constantFrom(
      ',"type":"session.update"',
      '","type":"session.update',
      '"type":"response.cancel",',
      ',"event_id":"a"',
      '","event_id":"a',
      '","audio":"AAAA',
      '","delta":"AAAA',
      '\u2028',
      '',
    ),
  )
  return fc.tuple(frame, fc.nat(), fc.nat({ max: 3 }), piece).map(([text, place, length, inserted]) => {
    const at = placeIn(text, place)
    return text.slice(0, at) + inserted + text.slice(at + length)
  })
}

/** Half of the places are near the end, where the audio is. */
function placeIn(text: string, place: number): number {
  return place % 2 === 0 ? place % (text.length + 1) : text.length - (place % Math.min(60, text.length))
}

function outcome(decode: () => unknown): unknown {
  try {
    return JSON.stringify(decode())
  } catch (error) {
    return error instanceof RealtimeError ? [error.code, error.param] : error
  }
}

const runs = { seed: 7, numRuns: 20_000 }

describe('the fast path for audio', () => {
  it('takes every append in the usual shape', () => {
    fc.assert(
      fc.property(append, (frame) => readAppendFrame(frame) !== undefined),
      runs,
    )
  })

  it('takes every delta in the usual shape', () => {
    fc.assert(
      fc.property(delta, (frame) => readDeltaFrame(frame) !== undefined),
      runs,
    )
  })

  it('reads appends as the full parser does, whatever is wrong with them', () => {
    const frames = fc.oneof(append, damaged(append), damaged(damaged(append)))
    fc.assert(
      fc.property(frames, (frame) => {
        const fast = outcome(() => acceptor.decode(frame).map(comparable))
        expect(fast).toEqual(outcome(() => [comparable(parseClientEvent(readFrame(frame)))]))
      }),
      runs,
    )
  })

  it('reads deltas as the full parser does, whatever is wrong with them', () => {
    const frames = fc.oneof(delta, damaged(delta), damaged(damaged(delta)))
    fc.assert(
      fc.property(frames, (frame) => {
        const fast = outcome(() => connector.decode(frame).map(comparable))
        expect(fast).toEqual(outcome(() => [comparable(parseServerEvent(readFrame(frame)))]))
      }),
      runs,
    )
  })

  it.each([
    ['a second type', '{"type":"input_audio_buffer.append","audio":"AAAA","type":"response.cancel"}'],
    ['a second audio', '{"type":"input_audio_buffer.append","audio":"AAAA","audio":"BBBB"}'],
    ['an escape', '{"type":"input_audio_buffer.append","audio":"\\u0041AAA"}'],
    ['white space', '{"type": "input_audio_buffer.append","audio":"AAAA"}'],
    ['another order', '{"audio":"AAAA","type":"input_audio_buffer.append"}'],
    ['an event id', '{"event_id":"e","type":"input_audio_buffer.append","audio":"AAAA"}'],
    ['bad base64', '{"type":"input_audio_buffer.append","audio":"AAA"}'],
    ['an end within the audio', '{"type":"input_audio_buffer.append","audio":"AAAA"},"}'],
  ])('leaves an append with %s to the full parser', (_, frame) => {
    expect(readAppendFrame(frame)).toBeUndefined()
  })

  it('leaves an append over the limit to the full parser', () => {
    const frame = `{"type":"input_audio_buffer.append","audio":"${'A'.repeat(20_971_524)}"}`
    expect(readAppendFrame(frame)).toBeUndefined()
  })
})
