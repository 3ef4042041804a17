import { expect, it } from 'vitest'
import { concatBytes } from './concat.ts'
import type { AudioFormat } from './format.ts'
import { muLaw } from './g711.ts'
import { float32ToPcm16 } from './pcm.ts'
import { tone } from './signals/tone.ts'
import { transcodePieces } from './transcode-pieces.ts'
import { createTranscoder } from './transcoder.ts'

const wide: AudioFormat = { type: 'audio/pcm', rate: 24_000 }
const phone: AudioFormat = { type: 'audio/pcmu' }
const target: AudioFormat = { type: 'audio/pcm', rate: 16_000 }
const bytes = float32ToPcm16(tone({ frequency: 300, sampleRate: 24_000, length: 2400 }))
const coded = muLaw.fromInt16(new Int16Array(800).fill(1000))

it('makes one stream of pieces that share their format', () => {
  const parts = [bytes.subarray(0, 1000), bytes.subarray(1000)].map((part) => ({ bytes: part, format: wide }))
  const whole = transcodePieces([{ bytes, format: wide }], target)
  expect(concatBytes(transcodePieces(parts, target))).toEqual(concatBytes(whole))
  expect(concatBytes(whole)).toHaveLength(3200)
})

it('plays a format out before the next one begins', () => {
  const alone = createTranscoder(phone, target)
  const sound = concatBytes(
    transcodePieces(
      [
        { bytes: coded, format: phone },
        { bytes, format: wide },
      ],
      target,
    ),
  )
  expect(sound.subarray(0, 3200)).toEqual(concatBytes([...alone.process(coded), ...alone.flush()]))
  expect(sound).toHaveLength(6400)
})

it('gives nothing for nothing', () => {
  expect(transcodePieces([], target)).toEqual([])
})
