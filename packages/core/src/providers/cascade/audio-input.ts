import { createFramer, createResampler, createSpeechGate, pcm16ToFloat32 } from '@parley/audio'
import type { SpeechGateEvent, SpeechGateSettings } from '@parley/audio'
import { wireRate } from './session-settings.ts'
import type { SpeechProbabilityStream, VoiceActivityDetector } from './stages.ts'
import { listeningRate } from './utterance.ts'

/** Sound of the user with what the speech gate noticed in it, if it listens. */
export interface HeardSound {
  readonly samples: Float32Array
  /** Place of the first sample in all sound of the session, at 16 kHz. */
  readonly start: number
  readonly events: readonly SpeechGateEvent[]
}

/** The microphone side of a session. */
export interface AudioInput {
  /** Takes PCM16 at 24 kHz. The sound comes out in order, later, because the detector runs elsewhere. */
  append(bytes: Uint8Array): void
  /** Resolves when everything appended so far has come out. */
  settled(): Promise<void>
  /** Sound that waits for the detector. */
  readonly backlogMs: number
  /** Gate settings, `undefined` to pass sound through without listening for speech. */
  listen(settings: Partial<SpeechGateSettings> | undefined): void
  /** Forgets the speech under way and the detector's past. */
  forget(): void
  /** Clock time at which a sample was said: when it arrived, less what came behind it in its chunk. */
  saidAt(sample: number): number
  close(): Promise<void>
}

/** What the microphone side needs. */
export interface AudioInputOptions {
  readonly vad: VoiceActivityDetector
  readonly now: () => number
  readonly heard: (sound: HeardSound) => void
  /** The detector failed and is opened anew; called once until it answers again. */
  readonly failed: (error: unknown) => void
}

/** Longest part of a chunk that counts as said before it arrived (ms); more was held back by the sender. */
const longestChunkMs = 200

/** Arrival times kept, enough for minutes of 20 ms chunks. */
const keptArrivals = 4096

/** Creates the microphone side; it passes sound through until `listen` is called with settings. */
export function createAudioInput({ vad, now, heard, failed }: AudioInputOptions): AudioInput {
  const resampler = createResampler({ from: wireRate, to: listeningRate })
  const framer = createFramer(vad.frameSamples)
  const gate = createSpeechGate({ sampleRate: listeningRate, frameSamples: vad.frameSamples })
  let arrivals: { readonly end: number; readonly at: number }[] = []
  let stream: SpeechProbabilityStream | undefined
  let listening = false
  let healthy = true
  let closed = false
  let oddByte: Uint8Array | undefined
  let received = 0
  let framed = 0
  let backlog = 0
  let tail = Promise.resolve()

  /** The detector's word on a frame; a failing one hears nothing and is opened anew for the next frame. */
  async function probabilityOf(frame: Float32Array): Promise<number> {
    let used: SpeechProbabilityStream | undefined
    try {
      used = stream ??= vad.open()
      const probability = await used.push(frame)
      healthy = true
      return probability
    } catch (error) {
      if (used && used === stream) {
        stream = undefined
        void dispose(used)
      }
      if (healthy && !closed) failed(error)
      healthy = false
      return 0
    }
  }

  function hear(samples: Float32Array, start: number): void {
    if (!listening) return heard({ samples, start, events: [] })
    backlog += samples.length
    const answer = probabilityOf(samples)
    tail = tail.then(async () => {
      const probability = await answer
      backlog -= samples.length
      if (closed) return
      heard({ samples, start, events: listening ? gate.process(probability) : [] })
    })
  }

  /** Whole samples only; half of one waits for its other half. */
  function wholeSamples(bytes: Uint8Array): Float32Array {
    const joined = oddByte ? Uint8Array.of(...oddByte, ...bytes) : bytes
    const whole = joined.length - (joined.length % 2)
    oddByte = whole < joined.length ? joined.slice(whole) : undefined
    return pcm16ToFloat32(joined.subarray(0, whole))
  }

  return {
    append(bytes) {
      for (const chunk of resampler.process(wholeSamples(bytes))) {
        received += chunk.length
        arrivals.push({ end: received, at: now() })
        if (arrivals.length > keptArrivals * 2) arrivals = arrivals.slice(-keptArrivals)
        for (const samples of listening ? framer.process(chunk) : [chunk]) {
          const start = framed
          framed += samples.length
          hear(samples, start)
        }
      }
    },
    settled: () => tail,
    get backlogMs() {
      return (backlog * 1000) / listeningRate
    },
    listen(settings) {
      if (settings) gate.update(settings)
      if (listening === (settings !== undefined)) return
      listening = settings !== undefined
      framer.reset()
      framed = received
      gate.reset(framed)
    },
    forget() {
      gate.reset(gate.nowSample)
      stream?.reset()
    },
    saidAt(sample) {
      const chunk = arrivals.find(({ end }) => end >= sample)
      if (!chunk) return now()
      return chunk.at - Math.min(longestChunkMs, ((chunk.end - sample) * 1000) / listeningRate)
    },
    async close() {
      closed = true
      if (stream) await dispose(stream)
    },
  }
}

/** A detector that cannot even be closed is its owner's business. */
async function dispose(stream: SpeechProbabilityStream): Promise<void> {
  try {
    await stream[Symbol.asyncDispose]()
  } catch {
    // Nothing depends on it any more.
  }
}
