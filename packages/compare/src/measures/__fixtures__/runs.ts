import type { Comparison } from '../../run/comparison.ts'
import type { LaneRun } from '../../run/lane-run.ts'
import type { Mark } from '../../run/mark.ts'
import { Scenario } from '../../scenario/scenario.ts'

/** A run of the lane `local` with these marks, which lasted 60 s. */
export function laneRun(marks: readonly Mark[], fields: Partial<LaneRun> = {}): LaneRun {
  return {
    lane: { label: 'local', backend: 'local', model: '', session: {} },
    repeat: 0,
    startedAt: 0,
    durationMs: 60_000,
    outcome: 'completed',
    marks: marks.toSorted((a, b) => a.at - b.at),
    input: [],
    output: [],
    expectations: [],
    usage: undefined,
    price: { kind: 'unknown' },
    model: '',
    ...fields,
  }
}

/** A scenario of these steps. */
export function scenario(steps: readonly unknown[], language = 'en'): Scenario {
  return Scenario.parse({ name: 'trial', title: 'Trial', language, steps })
}

/** A completed comparison of these runs. */
export function comparison(runs: readonly LaneRun[], script: Scenario | undefined): Comparison {
  const lanes = [...new Map(runs.map(({ lane }) => [lane.label, lane])).values()]
  return {
    id: 'cmp_1',
    title: 'Trial',
    createdAt: 0,
    scenario: script,
    lanes,
    repeats: Math.max(0, ...runs.map(({ repeat }) => repeat + 1)),
    order: 'in turn',
    status: 'completed',
    runs,
  }
}

/** Speech of a step from one moment to another. */
export function speech(step: number | undefined, from: number, to: number): readonly Mark[] {
  const place = step === undefined ? {} : { step }
  return [
    { type: 'speech_start', at: from, ...place },
    { type: 'speech_end', at: to, ...place },
  ]
}

/** An answer that is created, says something and sounds until it ends or is cut. */
export function answer(
  responseId: string,
  times: { readonly created: number; readonly sound: number; readonly end: number; readonly cut?: boolean },
): readonly Mark[] {
  const { created, sound, end, cut = false } = times
  return [
    { type: 'response_created', at: created, responseId },
    { type: 'first_text', at: created + 10, responseId, text: 'Yes' },
    { type: 'first_audio', at: sound - 5, responseId },
    { type: 'first_sound', at: sound, responseId },
    cut
      ? { type: 'cut', at: end, responseId, heardMs: end - sound }
      : { type: 'sound_end', at: end, responseId },
    { type: 'response_done', at: end, responseId, status: 'completed', text: 'Yes, it is.' },
  ]
}

/** What the detector and the recogniser tell of one item. */
export function heard(itemId: string, detectedAt: number, at: number, text: string): readonly Mark[] {
  return [
    { type: 'speech_started', at: detectedAt, itemId },
    { type: 'first_transcript', at, itemId, text },
    { type: 'transcript', at: at + 1, itemId, text },
  ]
}
