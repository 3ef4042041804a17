import { concatInt16, meanSquareIn, type Band } from '@parley/audio'
import { overNoise } from '@parley/audio/signals'
import type { Scenario, Step } from '../scenario/scenario.ts'
import { trackRate } from './lane-run.ts'
import type { ComparePorts, SpeechRequest } from './ports.ts'
import { bandsOf } from './speech-bands.ts'

/** Something the person says, as it is sent. */
export interface Utterance {
  /** PCM16 mono at `trackRate`, noise included. */
  readonly samples: Int16Array
  /** Where speech is in it, from the first word to the last, pauses included: from the sound without noise. */
  readonly speech: Band
}

/** Noise is there before and after the words, so that a detector must tell the two apart, ms. */
const noiseBeforeMs = 500
const noiseAfterMs = 1000
const noiseFadeMs = 20

const perMs = trackRate / 1000

/** What each speaking step says, by its index. Rejects when speech cannot be had. */
export async function utterancesOf(
  scenario: Scenario,
  ports: Pick<ComparePorts, 'speech'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Utterance>> {
  const utterances = new Map<number, Utterance>()
  for (const [index, step] of scenario.steps.entries()) {
    const text = spokenText(step)
    if (text === undefined || !isSpoken(step)) continue
    const parts: Int16Array[] = []
    for (const part of partsOf(text, step.file)) {
      if ('pauseMs' in part) parts.push(new Int16Array(Math.round(part.pauseMs * perMs)))
      else parts.push(await ports.speech(requestOf(part, step.voice, scenario.language), signal))
    }
    const clean = concatInt16(parts)
    if (clean.length === 0) throw new Error(`Step ${index + 1} says nothing: its speech has no sound.`)
    utterances.set(index, withNoise(clean, step.noise, `${scenario.name} ${index}`))
  }
  return utterances
}

type SpokenStep = Extract<Step, { voice?: string | undefined }>

/** What a step has the person say; `undefined` for one that is silent. */
export function spokenText(step: Step): string | undefined {
  if ('say' in step) return step.say
  if ('interrupt' in step) return step.interrupt
  return 'backchannel' in step ? step.backchannel : undefined
}

function isSpoken(step: Step): step is SpokenStep {
  return spokenText(step) !== undefined
}

type Part = { readonly text: string } | { readonly file: string } | { readonly pauseMs: number }

/** A file speaks as it is; text is cut at `[pause 2s]`. */
function partsOf(text: string, file: string | undefined): readonly Part[] {
  if (file !== undefined) return [{ file }]
  return text.split(/(\[pause \d+(?:\.\d+)?\s*(?:ms|s)\])/i).flatMap((piece): readonly Part[] => {
    const pause = /^\[pause (\d+(?:\.\d+)?)\s*(ms|s)\]$/i.exec(piece)
    if (pause) return [{ pauseMs: Number(pause[1]) * (pause[2]?.toLowerCase() === 's' ? 1000 : 1) }]
    return piece.trim() === '' ? [] : [{ text: piece.trim() }]
  })
}

function requestOf(
  part: { readonly text: string } | { readonly file: string },
  voice: string | undefined,
  language: string,
): SpeechRequest {
  return 'file' in part
    ? { kind: 'file', path: part.file }
    : { kind: 'text', text: part.text, language, voice }
}

/**
 * Lays noise under speech: the level of the speech where there is speech, over that of the noise, is `snr_db`. What
 * the seed names always gets the same samples.
 */
export function withNoise(clean: Int16Array, noise: SpokenStep['noise'], seed: string): Utterance {
  const bands = bandsOf(clean)
  const speech = { from: bands[0]?.from ?? 0, to: bands.at(-1)?.to ?? clean.length }
  if (!noise) return { samples: clean, speech }
  const before = noiseBeforeMs * perMs
  const samples = overNoise(clean, {
    kind: noise.kind,
    sampleRate: trackRate,
    seed: seedOf(seed),
    rms: Math.sqrt(meanSquareIn(clean, bands)) * 10 ** (-noise.snr_db / 20),
    before,
    after: noiseAfterMs * perMs,
    fade: noiseFadeMs * perMs,
  })
  return { samples, speech: { from: speech.from + before, to: speech.to + before } }
}

/** A seed from text (FNV-1a). */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
