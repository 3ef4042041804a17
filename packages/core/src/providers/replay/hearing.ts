import { createEnergyVad, createFramer, durationMs, pcm16ToFloat32 } from '@parley/audio'
import { replayFormat } from './recorded-sound.ts'

/** Ms of one judged frame. */
const frameMs = 20
const frameSamples = (replayFormat.rate * frameMs) / 1000

/** Sound that stands out of the noise for this long (ms) is the beginning of speech. */
const minSpeechMs = 60

/** Where in the stream of sound somebody speaks, in ms from its start. */
export interface Hearing {
  /** Takes sound in the replay's format; `judged` hears of each frame in order. */
  hear(bytes: Uint8Array, judged: (frame: HeardFrame) => void): void
  /** Ms of sound taken. */
  readonly positionMs: number
}

/** 20 ms of sound. */
export interface HeardFrame {
  /** Its end in the stream. */
  readonly endMs: number
  /** Beginning of the speech it belongs to; `undefined` for silence and for what may be only a click. */
  readonly speechFromMs: number | undefined
}

/**
 * The same ears for a recording and for who speaks to its replay, so that whatever they misjudge they misjudge in
 * both. They tell sound from silence only: who may speak when is decided by the recording.
 */
export function createHearing(): Hearing {
  const vad = createEnergyVad({ sampleRate: replayFormat.rate, frameSamples })
  const framer = createFramer(frameSamples)
  let framedMs = 0
  let positionMs = 0
  let loudFromMs: number | undefined
  return {
    hear(bytes, judged) {
      positionMs += durationMs(replayFormat, bytes.byteLength)
      for (const frame of framer.process(pcm16ToFloat32(bytes))) {
        const isLoud = vad.process(frame) >= 0.5
        if (!isLoud) loudFromMs = undefined
        else loudFromMs ??= framedMs
        framedMs += frameMs
        const isSpeech = loudFromMs !== undefined && framedMs - loudFromMs >= minSpeechMs
        judged({ endMs: framedMs, speechFromMs: isSpeech ? loudFromMs : undefined })
      }
    },
    get positionMs() {
      return positionMs
    },
  }
}
