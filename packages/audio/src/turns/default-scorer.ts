import { measureProsody, type Prosody } from './prosody.ts'
import type { EndOfTurnScorer, TurnSoFar } from './scorer.ts'
import { judgeText } from './text-score.ts'

/**
 * Logit of one unit of each measure. Falling and low at the end means finished; what counts is small, because
 * questions rise and speakers differ: words outweigh it.
 */
const perSemitonePerSecond = -0.02
const perSemitone = -0.12
const perDecibel = -0.05
const perLengthening = 0.15
/** No measure counts for more than this. */
const mostPerMeasure = 0.5
/** Without words a pause is slightly more often the end of a turn than not. */
const withoutWords = 0.2

/** A scorer that answers at once. */
export interface DefaultScorer extends EndOfTurnScorer {
  score(turn: TurnSoFar): number
}

/**
 * Scorer without a model: words in German and English, and how the voice ends. It needs no transcript, but is
 * much surer with one; other languages are judged by the voice alone.
 */
export function createDefaultScorer(): DefaultScorer {
  return {
    score({ samples, text, languages }) {
      const voice = samples.length === 0 ? 0 : prosodyLogit(measureProsody(samples))
      const words = text === undefined || text.trim() === '' ? withoutWords : judgeText(text, languages).logit
      return 1 / (1 + Math.exp(-(words + voice)))
    },
  }
}

/** Evidence in the voice that the turn is over, as a logit. */
export function prosodyLogit({ pitchSlope, finalPitch, energyFall, lengthening }: Prosody): number {
  return (
    bounded(perSemitonePerSecond * (pitchSlope ?? 0)) +
    bounded(perSemitone * (finalPitch ?? 0)) +
    bounded(perDecibel * ((energyFall ?? typicalFall) - typicalFall)) +
    bounded(perLengthening * ((lengthening ?? 1) - 1))
  )
}

/** Level of any end of speech against what came before it (dB). */
const typicalFall = -2

function bounded(logit: number): number {
  return Math.min(Math.max(logit, -mostPerMeasure), mostPerMeasure)
}
