import { concatFloat32, fitTone, loudestLineDb, tone } from '../../src/testing/index.ts'
import { linePlot } from '../plot.ts'
import type { Plot } from '../section.ts'
import type { Candidate } from './candidates.ts'

const amplitude = 0.5
const spectrumSamples = 4096

/** For tones over the whole band of the input, the loudest line that is not the tone. */
export async function sweepPlot(
  candidates: readonly Candidate[],
  from: number,
  to: number,
  tones: number,
): Promise<Plot> {
  const lines = await Promise.all(
    candidates.map(async (candidate) => {
      const points: [number, number][] = []
      for (let i = 0; i < tones; i++) {
        const frequency = ((i + 0.5) / tones) * (from / 2)
        // oxlint-disable-next-line no-await-in-loop
        const level = await loudestOther(candidate, { from, to, frequency })
        points.push([frequency / 1000, level])
      }
      return { name: candidate.name, points }
    }),
  )
  const top = from / 2000
  return linePlot({
    id: `sweep-${from}-${to}`,
    title: `Loudest alias or image of a tone, ${from / 1000} to ${to / 1000} kHz`,
    x: { name: 'tone, kHz', from: 0, to: top, ticks: [0, top / 4, top / 2, (3 * top) / 4, top] },
    y: { name: 'dB', from: -140, to: 0, ticks: [-140, -120, -100, -80, -60, -40, -20, 0] },
    lines,
  })
}

interface Tone {
  readonly from: number
  readonly to: number
  readonly frequency: number
}

async function loudestOther(candidate: Candidate, { from, to, frequency }: Tone): Promise<number> {
  const stream = await candidate.open(from, to)
  // What the longest peer holds back, then the spectrum.
  const settled = Math.ceil(to * 0.1)
  const length = Math.ceil(((spectrumSamples + 2 * settled) * from) / to)
  const input = tone({ frequency, sampleRate: from, length, amplitude })
  const chunks: Float32Array[] = []
  for (let at = 0; at < length; at += from / 50)
    chunks.push(stream.feed(input.slice(at, at + from / 50)).slice())
  stream.close()
  const output = concatFloat32(chunks).subarray(settled, settled + spectrumSamples)
  const rest = frequency < to / 2 ? fitTone(output, frequency, to).residual : output
  return loudestLineDb(rest) - 20 * Math.log10(amplitude)
}
