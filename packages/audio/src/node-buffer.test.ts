import { describe, expect, it } from 'vitest'
import type { AudioFormat } from './format.ts'
import { float32ToPcm16 } from './pcm.ts'
import { createPcm16Decoder } from './pcm16-decoder.ts'
import { concatBytes } from './concat.ts'
import { noise } from './testing/signals.ts'
import { createTranscoder } from './transcoder.ts'

const bytes = float32ToPcm16(noise({ seed: 5, length: 50 }))

function convert(to: AudioFormat, input: Uint8Array): Uint8Array {
  const transcoder = createTranscoder({ type: 'audio/pcm', rate: 16_000 }, to)
  return concatBytes([...transcoder.process(input), ...transcoder.flush()])
}

describe('a Buffer of Node, whose slices are views', () => {
  it('may begin at an odd place of its pool', () => {
    const pool = Buffer.alloc(101)
    pool.set(bytes, 1)
    for (const to of [{ type: 'audio/pcm', rate: 8000 }, { type: 'audio/pcmu' }] as const) {
      expect(convert(to, pool.subarray(1))).toEqual(convert(to, bytes))
    }
  })

  it('is not held for the half sample at its end', () => {
    const decoder = createPcm16Decoder()
    const chunk = Buffer.of(0)
    decoder.process(chunk)
    chunk.fill(0xff)
    expect(decoder.process(Uint8Array.of(0x40))).toEqual([Float32Array.of(0.5)])
  })
})
