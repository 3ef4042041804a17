import { createLibopusDecoder, createLibopusEncoder } from '../../src/opus/index.ts'
import type { BenchOptions, Table } from '../section.ts'
import { recordedSpeech } from './speech.ts'

const complexities = [0, 3, 5, 8, 10]

/** What 20 ms of speech cost at 24 kHz and 32 kbit/s with error correction, by complexity. */
export async function costOfOpus({ quick }: BenchOptions): Promise<Table> {
  const speech = recordedSpeech()
  const rounds = quick ? 1 : 5
  const encodeUs = complexities.map((): number[] => [])
  const decodeUs = complexities.map((): number[] => [])
  const bytes = complexities.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    for (const [i, complexity] of complexities.entries()) {
      // One after the other: two measurements at once would disturb each other.
      // oxlint-disable-next-line no-await-in-loop
      using encoder = await createLibopusEncoder({ complexity })
      // oxlint-disable-next-line no-await-in-loop
      using decoder = await createLibopusDecoder()
      const size = encoder.frameSamples
      const frames = Array.from({ length: Math.floor(speech.length / size) }, (_, k) =>
        speech.subarray(k * size, (k + 1) * size),
      )
      const begun = performance.now()
      const packets = frames.map((frame) => encoder.encode(frame))
      const encoded = performance.now()
      for (const packet of packets) decoder.decode(packet)
      encodeUs[i]?.push(((encoded - begun) * 1000) / frames.length)
      decodeUs[i]?.push(((performance.now() - encoded) * 1000) / frames.length)
      bytes[i] = packets.reduce((sum, { length }) => sum + length, 0) / packets.length
    }
  }
  return {
    id: 'opus-cost',
    title: 'Opus, cost of 20 ms at 24 kHz with error correction (libopus in WebAssembly)',
    columns: ['complexity', 'encode us', 'decode us', 'bytes a packet'],
    rows: complexities.map((complexity, i) => [
      complexity === 5 ? '5 (default)' : String(complexity),
      Math.round(median(encodeUs[i] ?? [])),
      Math.round(median(decodeUs[i] ?? [])),
      Math.round(bytes[i] ?? 0),
    ]),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
