import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendFrames, deltaFrames, readsAlike } from '../../testing/audio-frames.ts'
import { readAppendFrame, readDeltaFrame } from './audio-frame.ts'
import { acceptor } from './acceptor.ts'
import { connector } from './connector.ts'
import { parseClientEvent, parseServerEvent } from './parse.ts'

const runs = { seed: 7, numRuns: 2000 }

describe('the fast path for audio', () => {
  it('takes every append in the usual shape', () => {
    fc.assert(
      fc.property(appendFrames, (frame) => readAppendFrame(frame) !== undefined),
      runs,
    )
  })

  it('takes every delta in the usual shape', () => {
    fc.assert(
      fc.property(deltaFrames, (frame) => readDeltaFrame(frame) !== undefined),
      runs,
    )
  })

  it('reads appends as the full parser does, whatever is wrong with them', () => {
    fc.assert(readsAlike(appendFrames, acceptor.decode, parseClientEvent), runs)
  })

  it('reads deltas as the full parser does, whatever is wrong with them', () => {
    fc.assert(readsAlike(deltaFrames, connector.decode, parseServerEvent), runs)
  })

  it.each([
    ['a second type', '{"type":"input_audio_buffer.append","audio":"AAAA","type":"response.cancel"}'],
    ['a second audio', '{"type":"input_audio_buffer.append","audio":"AAAA","audio":"BBBB"}'],
    ['an escape', '{"type":"input_audio_buffer.append","audio":"\\u0041AAA"}'],
    ['white space', '{"type": "input_audio_buffer.append","audio":"AAAA"}'],
    ['another order', '{"audio":"AAAA","type":"input_audio_buffer.append"}'],
    ['an event id', '{"event_id":"e","type":"input_audio_buffer.append","audio":"AAAA"}'],
    ['bad base64', '{"type":"input_audio_buffer.append","audio":"AAA"}'],
    ['one quote that opens and closes', '{"type":"input_audio_buffer.append","audio":"}'],
    ['an end within the audio', '{"type":"input_audio_buffer.append","audio":"AAAA"},"}'],
  ])('leaves an append with %s to the full parser', (_, frame) => {
    expect(readAppendFrame(frame)).toBeUndefined()
  })

  it('leaves an append over the limit to the full parser', () => {
    const frame = `{"type":"input_audio_buffer.append","audio":"${'A'.repeat(20_971_524)}"}`
    expect(readAppendFrame(frame)).toBeUndefined()
  })
})
