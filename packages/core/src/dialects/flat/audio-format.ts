import type { JsonObject } from '../json-object.ts'
import { isObject } from '../json-object.ts'
import type { Reading } from './field.ts'

const defaultRate = 24_000

const lawTypes: Readonly<Record<string, string>> = { g711_ulaw: 'audio/pcmu', g711_alaw: 'audio/pcma' }

/** `pcm16_8000hz`, or `pcm16-8000hz` as the first SDK of Voice Live spelt it. */
const ratedPcm = /^pcm16[_-](\d+)hz$/

/** A flat format as GA's object. `rate` in Hz is that of plain `pcm16`. */
export function readFormat(value: unknown, rate: unknown = defaultRate): Reading {
  if (value === 'pcm16') return { ga: { type: 'audio/pcm', rate } }
  if (typeof value !== 'string') return { beyond: value }
  const rated = ratedPcm.exec(value)
  if (rated) return { ga: { type: 'audio/pcm', rate: Number(rated[1]) } }
  const type = lawTypes[value]
  return type === undefined ? { beyond: value } : { ga: { type } }
}

/** The name of GA's format; PCM of another rate than 24 kHz has one only where `rated`. */
export function writeFormat(format: unknown, rated: boolean): string | undefined {
  if (!isObject(format)) return undefined
  const { type, rate = defaultRate } = format
  if (type === 'audio/pcm') return rated && rate !== defaultRate ? `pcm16_${String(rate)}hz` : 'pcm16'
  return Object.entries(lawTypes).find(([, name]) => name === type)?.[0]
}

/** The rate of GA's input format in Hz, as Voice Live's `input_audio_sampling_rate`. */
export function samplingRate(format: JsonObject): unknown {
  return format['type'] === 'audio/pcm' ? (format['rate'] ?? defaultRate) : 8000
}
