import { wasReached, type LaneRun } from '../run/lane-run.ts'
import type { MarkType } from '../run/mark.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { answersOf, type Answer } from './answers.ts'
import { costOf } from './cost.ts'
import type { Measure } from './measure.ts'
import { isReplay } from './replay-lane.ts'
import { isEarly, turnsOf, utterancesIn, type Turn } from './turns.ts'
import { wordErrorRate } from './word-error-rate.ts'

/** An answer that has not begun this long after the turn's end is a turn-taking error, ms. */
export const answerLimitMs = 10_000

/** A cut this long after the end of speech that takes the floor is still caused by it, ms. */
export const cutGraceMs = 1500

/** Every measure, in the order in which tables show them. Their definitions for people: `measureDefinitions`. */
export const measures: readonly Measure[] = [
  { name: 'connect', unit: 'ms', better: 'lower', observe: (run) => firstAt(run, 'connected') },
  { name: 'session_ready', unit: 'ms', better: 'lower', observe: (run) => firstAt(run, 'session_ready') },
  { name: 'first_transcript', unit: 'ms', better: 'lower', observe: firstTranscripts },
  {
    name: 'first_text',
    unit: 'ms',
    better: 'lower',
    observe: (run, scenario) => waits(run, scenario, 'firstTextAt'),
  },
  {
    name: 'first_audio',
    unit: 'ms',
    better: 'lower',
    observe: (run, scenario) => waits(run, scenario, 'firstSoundAt'),
  },
  { name: 'interruption', unit: 'ms', better: 'lower', observe: interruptions },
  { name: 'false_interruptions', unit: 'count', better: 'lower', observe: falseInterruptions },
  {
    name: 'turn_errors',
    unit: 'count',
    better: 'lower',
    observe: (run, scenario) => {
      const turns = turnsOf(run, scenario)
      return turns.length === 0 ? [] : [turnErrorsOf(run, turns).length]
    },
  },
  { name: 'wer', unit: 'ratio', better: 'lower', observe: wordErrors },
  { name: 'expected', unit: 'ratio', better: 'higher', observe: expectationsMet },
  {
    name: 'tokens_in',
    unit: 'tokens',
    better: 'lower',
    observe: ({ usage }) => (usage === undefined ? [] : [usage.textIn + usage.audioIn]),
  },
  {
    name: 'tokens_out',
    unit: 'tokens',
    better: 'lower',
    observe: ({ usage }) => (usage === undefined ? [] : [usage.textOut + usage.audioOut]),
  },
  {
    name: 'cost',
    unit: 'usd',
    better: 'lower',
    observe: (run) => {
      const usd = costOf(run)
      return usd === undefined ? [] : [usd]
    },
  },
  { name: 'late_frames', unit: 'count', better: 'lower', observe: (run) => [count(run, 'late_frame')] },
  { name: 'underruns', unit: 'count', better: 'lower', observe: (run) => [count(run, 'underrun')] },
]

/** One moment at which a backend took turns wrongly. */
export interface TurnError {
  readonly kind: 'early' | 'missing' | 'second'
  /** When it happened, ms on the lane's axis. */
  readonly at: number
  /** Place of the turn in `turnsOf`. */
  readonly turn: number
}

/** The turn-taking errors of a run, in order of its turns. */
export function turnErrorsOf(run: LaneRun, turns: readonly Turn[]): readonly TurnError[] {
  return turns.flatMap((turn, index) => {
    const until = Math.min(turns[index + 1]?.startedAt ?? Infinity, run.durationMs)
    const early = turn.answers.filter((answer) => isEarly(turn, answer))
    const answers = turn.answers.filter((answer) => !isEarly(turn, answer))
    const deadline = turn.endedAt + answerLimitMs
    const answered = turn.answers.some(({ beganAt }) => beganAt !== undefined && beganAt <= deadline)
    return [
      ...early.map(({ beganAt }) => ({ kind: 'early' as const, at: beganAt ?? 0, turn: index })),
      ...(turn.answerDue && !answered && until >= deadline
        ? [{ kind: 'missing' as const, at: deadline, turn: index }]
        : []),
      ...secondAnswers(answers).map((at) => ({ kind: 'second' as const, at, turn: index })),
    ]
  })
}

/** Beginnings of answers after the first; what follows a tool call goes on with the answer before. */
function secondAnswers(answers: readonly Answer[]): readonly number[] {
  const seconds: number[] = []
  let answered = false
  let goesOn = false
  for (const { beganAt, toolCalls } of answers) {
    if (beganAt !== undefined) {
      if (answered && !goesOn) seconds.push(beganAt)
      answered = true
    }
    goesOn = toolCalls > 0
  }
  return seconds
}

function firstTranscripts(run: LaneRun, scenario: Scenario | undefined): readonly number[] {
  return turnsOf(run, scenario).flatMap(({ firstTranscriptAt, endedAt }) =>
    firstTranscriptAt === undefined ? [] : [firstTranscriptAt - endedAt],
  )
}

/** From the end of each turn to the first such moment of the first answer that did not begin too early. */
function waits(
  run: LaneRun,
  scenario: Scenario | undefined,
  moment: 'firstTextAt' | 'firstSoundAt',
): readonly number[] {
  return turnsOf(run, scenario).flatMap((turn) => {
    const moments = turn.answers
      .filter((answer) => !isEarly(turn, answer))
      .flatMap((answer) => answer[moment] ?? [])
    const first = moments.find((at) => at >= turn.endedAt)
    return first === undefined ? [] : [first - turn.endedAt]
  })
}

/** From the start of speech that takes the floor while an answer sounds, to when that answer is silent. */
function interruptions(run: LaneRun, scenario: Scenario | undefined): readonly number[] {
  const answers = answersOf(run)
  return utterancesIn(run, scenario).flatMap(({ kind, step, startedAt }) => {
    const script = step === undefined ? undefined : scenario?.steps[step]
    if (kind !== 'speech' || (script !== undefined && !('interrupt' in script))) return []
    const sounding = answers.find(
      ({ firstSoundAt, silentAt }) =>
        firstSoundAt !== undefined && firstSoundAt <= startedAt && (silentAt ?? Infinity) > startedAt,
    )
    return sounding?.silentAt === undefined ? [] : [sounding.silentAt - startedAt]
  })
}

/** Cuts that no speech with a claim to the floor explains. */
function falseInterruptions(run: LaneRun, scenario: Scenario | undefined): readonly number[] {
  const answers = answersOf(run)
  if (!answers.some(({ firstSoundAt }) => firstSoundAt !== undefined)) return []
  const spoken = utterancesIn(run, scenario)
  const unexplained = answers.filter(({ cutAt }) => {
    if (cutAt === undefined) return false
    const last = spoken.findLast(({ startedAt }) => startedAt <= cutAt)
    return last === undefined || last.kind === 'backchannel' || cutAt > last.endedAt + cutGraceMs
  })
  return [unexplained.length]
}

/** A turn without a transcript was misheard in a pass that came to its end; before that it may still arrive. */
function wordErrors(run: LaneRun, scenario: Scenario | undefined): readonly number[] {
  if (isReplay(run.lane)) return []
  const turns = turnsOf(run, scenario).filter(
    ({ kind, said, transcript }) =>
      kind === 'speech' && said !== undefined && (run.outcome === 'completed' || transcript !== undefined),
  )
  const isTranscribed = run.marks.some(({ type }) => type === 'transcript')
  if (turns.length === 0 || !isTranscribed || scenario === undefined) return []
  const script = turns.flatMap(({ said }) => said ?? []).join(' ')
  const transcript = turns.flatMap((turn) => turn.transcript ?? []).join(' ')
  return [wordErrorRate(script, transcript, scenario.language)]
}

function expectationsMet({ expectations }: LaneRun): readonly number[] {
  const judged = expectations.filter(wasReached)
  if (judged.length === 0) return []
  return [judged.filter(({ met }) => met).length / judged.length]
}

function firstAt(run: LaneRun, type: MarkType): readonly number[] {
  const mark = run.marks.find((other) => other.type === type)
  return mark === undefined ? [] : [mark.at]
}

function count(run: LaneRun, type: MarkType): number {
  return run.marks.filter((mark) => mark.type === type).length
}
