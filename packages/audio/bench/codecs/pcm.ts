import { noise } from '../../src/testing/index.ts'
import { conversions, javascriptConversions } from '../../src/wasm/conversions.ts'
import { microsecondsInTurns } from '../in-turns.ts'
import type { BenchOptions, Table } from '../section.ts'
import { lowerIsBetter } from '../targets.ts'

/** 16-bit samples to floats and back, in vectors and without. */
export function pcmTable({ quick }: BenchOptions): Table {
  const inVectors = conversions()
  const samples = noise({ seed: 1, length: 480 })
  const bytes = new Uint8Array(960)
  const times = microsecondsInTurns(
    [inVectors, javascriptConversions].flatMap((conversion) => [
      () => conversion.toPcm16(samples, bytes),
      () => conversion.toFloat32(bytes, samples),
    ]),
    { rounds: quick ? 7 : 101, calls: 2000 },
  )
  const [toPcm16 = NaN, toFloat32 = NaN, slowToPcm16 = NaN, slowToFloat32 = NaN] = times
  return {
    id: 'codecs-pcm',
    title: 'PCM, microseconds for 480 samples',
    columns: ['direction', 'ours, WebAssembly', 'ours, JavaScript'],
    rows: [
      ['floats to 16 bit', toPcm16.toFixed(3), slowToPcm16.toFixed(3)],
      ['16 bit to floats', toFloat32.toFixed(3), slowToFloat32.toFixed(3)],
    ],
    targets: [
      lowerIsBetter('floats to 16 bit, 480 samples', toPcm16, { must: 0.3, unit: 'us' }),
      lowerIsBetter('16 bit to floats, 480 samples', toFloat32, { must: 0.3, unit: 'us' }),
    ],
  }
}
