import { checked, listens, type TurnSettings } from './turn-settings.ts'
import { turnWaitMs } from './turn-wait.ts'

/** What happens to a turn. All times are in ms on one clock that never goes back. */
export type TurnEvent =
  /** Speech began; in a pause it is the speech going on. */
  | { readonly type: 'speech_started'; readonly atMs: number }
  /** Speech fell silent; `sinceMs` is its end, `atMs` unless said. */
  | { readonly type: 'pause'; readonly atMs: number; readonly sinceMs?: number }
  /** Speech went on after a pause. */
  | { readonly type: 'resumed'; readonly atMs: number }
  /** Nothing new: it is later than before. */
  | { readonly type: 'silence'; readonly atMs: number }
  /** What was said in this turn so far; a number being read out keeps the turn open. */
  | {
      readonly type: 'transcript'
      readonly atMs: number
      readonly text: string
      readonly final: boolean
      readonly readingDigits?: boolean
      readonly fillersOnly?: boolean
    }
  /** A scorer's word on the pause under way, in [0, 1]. */
  | { readonly type: 'score'; readonly atMs: number; readonly score: number }
  /** The client ends the turn. */
  | { readonly type: 'commit'; readonly atMs: number }
  /** The button of push to talk. */
  | { readonly type: 'pressed' | 'released'; readonly atMs: number }
  /** The last sound of an answer has been heard. */
  | { readonly type: 'answered'; readonly atMs: number }

/** Why a turn ended: silence, the client's word, or the button. */
export type TurnEndReason = 'silence' | 'commit' | 'released'

/** What is to be done. `withdraw` or `end` follows every `speculate`. */
export type TurnDecision =
  /** The turn may be over: begin to work on an answer. */
  | { readonly type: 'speculate'; readonly atMs: number }
  /** It was not: forget that work. */
  | { readonly type: 'withdraw'; readonly atMs: number }
  /** The turn is over; `speechEndMs` is the end of its speech. */
  | {
      readonly type: 'end'
      readonly atMs: number
      readonly speechEndMs: number
      readonly reason: TurnEndReason
      /** Nothing but fillers was said, and the settings take that for nothing. */
      readonly empty: boolean
    }
  /** Nobody spoke for `idleTimeoutMs` after an answer. */
  | { readonly type: 'idle'; readonly atMs: number }

/** Decides when a turn is over. It has no timer: the caller tells the time, at the latest at `dueMs`. */
export interface TurnPolicy {
  handle(event: TurnEvent): readonly TurnDecision[]
  /** When the next decision falls if nothing else happens; `undefined` = never. */
  readonly dueMs: number | undefined
  /** True from the start of a turn's speech, or from the button, to its end. */
  readonly open: boolean
  /**
   * Takes other settings, from the pause under way on. Where they no longer listen, the turn under way is forgotten:
   * the answer is `withdraw`, at the time of the last event, if a speculation is void with it. Throws `RangeError`
   * for values that cannot be meant.
   */
  update(settings: TurnSettings): readonly TurnDecision[]
  /** Forgets the turn under way; a speculation is void without a word. */
  reset(): void
}

type Phase =
  | { readonly name: 'idle' }
  | { readonly name: 'speaking' }
  | { readonly name: 'pausing'; readonly sinceMs: number }

const idle: Phase = { name: 'idle' }
const speaking: Phase = { name: 'speaking' }

/** Score under which a pause is not worth speculating on. */
const leastSpeculativeScore = 0.2

/** Creates the policy of one session. Throws `RangeError` for settings that cannot be meant. */
export function createTurnPolicy(initial: TurnSettings): TurnPolicy {
  let settings = checked(initial)
  let phase: Phase = idle
  let held = false
  let releasedAtMs: number | undefined
  let speculating = false
  let score: number | undefined
  let resumedPauses = 0
  let longestPauseMs = 0
  let readingDigits = false
  let fillersOnly = false
  let answeredAtMs: number | undefined
  let nowMs = 0

  function forget(): void {
    phase = idle
    releasedAtMs = undefined
    held = false
    speculating = false
    score = undefined
    resumedPauses = 0
    longestPauseMs = 0
    readingDigits = false
    fillersOnly = false
  }

  function end(atMs: number, reason: TurnEndReason): TurnDecision {
    const speechEndMs = phase.name === 'pausing' ? Math.min(phase.sinceMs, atMs) : atMs
    const empty = settings.mode === 'semantic' && settings.removeFillers && fillersOnly
    forget()
    answeredAtMs = undefined
    return { type: 'end', atMs, speechEndMs, reason, empty }
  }

  function withdrawn(atMs: number): readonly TurnDecision[] {
    if (!speculating) return []
    speculating = false
    return [{ type: 'withdraw', atMs }]
  }

  /** When the silence under way ends the turn. */
  function endDueMs(): number | undefined {
    switch (settings.mode) {
      case 'none':
        return undefined
      case 'push_to_talk':
        if (releasedAtMs === undefined) return undefined
        return phase.name === 'speaking' ? releasedAtMs + settings.tailMs : releasedAtMs
      case 'server_vad':
        return phase.name === 'pausing' ? phase.sinceMs + settings.silenceMs : undefined
      case 'semantic': {
        if (phase.name !== 'pausing') return undefined
        const input = { score, resumedPauses, longestPauseMs, readingDigits }
        return phase.sinceMs + turnWaitMs(settings, input)
      }
    }
  }

  function speculateDueMs(): number | undefined {
    if (speculating || phase.name !== 'pausing') return undefined
    if (!listens(settings)) return undefined
    if (settings.mode === 'semantic' && score !== undefined && score < leastSpeculativeScore) return undefined
    return phase.sinceMs + settings.speculateMs
  }

  function idleDueMs(): number | undefined {
    if (settings.mode !== 'server_vad' || settings.idleTimeoutMs === undefined) return undefined
    if (answeredAtMs === undefined || phase.name !== 'idle') return undefined
    return answeredAtMs + settings.idleTimeoutMs
  }

  /** What falls due by now. */
  function passed(atMs: number): readonly TurnDecision[] {
    const idleAt = idleDueMs()
    if (idleAt !== undefined && atMs >= idleAt) {
      answeredAtMs = undefined
      return [{ type: 'idle', atMs }]
    }
    const endAt = endDueMs()
    if (endAt !== undefined && atMs >= endAt)
      return [end(atMs, settings.mode === 'push_to_talk' ? 'released' : 'silence')]
    const speculateAt = speculateDueMs()
    if (speculateAt === undefined || atMs < speculateAt) return []
    speculating = true
    return [{ type: 'speculate', atMs }]
  }

  function goOn(atMs: number): readonly TurnDecision[] {
    if (phase.name === 'pausing') {
      resumedPauses += 1
      longestPauseMs = Math.max(longestPauseMs, atMs - phase.sinceMs)
      score = undefined
    }
    answeredAtMs = undefined
    phase = speaking
    return withdrawn(atMs)
  }

  return {
    handle(event) {
      const { atMs } = event
      nowMs = atMs
      switch (event.type) {
        case 'speech_started':
        case 'resumed':
          return goOn(atMs)
        case 'pause':
          // A second pause before speech went on is the same one.
          if (phase.name === 'speaking') phase = { name: 'pausing', sinceMs: event.sinceMs ?? atMs }
          return passed(atMs)
        case 'silence':
          return passed(atMs)
        case 'transcript':
          readingDigits = event.readingDigits ?? false
          fillersOnly = event.fillersOnly ?? false
          return passed(atMs)
        case 'score':
          if (phase.name !== 'pausing') return []
          score = event.score
          return passed(atMs)
        case 'commit':
          return [end(atMs, 'commit')]
        case 'pressed':
          held = true
          releasedAtMs = undefined
          return withdrawn(atMs)
        case 'released':
          if (settings.mode !== 'push_to_talk' || !held) return []
          held = false
          releasedAtMs = atMs
          return passed(atMs)
        case 'answered':
          if (phase.name === 'idle') answeredAtMs = atMs
          return []
      }
    },
    get dueMs() {
      const times = [endDueMs(), speculateDueMs(), idleDueMs()].filter((time) => time !== undefined)
      return times.length === 0 ? undefined : Math.min(...times)
    },
    get open() {
      return phase.name !== 'idle' || held || releasedAtMs !== undefined
    },
    update(next) {
      const wanted = checked(next)
      const stops = listens(settings) && !listens(wanted)
      settings = wanted
      if (settings.mode !== 'push_to_talk') {
        held = false
        releasedAtMs = undefined
      }
      if (!stops) return []
      const decisions = withdrawn(nowMs)
      forget()
      // Nobody would notice who speaks, so that this silence says nothing.
      answeredAtMs = undefined
      return decisions
    },
    reset() {
      forget()
      answeredAtMs = undefined
    },
  }
}
