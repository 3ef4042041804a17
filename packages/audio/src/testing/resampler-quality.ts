import { fitTone, loudestLineDb, thdPlusNoiseDb } from './measure.ts'
import { tone } from './signals.ts'

/** A resampler under test: the whole input at once, delay compensated. */
export interface ResamplerUnderTest {
  readonly from: number
  readonly to: number
  run(input: Float32Array): Float32Array
}

/** Figures of a resampler; the frequencies are fractions of the lower of the two Nyquist frequencies. */
export interface ResamplerQuality {
  /** Loudest alias or image of tones over the whole band of the input, relative to the tone. */
  readonly spurDb: number
  /** At 997 Hz. */
  readonly thdPlusNoiseDb: number
  /** Largest gain minus smallest up to 0.9 of Nyquist. */
  readonly rippleDb: number
  /** Where the gain is 3 dB down. */
  readonly halfPower: number
}

const amplitude = 0.5
const spectrumSamples = 4096

/** Measures with `tones` tones (97) spread over the band of the input. */
export function measureResampler(subject: ResamplerUnderTest, tones = 97): ResamplerQuality {
  const { from, to } = subject
  const lowNyquist = Math.min(from, to) / 2
  const edge = Math.ceil(to / 50)
  const length = Math.ceil(((spectrumSamples + 2 * edge) * from) / to)

  /** Output for one tone without the 20 ms at both ends, where the tone begins and stops. */
  const respond = (frequency: number): Float32Array =>
    subject
      .run(tone({ frequency, sampleRate: from, length, amplitude }))
      .subarray(edge, edge + spectrumSamples)
  const gainDb = (frequency: number): number =>
    20 * Math.log10(fitTone(respond(frequency), frequency, to).amplitude / amplitude)

  let spurDb = -Infinity
  for (let i = 0; i < tones; i++) {
    const frequency = ((i + 0.5) / tones) * (from / 2)
    const output = respond(frequency)
    const rest = frequency < to / 2 ? fitTone(output, frequency, to).residual : output
    spurDb = Math.max(spurDb, loudestLineDb(rest) - 20 * Math.log10(amplitude))
  }

  const gains = Array.from({ length: 31 }, (_, i) => gainDb((0.01 + (0.89 * i) / 30) * lowNyquist))
  // Bad filters are down already where good ones are still level.
  let inside = 0.2
  let outside = 1
  for (let i = 0; i < 15; i++) {
    const middle = (inside + outside) / 2
    if (gainDb(middle * lowNyquist) > -3.0103) inside = middle
    else outside = middle
  }
  return {
    spurDb,
    thdPlusNoiseDb: thdPlusNoiseDb(respond(997), 997, to),
    rippleDb: Math.max(...gains) - Math.min(...gains),
    halfPower: inside,
  }
}
