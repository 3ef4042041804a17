import type { LaneRun } from '../run/lane-run.ts'
import type { Mark } from '../run/mark.ts'
import type { Scenario, Step } from '../scenario/scenario.ts'
import { answersOf, type Answer } from './answers.ts'

/** Silence of the person after which a live utterance is over even when nothing has been answered, ms. */
const liveGapMs = 2000

/** Something the person said or typed. Times are ms on the lane's axis. */
export interface Utterance {
  readonly kind: 'speech' | 'text' | 'backchannel'
  /** Place of its step in the scenario; `undefined` in a live capture. */
  readonly step: number | undefined
  readonly startedAt: number
  /** True end of the speech, or when the text was sent. */
  readonly endedAt: number
  /** False when the run ended in the middle of it. */
  readonly complete: boolean
  /** What was said by the script or typed, without pauses; `undefined` in live speech. */
  readonly said: string | undefined
}

/** One turn of the conversation: what the person said and what came of it. */
export interface Turn extends Utterance {
  readonly kind: 'speech' | 'text'
  /** What the backend took it for: its transcripts, joined. `undefined` without one. */
  readonly transcript: string | undefined
  /** When the first of its transcript arrived; before `endedAt` when words come while the person speaks. */
  readonly firstTranscriptAt: number | undefined
  /** The responses that were created between its start and the start of the next turn. */
  readonly answers: readonly Answer[]
  /** False where the scenario expects that nothing is answered. */
  readonly answerDue: boolean
}

/** Utterances of a run in order of their start: one a step, or what live speech divides into. */
export function utterancesIn(run: LaneRun, scenario: Scenario | undefined): readonly Utterance[] {
  const bands = bandsOf(run)
  const bandsByStep = Map.groupBy(bands, ({ step }) => step)
  const scripted = [...bandsByStep].flatMap(([step, parts]) =>
    step === undefined ? liveUtterances(run, parts) : [speechOf(step, parts, scenario?.steps[step])],
  )
  const typed = run.marks
    .filter((mark) => mark.type === 'text_sent')
    .map(({ at, step, text }): Utterance => ({
      kind: 'text',
      step,
      startedAt: at,
      endedAt: at,
      complete: true,
      said: text,
    }))
  return [...scripted, ...typed].toSorted((a, b) => a.startedAt - b.startedAt)
}

/**
 * The turns of a run: every complete utterance that takes the floor. A backchannel takes none, so what is answered
 * to it counts as one more answer to the turn before.
 */
export function turnsOf(run: LaneRun, scenario: Scenario | undefined): readonly Turn[] {
  const utterances = utterancesIn(run, scenario)
  const floors = utterances.filter(takesFloor)
  const answers = answersOf(run)
  const transcripts = transcriptsOf(run, utterances)
  return floors
    .map((utterance, index): Turn => {
      const until = floors[index + 1]?.startedAt ?? Infinity
      const heard = transcripts.filter((transcript) => transcript.utterance === utterance)
      const whole = heard.flatMap(({ text }) => text ?? [])
      const firsts = heard.map(({ firstAt }) => firstAt)
      return {
        ...utterance,
        transcript: whole.length === 0 ? undefined : whole.join(' '),
        firstTranscriptAt: firsts.length === 0 ? undefined : Math.min(...firsts),
        answers: answers.filter(({ createdAt }) => createdAt >= utterance.startedAt && createdAt < until),
        answerDue: isAnswerDue(utterance.step, scenario),
      }
    })
    .filter(({ complete }) => complete)
}

/** Whether an answer began while the person was still speaking, at a pause for example. */
export function isEarly(turn: Utterance, answer: Answer): boolean {
  return answer.beganAt !== undefined && answer.beganAt < turn.endedAt
}

/** Text of a step as it is spoken: without `[pause 2s]`. */
export function withoutPauses(text: string): string {
  return text
    .replaceAll(/\[pause[^\]]*\]/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

type Floor = Utterance & { readonly kind: 'speech' | 'text' }

function takesFloor(utterance: Utterance): utterance is Floor {
  return utterance.kind !== 'backchannel'
}

interface Band {
  readonly step: number | undefined
  readonly from: number
  readonly to: number | undefined
}

/** Speech bands of the person; one that the run ended in is open. */
function bandsOf(run: LaneRun): readonly Band[] {
  const bands: Band[] = []
  for (const mark of run.marks) {
    if (mark.type === 'speech_start') bands.push({ step: mark.step, from: mark.at, to: undefined })
    if (mark.type !== 'speech_end') continue
    const open = bands.findLastIndex(({ step, to }) => to === undefined && step === mark.step)
    const band = bands[open]
    if (band !== undefined) bands[open] = { ...band, to: mark.at }
  }
  return bands
}

function speechOf(step: number, bands: readonly Band[], script: Step | undefined): Utterance {
  return {
    kind: script !== undefined && 'backchannel' in script ? 'backchannel' : 'speech',
    step,
    startedAt: Math.min(...bands.map(({ from }) => from)),
    endedAt: Math.max(...bands.map(({ from, to }) => to ?? from)),
    complete: bands.every(({ to }) => to !== undefined),
    said: scriptOf(script),
  }
}

function scriptOf(step: Step | undefined): string | undefined {
  if (step === undefined) return undefined
  if ('say' in step) return withoutPauses(step.say)
  if ('interrupt' in step) return withoutPauses(step.interrupt)
  if ('backchannel' in step) return withoutPauses(step.backchannel)
  return undefined
}

/** Bands of live speech with a short gap between them, in which no answer began, are one utterance. */
function liveUtterances(run: LaneRun, bands: readonly Band[]): readonly Utterance[] {
  const begins = answersOf(run).flatMap(({ beganAt }) => beganAt ?? [])
  const groups: Band[][] = []
  for (const band of bands.toSorted((a, b) => a.from - b.from)) {
    const group = groups.at(-1)
    const end = group?.at(-1)?.to
    const joined =
      end !== undefined &&
      band.from - end < liveGapMs &&
      !begins.some((began) => began >= end && began <= band.from)
    if (group !== undefined && joined) group.push(band)
    else groups.push([band])
  }
  return groups.map((group) => ({
    kind: 'speech',
    step: undefined,
    startedAt: Math.min(...group.map(({ from }) => from)),
    endedAt: Math.max(...group.map(({ from, to }) => to ?? from)),
    complete: group.every(({ to }) => to !== undefined),
    said: undefined,
  }))
}

type TranscriptMark = Extract<Mark, { readonly itemId: string; readonly text: string }>

function isTranscript(mark: Mark): mark is TranscriptMark {
  return mark.type === 'first_transcript' || mark.type === 'transcript'
}

interface HeardItem {
  readonly utterance: Utterance | undefined
  readonly firstAt: number
  readonly text: string | undefined
}

/** Each transcribed item with the utterance it was heard in: the one that had begun when the detector reported it. */
function transcriptsOf(run: LaneRun, utterances: readonly Utterance[]): readonly HeardItem[] {
  const detectedAt = new Map(
    run.marks.flatMap((mark) => (mark.type === 'speech_started' ? [[mark.itemId, mark.at] as const] : [])),
  )
  const marksById = Map.groupBy(run.marks.filter(isTranscript), ({ itemId }) => itemId)
  const spoken = utterances.filter(({ kind }) => kind !== 'text')
  return [...marksById]
    .map(([itemId, marks]) => {
      const firstAt = Math.min(...marks.map(({ at }) => at))
      const text = marks.find(({ type }) => type === 'transcript')?.text
      const detected = detectedAt.get(itemId) ?? firstAt
      const utterance = spoken.findLast(({ startedAt }) => startedAt <= detected)
      return { utterance, firstAt, text, detected }
    })
    .toSorted((a, b) => a.detected - b.detected)
}

/** No answer is due where the scenario expects none before the person speaks again. */
function isAnswerDue(step: number | undefined, scenario: Scenario | undefined): boolean {
  if (step === undefined || scenario === undefined) return true
  const after = scenario.steps.slice(step + 1)
  const next = after.findIndex((other) => 'say' in other || 'type' in other || 'interrupt' in other)
  return !after
    .slice(0, next === -1 ? after.length : next)
    .some((other) => 'expect' in other && other.expect.no_answer === true)
}
