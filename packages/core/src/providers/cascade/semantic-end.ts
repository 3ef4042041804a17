import {
  createDefaultScorer,
  createTurnPolicy,
  judgeText,
  type SemanticTurns,
  type TurnDecision,
} from '@parley/audio/turns'
import type { Transcript } from './stages.ts'
import { listeningRate } from './utterance.ts'

const noSound = new Float32Array(0)

/** Finds the end of a turn by what was said in it. Samples count at 16 kHz. */
export interface SemanticEnd {
  started(nowSample: number): void
  paused(speechEnd: number, nowSample: number): void
  resumed(nowSample: number): void
  /** The words up to the pause under way. */
  understood(transcript: Transcript): void
  /** End of the turn's speech if the turn is over by now; never without settings. */
  ended(settings: SemanticTurns | undefined, nowSample: number): number | undefined
  /** Nothing but fillers was said, and the settings take that for nothing. */
  readonly empty: boolean
  /** The turn ended in another way. */
  forget(): void
}

/** Creates it; `lagMs` is how long the detector still hears speech after it ended. */
export function createSemanticEnd(lagMs: number): SemanticEnd {
  const policy = createTurnPolicy({ mode: 'none' })
  const scorer = createDefaultScorer()
  let atMs = 0
  let speechEnd = 0
  let fillers = false
  let removesFillers = false
  let said: { readonly text: string; readonly languages: readonly string[] } | undefined

  function now(sample: number): number {
    atMs = Math.max(atMs, toMs(sample))
    return atMs
  }

  /** The scorer's word on what was understood since it was last asked. */
  function judged(): readonly TurnDecision[] {
    if (!said) return []
    const { text, languages } = said
    said = undefined
    const { readingDigits, fillersOnly } = judgeText(text, languages)
    fillers = fillersOnly
    const decisions = policy.handle({
      type: 'transcript',
      atMs,
      text,
      final: false,
      readingDigits,
      fillersOnly,
    })
    const score = scorer.score({ samples: noSound, text, languages })
    return [...decisions, ...policy.handle({ type: 'score', atMs, score })]
  }

  return {
    started(sample) {
      policy.handle({ type: 'speech_started', atMs: now(sample) })
    },
    paused(end, sample) {
      speechEnd = end
      policy.handle({ type: 'pause', atMs: now(sample), sinceMs: toMs(end) - lagMs })
    },
    resumed(sample) {
      said = undefined
      fillers = false
      policy.handle({ type: 'resumed', atMs: now(sample) })
    },
    understood({ text, language }) {
      const languages = language === undefined ? [] : [language]
      said = { text, languages }
    },
    ended(settings, sample) {
      removesFillers = settings?.removeFillers ?? false
      policy.update(settings ?? { mode: 'none' })
      const decisions = [...judged(), ...policy.handle({ type: 'silence', atMs: now(sample) })]
      return decisions.some(({ type }) => type === 'end') ? speechEnd : undefined
    },
    get empty() {
      return removesFillers && fillers
    },
    forget() {
      policy.reset()
      said = undefined
      fillers = false
    },
  }
}

function toMs(sample: number): number {
  return (sample * 1000) / listeningRate
}
