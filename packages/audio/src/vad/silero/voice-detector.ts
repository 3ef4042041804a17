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
  /** Silence after which the model forgets what it heard, because it drifts on long streams; default 8,000. */
  readonly refreshAfterMs?: number
}

const hopSamples = 128
const hopsPerFrame = frameSamples / hopSamples
const sampleRate = 16_000
const frameMs = (frameSamples * 1000) / sampleRate

/** Level over the noise floor at which it is worth to look. */
const riseDb = 6
/** A level of so much, and one of twice as much, over the floor: what is found there is up to e times as likely. */
const strongRiseDb = 10
/** Lower than the noise of a room with digital silence in between. */
const minFloorDbfs = -65
/** From here on the model has found speech; no need to look for it. */
const speechProbability = 0.5
/** Under this the model is sure that there is none. */
const quietProbability = 0.1
/** Under this level (-50 dBFS) a room is quiet. */
const quietPower = 1e-5
/** Quiet frames that the model hears before it is left out, so that its memory is that of a quiet room. */
const settlingFrames = 16

/**
 * Silero as it is best used live, in steps of 8 ms: the model hears whole frames of 32 ms as it must, and looks ahead
 * when the level rises, which brings the start of speech about 15 ms earlier at the same accuracy.
 */
export function createVoiceDetector(
  model: SileroModel,
  options: VoiceDetectorOptions = {},
): SpeechProbability {
  const { preGate = true, lookEarly = true, refreshAfterMs = 8000 } = options
  if (!(refreshAfterMs > 0)) throw new RangeError(`refreshAfterMs must be positive, got ${refreshAfterMs}`)
  const stream = model.open()
  const level = createLevelOverFloor({ sampleRate, frameSamples: hopSamples, minFloorDbfs })
  const window = new Float32Array(contextSamples + frameSamples)
  const frame = window.subarray(contextSamples)
  const refreshFrames = Math.ceil(refreshAfterMs / frameMs)
  let hops = 0
  let probability = 0
  let frameIsQuiet = true
  let quietFrames = 0

  /** The model's word on a whole frame. */
  function hear(): number {
    if (preGate && frameIsQuiet && quietFrames >= settlingFrames) {
      stream.skip(frame)
      quietFrames++
      return probability
    }
    const heard = stream.process(frame)
    quietFrames = heard < quietProbability ? quietFrames + 1 : 0
    return heard
  }

  return {
    frameSamples: hopSamples,
    sampleRate,
    process(hop) {
      if (hop.length !== hopSamples) {
        throw new RangeError(`a frame must have ${hopSamples} samples, got ${hop.length}`)
      }
      const rise = level.process(hop)
      const risen = rise >= riseDb
      window.copyWithin(0, hopSamples)
      window.set(hop, window.length - hopSamples)
      if (risen || meanSquare(hop) > quietPower) frameIsQuiet = false
      hops++
      if (hops === hopsPerFrame) {
        probability = hear()
        if (quietFrames > 0 && quietFrames % refreshFrames === 0) stream.refresh()
        hops = 0
        frameIsQuiet = true
      } else if (lookEarly && risen && probability < speechProbability) {
        probability = moreLikely(stream.peek(window), rise)
      }
      return probability
    },
    reset() {
      stream.reset()
      level.reset()
      window.fill(0)
      hops = 0
      probability = 0
      frameIsQuiet = true
      quietFrames = 0
    },
  }
}

/** The start of a word stands out of the noise, before the model has heard enough of it. */
function moreLikely(probability: number, rise: number): number {
  const strength = Math.min(1, Math.max(0, rise / strongRiseDb - 1))
  const odds = probability * Math.exp(strength)
  return odds / (1 - probability + odds)
}
