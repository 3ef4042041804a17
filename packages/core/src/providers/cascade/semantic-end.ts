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
  /** The turn ended in another way. */
  forget(): void
}

/** Creates it; `lagMs` is how long the detector still hears speech after it ended. */
export function createSemanticEnd(lagMs: number): SemanticEnd {
  const policy = createTurnPolicy({ mode: 'none' })
  const scorer = createDefaultScorer()
  let atMs = 0
  let speechEnd = 0
  let said: Transcript | undefined
  /** A pause that was long enough when it was noticed. */
  let isOver = false

  function now(sample: number): number {
    atMs = Math.max(atMs, toMs(sample))
    return atMs
  }

  /** The scorer's word on what was understood since it was last asked. */
  function judged(settings: SemanticTurns | undefined): readonly TurnDecision[] {
    if (!said) return []
    const { text } = said
    const languages = languagesOf(said, settings)
    said = undefined
    const { readingDigits, fillersOnly } = judgeText(text, languages)
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
      isOver = endsIn(policy.handle({ type: 'pause', atMs: now(sample), sinceMs: toMs(end) - lagMs }))
    },
    resumed(sample) {
      said = undefined
      policy.handle({ type: 'resumed', atMs: now(sample) })
    },
    understood(transcript) {
      said = transcript
    },
    ended(settings, sample) {
      policy.update(settings ?? { mode: 'none' })
      const decisions = [...judged(settings), ...policy.handle({ type: 'silence', atMs: now(sample) })]
      return isOver || endsIn(decisions) ? speechEnd : undefined
    },
    forget() {
      policy.reset()
      said = undefined
      isOver = false
    },
  }
}

/** True for words that count as nothing said: fillers alone, where the settings take them out. */
export function saysNothing(transcript: Transcript, settings: SemanticTurns | undefined): boolean {
  if (!settings?.removeFillers) return false
  return judgeText(transcript.text, languagesOf(transcript, settings)).fillersOnly
}

/** The language that was heard, else those the settings expect. */
function languagesOf({ language }: Transcript, settings: SemanticTurns | undefined): readonly string[] {
  return language === undefined ? (settings?.languages ?? []) : [language]
}

function endsIn(decisions: readonly TurnDecision[]): boolean {
  return decisions.some(({ type }) => type === 'end')
}

function toMs(sample: number): number {
  return (sample * 1000) / listeningRate
}
