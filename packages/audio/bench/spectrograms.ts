import { createResampler, createSpectrum } from '../src/index.ts'
import { concatFloat32 } from '../src/testing/index.ts'
import { spectrogramPlot } from './plot.ts'
import type { BenchOptions, Plot, Section } from './section.ts'

const pairs: readonly (readonly [from: number, to: number])[] = [
  [24_000, 8000],
  [8000, 24_000],
]
const floorDb = -130
const frameSamples = 1024
/** Levels are drawn in steps: the eye sees no more, and the picture is half as large. */
const stepDb = 4

type Resample = (input: Float32Array, rates: { readonly from: number; readonly to: number }) => Float32Array

const ways: readonly (readonly [name: string, resample: Resample])[] = [
  ['this package', ours],
  ['linear interpolation, chunk by chunk', linear],
]

/** What a sweep over the whole band looks like after resampling: a single line, and everything else is made up. */
export async function run(_options: BenchOptions): Promise<Section> {
  const plots = pairs.flatMap(([from, to]) =>
    ways.map(([name, resample]) => picture(name, resample(sweepOf(from), { from, to }), { from, to })),
  )
  return { id: 'spectrograms', title: 'A sweep, resampled', tables: [], plots }
}

function ours(input: Float32Array, { from, to }: { from: number; to: number }): Float32Array {
  const resampler = createResampler({ from, to })
  return concatFloat32([...resampler.process(input), ...resampler.flush()])
}

/** Each chunk of 20 ms by itself, as players in demos do it. */
function linear(input: Float32Array, { from, to }: { from: number; to: number }): Float32Array {
  const chunk = from / 50
  const made = to / 50
  const output = new Float32Array(Math.floor(input.length / chunk) * made)
  for (let i = 0; i < output.length; i++) {
    const start = Math.floor(i / made) * chunk
    const place = ((i % made) * from) / to
    const left = input[start + Math.floor(place)] ?? 0
    const right = input[Math.min(start + Math.floor(place) + 1, start + chunk - 1)] ?? 0
    output[i] = left + (right - left) * (place % 1)
  }
  return output
}

/** Four seconds from 0 Hz to half the rate. */
function sweepOf(rate: number): Float32Array {
  const length = rate * 4
  return Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((Math.PI * i * i) / (2 * length)))
}

function picture(name: string, sound: Float32Array, { from, to }: { from: number; to: number }): Plot {
  const seconds = sound.length / to
  const spectrum = createSpectrum(frameSamples)
  // On top of the window inside, so that the window itself shows no skirts down to the floor.
  const taper = Float64Array.from(
    { length: frameSamples },
    (_, i) => (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frameSamples)) ** 2,
  )
  const levels = new Float32Array(spectrum.bins)
  const columns = Array.from({ length: 240 }, (_, column) => {
    const start = Math.floor((column * (sound.length - frameSamples)) / 239)
    const frame = sound.slice(start, start + frameSamples)
    for (let i = 0; i < frame.length; i++) frame[i] = (frame[i] ?? 0) * (taper[i] ?? 0)
    spectrum.levelsInto(frame, levels)
    return Float64Array.from({ length: 160 }, (_, row) => {
      const begin = Math.floor((row * levels.length) / 160)
      const band = levels.subarray(begin, Math.max(begin + 1, Math.floor(((row + 1) * levels.length) / 160)))
      return Math.round(Math.max(...band) / stepDb) * stepDb
    })
  })
  return spectrogramPlot({
    id: `sweep-${from}-${to}-${name === 'this package' ? 'ours' : 'linear'}`,
    title: `${from / 1000} to ${to / 1000} kHz, ${name}`,
    x: { name: 's', from: 0, to: seconds, ticks: [0, 1, 2, 3] },
    y: { name: 'kHz', from: 0, to: to / 2000, ticks: [0, 1, 2, 3, 4].map((k) => (k * to) / 8000) },
    columns,
    floorDb,
    fullDb: -12,
  })
}
