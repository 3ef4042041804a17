import { frequenciesOf, type DtmfDigit } from './dtmf-digits.ts'

/** How keys sound; the defaults are within what every exchange accepts. */
export interface DtmfToneOptions {
  readonly sampleRate: number
  /** 100 ms each unless said otherwise. */
  readonly toneMs?: number
  readonly pauseMs?: number
  /** Level of the higher tone in dB of full scale, -9 unless said otherwise; the lower one is 2 dB weaker (twist). */
  readonly levelDb?: number
  readonly twistDb?: number
}

/** Length of the fade at both ends, which keeps a key from clicking. */
const fadeMs = 2

/** The sound of keys one after another, each followed by a pause. Throws `RangeError` for what is no key. */
export function dtmfTones(digits: Iterable<DtmfDigit>, options: DtmfToneOptions): Float32Array {
  const { sampleRate, toneMs = 100, pauseMs = 100, levelDb = -9, twistDb = 2 } = options
  const keys = [...digits]
  const toneSamples = Math.round((toneMs * sampleRate) / 1000)
  const stepSamples = toneSamples + Math.round((pauseMs * sampleRate) / 1000)
  const sound = new Float32Array(keys.length * stepSamples)
  const high = 10 ** (levelDb / 20)
  const low = high * 10 ** (-twistDb / 20)
  const fade = (fadeMs * sampleRate) / 1000
  keys.forEach((digit, key) => {
    const [row, column] = frequenciesOf(digit).map((frequency) => (2 * Math.PI * frequency) / sampleRate)
    for (let i = 0; i < toneSamples; i++) {
      const edge = Math.min(1, (i + 0.5) / fade, (toneSamples - i - 0.5) / fade)
      sound[key * stepSamples + i] =
        edge * (low * Math.sin((row ?? 0) * i) + high * Math.sin((column ?? 0) * i))
    }
  })
  return sound
}
