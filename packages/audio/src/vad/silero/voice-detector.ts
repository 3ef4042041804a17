import { meanSquare } from '../../level.ts'
import { createLevelOverFloor } from '../level-over-floor.ts'
import type { SpeechProbability } from '../speech-probability.ts'
import { contextSamples, frameSamples } from './silero-network.ts'
import type { SileroModel } from './silero.ts'

/** Options of a voice detector. */
export interface VoiceDetectorOptions {
  /** Leaves the model out while nothing but a quiet room is heard; default true. */
  readonly preGate?: boolean
  /** Lets the model look at what just came when the level rises, before its frame is whole; default true. */
  readonly lookEarly?: boolean
  /** Wants the model surer where it hears voices nearly all the time, as in a crowd, less so else; default true. */
  readonly adapt?: boolean
  /** Silence after which the model forgets what it heard, once, because it drifts on long streams; default 2,000. */
  readonly refreshAfterMs?: number
}

/**
 * How long a voice detector still hears speech after it ended (ms): below the 100 to 130 ms measured on recordings.
 * What counts silence may take it off, so that a turn ends after the silence asked for.
 */
export const voiceDetectorLagMs = 88

const hopSamples = 128
const hopsPerFrame = frameSamples / hopSamples
const sampleRate = 16_000
const frameMs = (frameSamples * 1000) / sampleRate

/** Level over the noise floor at which it is worth to look; at twice as much, what is found is e times as likely. */
const riseDb = 6
/** Lower than any room; only digital silence is quieter. */
const minFloorDbfs = -90
/** What is fainter (-65 dBFS) is worth no look: the hiss of a line that was silent before. */
const hissPower = 10 ** -6.5
/** From here on the model has found speech; no need to look for it. */
const speechProbability = 0.5
/** Under this the model is sure that there is none. */
const quietProbability = 0.1
/** A room is quiet under this level (-70 dBFS) as long as nothing stands out of it by so much: faint speech would. */
const quietPower = 1e-7
const quietRiseDb = 3
/** Quiet frames that the model hears before it is left out, so that its memory is that of a quiet room. */
const settlingFrames = 16

/** The mean probability of someone who talks with the usual pauses. */
const usualActivity = 0.6
/** What was heard within so many frames (5 s) makes the activity. */
const activityFrames = 5000 / frameMs
/** How much surer the model has to be for each unit of activity, in the logarithm of the odds. */
const doubtPerActivity = 5
/** Where hardly any speech was heard, it is taken for twice as likely and no more: a bang is not to become speech. */
const leastDoubt = -Math.LN2

/** The last 576 samples of whichever stream is at work; nothing stays in it between two calls. */
const window = new Float32Array(contextSamples + frameSamples)
const frame = window.subarray(contextSamples)
const pastSamples = window.length - hopSamples

/**
 * Silero as it is best used live, in steps of 8 ms: the model hears whole frames of 32 ms as it must, and looks ahead
 * when the level rises, which brings the start of speech about 15 ms earlier. 4 KB a stream; needs no end.
 */
export function createVoiceDetector(
  model: SileroModel,
  options: VoiceDetectorOptions = {},
): SpeechProbability {
  const { preGate = true, lookEarly = true, adapt = true, refreshAfterMs = 2000 } = options
  if (!(refreshAfterMs > 0)) throw new RangeError(`refreshAfterMs must be positive, got ${refreshAfterMs}`)
  const stream = model.open()
  const level = createLevelOverFloor({ sampleRate, frameSamples: hopSamples, minFloorDbfs })
  // 16 bits: what lines and microphones deliver passes unchanged, and a stream takes less.
  const past = new Int16Array(pastSamples)
  const refreshFrames = Math.ceil(refreshAfterMs / frameMs)
  // Fields of an object are written without an allocation, captured variables are not.
  const now = { hops: 0, quietFrames: 0, frameIsQuiet: true, probability: 0, activity: usualActivity }

  /** The model's word on a whole frame. */
  function hear(): void {
    let heard = 0
    if (preGate && now.frameIsQuiet && now.quietFrames >= settlingFrames) {
      stream.skip(frame)
      now.quietFrames++
    } else {
      heard = stream.process(frame)
      now.quietFrames = heard < quietProbability ? now.quietFrames + 1 : 0
      now.probability = moreLikely(heard, adapt ? -doubt(now.activity) : 0)
    }
    now.activity += (heard - now.activity) / activityFrames
    if (now.quietFrames === refreshFrames) stream.refresh()
  }

  return {
    frameSamples: hopSamples,
    sampleRate,
    process(hop) {
      if (hop.length !== hopSamples) {
        throw new RangeError(`a frame must have ${hopSamples} samples, got ${hop.length}`)
      }
      level.process(hop)
      const power = meanSquare(hop)
      if (level.db >= quietRiseDb || power > quietPower) now.frameIsQuiet = false
      const rise = Math.min(level.db, 10 * Math.log10(power / hissPower))
      const risen = rise >= riseDb
      now.hops++
      if (now.hops === hopsPerFrame) {
        fillWindow(past, hop)
        hear()
        now.hops = 0
        now.frameIsQuiet = true
      } else if (lookEarly && risen && now.probability < speechProbability) {
        // The start of a word stands out of the noise, before the model has heard enough of it.
        const strength = Math.min(1, Math.max(0, rise / riseDb - 1))
        fillWindow(past, hop)
        now.probability = moreLikely(
          stream.peek(window),
          strength - (adapt ? Math.max(0, doubt(now.activity)) : 0),
        )
      }
      past.copyWithin(0, hopSamples)
      for (let i = 0; i < hopSamples; i++) {
        const sample = Math.round((hop[i] ?? 0) * 32_768)
        past[pastSamples - hopSamples + i] = Math.max(-32_768, Math.min(32_767, sample))
      }
      return now.probability
    },
    reset() {
      stream.reset()
      level.reset()
      past.fill(0)
      now.hops = 0
      now.quietFrames = 0
      now.frameIsQuiet = true
      now.probability = 0
      now.activity = usualActivity
    },
  }
}

/** How much surer than usual the model has to be, in the logarithm of the odds. */
function doubt(activity: number): number {
  return Math.max(leastDoubt, doubtPerActivity * (activity - usualActivity))
}

function fillWindow(past: Int16Array, hop: Float32Array): void {
  for (let i = 0; i < pastSamples; i++) window[i] = (past[i] ?? 0) / 32_768
  window.set(hop, pastSamples)
}

/** The odds times e^`logOdds`. */
function moreLikely(probability: number, logOdds: number): number {
  const odds = probability * Math.exp(logOdds)
  return odds / (1 - probability + odds)
}
