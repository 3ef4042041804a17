import { resample } from '@parley/audio'
import { moonshineStt } from '@parley/core/providers/cascade'
import { quantumSamples, type RecordedSound } from './probe.ts'

/** A stretch of time in Unix ms. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Words of a recording, as the local recogniser hears them. */
export async function recognise(sound: RecordedSound, span: Span): Promise<string> {
  await using recogniser = moonshineStt({ processes: 1 })
  const samples = resample(within(sound, span), { from: sound.sampleRate, to: 16_000 })
  const options = { language: 'en', speculative: false, signal: AbortSignal.timeout(30_000) }
  return (await recogniser.transcribe({ samples, sampleRate: 16_000 }, options)).text
}

/**
 * Stretches that are not silent, joined over pauses shorter than `pauseMs`. Sound below `floor` (of full scale)
 * counts as silence; the default is one step of 16 bits, so that only true silence does.
 */
export function soundingSpans(
  sound: RecordedSound,
  { pauseMs, floor = 0 }: { readonly pauseMs: number; readonly floor?: number },
): readonly Span[] {
  const quantumMs = (quantumSamples * 1000) / sound.sampleRate
  const spans: Span[] = []
  for (const [index, from] of sound.renderedAt.entries()) {
    const quantum = sound.samples.subarray(index * quantumSamples, (index + 1) * quantumSamples)
    if (!quantum.some((sample) => Math.abs(sample) > floor)) continue
    const last = spans.at(-1)
    const to = from + quantumMs
    if (last && from - last.to < pauseMs) spans[spans.length - 1] = { from: last.from, to }
    else spans.push({ from, to })
  }
  return spans
}

function within(sound: RecordedSound, { from, to }: Span): Float32Array {
  const first = sound.renderedAt.findIndex((at) => at >= from)
  const end = sound.renderedAt.findLastIndex((at) => at <= to) + 1
  return sound.samples.subarray(Math.max(0, first) * quantumSamples, end * quantumSamples)
}

/** Words in lower case without punctuation. */
export function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/**
 * Matches two texts word by word in order (the longest common subsequence). `share` is the part of `expected` that
 * was found, `reached` how many of its words stand up to the last one found.
 */
export function matchWords(
  expected: string,
  heard: string,
): { readonly share: number; readonly reached: number } {
  const wanted = wordsOf(expected)
  const given = wordsOf(heard)
  let row: readonly (readonly number[])[] = Array.from({ length: given.length + 1 }, () => [])
  for (const [place, word] of wanted.entries()) {
    const above = row
    const current: (readonly number[])[] = [[]]
    for (const [column, other] of given.entries()) {
      const candidates = [above[column + 1] ?? [], current[column] ?? []]
      if (word === other) candidates.push([...(above[column] ?? []), place])
      current.push(candidates.reduce((best, next) => (next.length > best.length ? next : best)))
    }
    row = current
  }
  const found = row.at(-1) ?? []
  return { share: found.length / Math.max(1, wanted.length), reached: (found.at(-1) ?? -1) + 1 }
}
