import { expect, it } from 'vitest'
import { float32ToPcm16 } from './pcm.ts'
import { createPcm16Decoder } from './pcm16-decoder.ts'
import { noise } from './testing/signals.ts'
import { describeLaws } from './testing/laws.ts'
import { processorLaws } from './testing/processor-laws.ts'

describeLaws(
  'createPcm16Decoder',
  processorLaws(float32ToPcm16(noise({ seed: 5, length: 1999 }))),
  createPcm16Decoder,
)

it('waits for the other half of a sample', () => {
  const decoder = createPcm16Decoder()
  expect(decoder.process(Uint8Array.of(0))).toEqual([])
  expect(decoder.process(Uint8Array.of(0x40, 0xff))).toEqual([Float32Array.of(0.5)])
  expect(decoder.flush()).toEqual([])
})
