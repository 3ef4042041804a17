import { heardMs, nothingPlayed, playedTo, playoutEnd, withSound, type Playout } from '../playout-clock.ts'
import { wordsThatInterrupt } from './backchannels.ts'

/** When the user's speech interrupts an answer. Times in ms. */
export interface BargeInSettings {
  /** Probability from which a frame is the user's speech; default 0.5. */
  readonly threshold: number
  /** Speech after which the answer gets quieter; default 0, at the first frame. */
  readonly duckAfterMs: number
  /** How much quieter (dB); default -12, 0 = not at all. */
  readonly duckDb: number
  /** Speech, less the silence in it, after which the answer stops; default 50. */
  readonly minDurationMs: number
  /** Words, signs of listening not counted, that the answer stops for at the earliest; default 0, for speech alone. */
  readonly minWords: number
  /**
   * What "mhm" and "okay" do: `resume` stops the answer and goes on with it once they are known to be no more than
   * that, `wait` keeps it quiet until words are known, `interrupt` takes them for any other word. Default `resume`.
   */
  readonly backchannels: 'resume' | 'wait' | 'interrupt'
  /** Speech so long interrupts whether its words are known or not; default 800. */
  readonly certainAfterMs: number
  /** Silence after speech that said nothing, after which a stopped answer goes on; default 1200, `undefined` = never. */
  readonly falseInterruptionMs: number | undefined
}

/** A stretch of an answer that is played to its end, in ms of that answer. */
export interface ProtectedSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** What happens to an answer and around it. `atMs` on one clock that never goes back. */
export type BargeInEvent =
  /** An answer begins, at full level; what was played before is over, and so is all speech and text before. */
  | { readonly type: 'answer'; readonly atMs: number; readonly protectedSpans?: readonly ProtectedSpan[] }
  /** `ms` more of its sound went to the player. */
  | { readonly type: 'sound'; readonly atMs: number; readonly ms: number }
  /** The player says that `positionMs` of it have been heard by `atMs`. */
  | { readonly type: 'playback'; readonly atMs: number; readonly positionMs: number }
  /** Probability that the user spoke in the frame that ends at `atMs`, `frameMs` long. */
  | {
      readonly type: 'user_speech'
      readonly atMs: number
      readonly frameMs: number
      readonly probability: number
    }
  /** What the user has said since this speech began. Means nothing before the first speech during an answer. */
  | { readonly type: 'transcript'; readonly atMs: number; readonly text: string; readonly final: boolean }

/** What the player is to do. `playedMs` is how much of the answer was heard. */
export type BargeInDecision =
  /** Play quieter, until `stop` or `resume`: one of them follows, at the latest when the next answer begins. */
  | { readonly type: 'duck'; readonly atMs: number; readonly gainDb: number }
  /** Stop, which ends a duck, and keep what is left: `resume` or `interrupt` follows, unless another answer begins. */
  | { readonly type: 'stop'; readonly atMs: number; readonly playedMs: number }
  /** Go on at full level, from `playedMs` if it was stopped. */
  | { readonly type: 'resume'; readonly atMs: number; readonly playedMs: number }
  /** The answer is over at `playedMs`: drop the rest, truncate the item. */
  | { readonly type: 'interrupt'; readonly atMs: number; readonly playedMs: number }

/** Decides whether the user interrupts. It has no timer: speech frames, which come in silence too, are its clock. */
export interface BargeInPolicy {
  handle(event: BargeInEvent): readonly BargeInDecision[]
  /** How much of the answer has been heard at `atMs` (ms). */
  playedMs(atMs: number): number
  update(settings: Partial<BargeInSettings>): void
}

/** The defaults: quick to stop, and back when it was nothing. */
export const bargeInDefaults: BargeInSettings = {
  threshold: 0.5,
  duckAfterMs: 0,
  duckDb: -12,
  minDurationMs: 50,
  minWords: 0,
  backchannels: 'resume',
  certainAfterMs: 800,
  falseInterruptionMs: 1200,
}

/** How far under the threshold a frame must fall to be silence. */
const hysteresis = 0.15
/** A shorter gap belongs to the speech (ms). */
const bridgedMs = 150

type Playing = 'playing' | 'ducked' | 'stopped' | 'interrupted'

/** Creates the policy of one session. Throws `RangeError` for settings that cannot be meant. */
export function createBargeInPolicy(options: Partial<BargeInSettings> = {}): BargeInPolicy {
  let settings = merged(bargeInDefaults, options)
  let playout: Playout = nothingPlayed
  let spans: readonly ProtectedSpan[] = []
  let playing: Playing = 'playing'
  /** What was heard when the answer stopped. */
  let stoppedMs = 0
  let talking = false
  /** From the first frame of this speech to its last. */
  let spokenMs = 0
  /** Speech less the silence in it, so that single frames do not add up to a word. */
  let voicedMs = 0
  let silentMs = 0
  let text = ''
  /** The user spoke since the answer began; words before that are of something else. */
  let spoken = false

  const position = (atMs: number): number =>
    playing === 'stopped' || playing === 'interrupted' ? stoppedMs : heardMs(playout, atMs)
  const isSounding = (atMs: number): boolean =>
    (playing === 'playing' || playing === 'ducked') && playout.totalMs > 0 && atMs < playoutEnd(playout)
  const isProtected = (atMs: number): boolean =>
    spans.some(({ fromMs, toMs }) => position(atMs) >= fromMs && position(atMs) < toMs)

  function forgetSpeech(): void {
    talking = false
    spokenMs = 0
    voicedMs = 0
    silentMs = 0
    text = ''
  }

  function hear(probability: number, frameMs: number): void {
    const { threshold } = settings
    if (probability >= (talking ? Math.max(0, threshold - hysteresis) : threshold)) {
      spokenMs += talking ? silentMs + frameMs : frameMs
      voicedMs += frameMs
      silentMs = 0
      talking = true
      spoken = true
      return
    }
    silentMs += frameMs
    voicedMs = Math.max(0, voicedMs - frameMs)
    if (!talking || silentMs <= bridgedMs) return
    talking = false
  }

  function countedWords(): number {
    const words =
      settings.backchannels === 'interrupt' ? text.split(/\s+/).filter(Boolean) : wordsThatInterrupt(text)
    return words.length
  }

  /** The words that are known so far are signs of listening and nothing else. */
  const onlyBackchannels = (): boolean =>
    settings.backchannels !== 'interrupt' && text.trim() !== '' && countedWords() === 0

  function certain(): boolean {
    if (countedWords() >= Math.max(1, settings.minWords)) return true
    return (
      spokenMs > 0 && spokenMs >= settings.certainAfterMs && !onlyBackchannels() && settings.minWords <= 1
    )
  }

  function maySeemInterruption(): boolean {
    if (certain()) return true
    const waits = settings.minWords > 0 || settings.backchannels === 'wait' || onlyBackchannels()
    return !waits && talking && voicedMs >= settings.minDurationMs
  }

  function stop(atMs: number): readonly BargeInDecision[] {
    const playedMs = position(atMs)
    stoppedMs = playedMs
    const stopped = { type: 'stop', atMs, playedMs } as const
    if (!certain() && settings.falseInterruptionMs !== undefined) {
      playing = 'stopped'
      return [stopped]
    }
    playing = 'interrupted'
    return [stopped, { type: 'interrupt', atMs, playedMs }]
  }

  function resume(atMs: number): readonly BargeInDecision[] {
    const playedMs = position(atMs)
    // What is left plays on from here without a gap.
    if (playing === 'stopped') playout = playedTo(playout, { ms: playedMs, at: atMs })
    playing = 'playing'
    forgetSpeech()
    return [{ type: 'resume', atMs, playedMs }]
  }

  function whilePlaying(atMs: number): readonly BargeInDecision[] {
    const mayStop = isSounding(atMs) && !isProtected(atMs)
    if (mayStop && maySeemInterruption()) return stop(atMs)
    // Also after the last sound: the duck is not meant for what is played next.
    if (playing === 'ducked') return talking ? [] : resume(atMs)
    if (!mayStop) return []
    const ducks = settings.duckDb !== 0 && talking && spokenMs >= settings.duckAfterMs
    if (!ducks || onlyBackchannels()) return []
    playing = 'ducked'
    return [{ type: 'duck', atMs, gainDb: settings.duckDb }]
  }

  function whileStopped(atMs: number): readonly BargeInDecision[] {
    if (certain()) {
      playing = 'interrupted'
      return [{ type: 'interrupt', atMs, playedMs: stoppedMs }]
    }
    if (talking) return []
    const waitMs = settings.falseInterruptionMs ?? Infinity
    // Known to be a sign of listening, so there is nothing to wait for.
    return onlyBackchannels() || silentMs >= waitMs ? resume(atMs) : []
  }

  function decide(atMs: number): readonly BargeInDecision[] {
    return playing === 'stopped' ? whileStopped(atMs) : whilePlaying(atMs)
  }

  return {
    handle(event) {
      const { atMs } = event
      switch (event.type) {
        case 'answer': {
          const wasDucked = playing === 'ducked'
          playout = nothingPlayed
          spans = event.protectedSpans ?? []
          playing = 'playing'
          stoppedMs = 0
          // What was said before the answer does not interrupt it: who goes on talking is heard anew.
          forgetSpeech()
          spoken = false
          return wasDucked ? [{ type: 'resume', atMs, playedMs: 0 }] : []
        }
        case 'sound':
          playout = withSound(playout, event.ms, { at: atMs, notBefore: atMs })
          return []
        case 'playback':
          // A report that was on its way when the answer stopped corrects what was heard.
          playout = playedTo(playout, { ms: Math.min(event.positionMs, playout.totalMs), at: atMs })
          if (playing === 'stopped') stoppedMs = heardMs(playout, atMs)
          return []
        case 'transcript': {
          if (!spoken) return []
          text = event.text
          const decisions = decide(atMs)
          if (!talking && playing !== 'stopped') forgetSpeech()
          return decisions
        }
        case 'user_speech': {
          const spoke = talking || playing === 'stopped'
          hear(event.probability, event.frameMs)
          const decisions = decide(atMs)
          if (!talking && spoke && playing !== 'stopped' && decisions.length === 0) forgetSpeech()
          return decisions
        }
      }
    },
    playedMs: position,
    update(changes) {
      settings = merged(settings, changes)
    },
  }
}

function merged(base: BargeInSettings, changes: Partial<BargeInSettings>): BargeInSettings {
  const settings = { ...base, ...changes }
  const { threshold, duckDb, duckAfterMs, minDurationMs, minWords, certainAfterMs, falseInterruptionMs } =
    settings
  if (!(threshold >= 0 && threshold <= 1))
    throw new RangeError(`threshold must be between 0 and 1, got ${threshold}`)
  if (!(duckDb <= 0)) throw new RangeError(`duckDb must be 0 or less, got ${duckDb}`)
  for (const value of [duckAfterMs, minDurationMs, minWords, certainAfterMs, falseInterruptionMs ?? 0]) {
    if (!(value >= 0)) throw new RangeError(`a time or count of barge-in must be 0 or more, got ${value}`)
  }
  return settings
}
