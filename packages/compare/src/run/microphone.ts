import { concatInt16 } from '@parley/audio'
import { trackRate, type Segment } from './lane-run.ts'
import { frameMs } from './pacer.ts'
import { createSpeechBands } from './speech-bands.ts'
import type { Utterance } from './utterance.ts'

const perMs = trackRate / 1000

/** Samples of a frame. */
export const frameSamples = frameMs * perMs

/** Edge of the person's speech. */
export interface SpeechEdge {
  readonly type: 'speech_start' | 'speech_end'
  readonly at: number
  readonly step?: number
}

/**
 * What a lane sends. A frame sent at a moment holds the sound of the 20 ms before it, as a microphone's does; that is
 * where its samples lie on the lane's axis.
 */
export interface Microphone {
  /** The frame to send at `at` (ms on the axis), silence where nobody speaks. */
  frame(at: number): { readonly samples: Int16Array; readonly edges: readonly SpeechEdge[] }
  /** What was sent, without the silence around it. */
  readonly segments: readonly Segment[]
}

/** A microphone that is given whole utterances. */
export interface ScriptedMicrophone extends Microphone {
  /** Speaks from `at` (ms on the axis) on, at the next whole frame, or when what is being spoken is over. */
  speak(utterance: Utterance, request: { readonly step: number; readonly at: number }): void
  /** True while something is being spoken or waits to be. */
  readonly isSpeaking: boolean
}

/** Speaks the utterances of a scenario. */
export function createScriptedMicrophone(): ScriptedMicrophone {
  const queue: {
    readonly utterance: Utterance
    readonly step: number
    readonly since: number
    sent: number
  }[] = []
  const segments: Segment[] = []
  return {
    segments,
    get isSpeaking() {
      return queue.length > 0
    },
    speak(utterance, { step, at }) {
      queue.push({ utterance, step, since: at, sent: 0 })
    },
    frame(at) {
      const samples = new Int16Array(frameSamples)
      const speaking = queue[0]
      const begins = at - frameMs
      // The frame that is under way when speech is asked for began before it.
      if (!speaking || begins < speaking.since) return { samples, edges: [] }
      const { utterance, step, sent } = speaking
      if (sent === 0) segments.push({ at: begins, samples: utterance.samples })
      samples.set(utterance.samples.subarray(sent, sent + frameSamples))
      speaking.sent += frameSamples
      if (speaking.sent >= utterance.samples.length) queue.shift()
      const { from, to } = utterance.speech
      const edges: SpeechEdge[] = []
      if (from >= sent && from < sent + frameSamples) {
        edges.push({ type: 'speech_start', at: begins + (from - sent) / perMs, step })
      }
      if (to > sent && to <= sent + frameSamples) {
        edges.push({ type: 'speech_end', at: begins + (to - sent) / perMs, step })
      }
      return { samples, edges }
    },
  }
}

/** A microphone that is fed as a person speaks. */
export interface LiveMicrophone extends Microphone {
  push(samples: Int16Array): void
  /** True while a whole frame waits to be sent. */
  readonly hasWaiting: boolean
}

/** A recorder delivers in chunks; only after this long without one is it silent, ms. */
const stalledMs = 200

/** Passes on what is recorded, frame by frame, and finds where the person speaks. */
export function createLiveMicrophone(): LiveMicrophone {
  const waiting: Int16Array[] = []
  const sent: Int16Array[] = []
  const times: number[] = []
  const detector = createSpeechBands()
  let waitingSamples = 0
  // Until something is recorded, there is silence.
  let emptyFrames = Infinity
  let told = 0
  let startTold = 0

  function timeOf(sample: number): number {
    const frame = Math.min(Math.floor(sample / frameSamples), times.length - 1)
    return (times[frame] ?? 0) + (sample - frame * frameSamples) / perMs
  }

  /** Edges that are certain: a band ends once 300 ms of silence follow it. */
  function newEdges(): SpeechEdge[] {
    const edges: SpeechEdge[] = []
    const { bands } = detector
    const total = times.length * frameSamples
    while (told < bands.length) {
      const band = bands[told]
      if (!band) break
      if (startTold === told) {
        startTold++
        edges.push({ type: 'speech_start', at: timeOf(band.from) })
      }
      const isClosed = told < bands.length - 1 || total - band.to >= 300 * perMs
      if (!isClosed) break
      edges.push({ type: 'speech_end', at: timeOf(band.to) })
      told++
    }
    return edges
  }

  return {
    get segments() {
      return times[0] === undefined ? [] : [{ at: times[0], samples: concatInt16(sent) }]
    },
    get hasWaiting() {
      return waitingSamples >= frameSamples
    },
    push(samples) {
      waiting.push(samples.slice())
      waitingSamples += samples.length
    },
    frame(at) {
      const samples = new Int16Array(frameSamples)
      emptyFrames = waitingSamples >= frameSamples ? 0 : emptyFrames + 1
      // Between chunks of a running recorder the frame waits; it is not replaced by silence.
      const isStalled = emptyFrames * frameMs > stalledMs
      if (waitingSamples < frameSamples && !isStalled) {
        return { samples: new Int16Array(0), edges: [] }
      }
      waitingSamples -= take(waiting, samples)
      times.push(at - frameMs)
      sent.push(samples)
      detector.push(samples)
      return { samples, edges: newEdges() }
    },
  }
}

/** Fills `frame` from the front of the queue; gives how many samples it took. */
function take(queue: Int16Array[], frame: Int16Array): number {
  let filled = 0
  while (filled < frame.length) {
    const chunk = queue[0]
    if (!chunk) break
    const part = chunk.subarray(0, frame.length - filled)
    frame.set(part, filled)
    filled += part.length
    if (part.length === chunk.length) queue.shift()
    else queue[0] = chunk.subarray(part.length)
  }
  return filled
}
