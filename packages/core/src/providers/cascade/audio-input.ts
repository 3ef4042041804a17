import { createFramer, createPcm16Decoder, createResampler, createSpeechGate } from '@parley/audio'
import type { SpeechGateEvent, SpeechGateSettings } from '@parley/audio'
import { createEchoBound } from '@parley/audio/turns'
import type { NoiseReduction, ReducedFrame } from './noise-reduction.ts'
import { createPlayedSound } from './played-sound.ts'
import type { SentSound } from './played-sound.ts'
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
  /** Resolves when the detector has answered for everything it was given. */
  settled(): Promise<void>
  /** Resolves when everything appended so far has come out; noise reduction has to listen its way in again after it. */
  drained(): Promise<void>
  /** Sound that waits for the detector. */
  readonly backlogMs: number
  /** Gate settings, `undefined` to pass sound through without listening for speech. */
  listen(settings: Partial<SpeechGateSettings> | undefined): void
  /**
   * Takes noise out of what the detector hears, wholly at 1 and not at all at `undefined`. Loads what it needs;
   * resolves to whether it is as asked for.
   */
  reduceNoise(strength: number | undefined): Promise<boolean>
  /** Whether an echo of what the client plays is reckoned with before one was found. */
  expectEcho(expected: boolean): void
  /** Sound went to the client: what comes back of it is not the user. */
  sent(sound: SentSound): void
  /** The client dropped what it had not played, of one item or of all. */
  dropped(itemId?: string): void
  /** Forgets the speech under way and the detector's past. */
  forget(): void
  /** Clock time at which a sample was said: when it arrived, less what came behind it in its chunk. */
  saidAt(sample: number): number
  close(): Promise<void>
}

/** What the microphone side needs. */
export interface AudioInputOptions {
  readonly vad: VoiceActivityDetector
  /** Opens noise reduction for frames of the detector's length, when it is first asked for. */
  readonly openNoiseReduction: (frameSamples: number) => Promise<NoiseReduction>
  readonly now: () => number
  readonly heard: (sound: HeardSound) => void
  /**
   * The detector failed and is opened anew; called once until it answers again. Or noise reduction could not be loaded.
   */
  readonly failed: (error: unknown) => void
}

/** Longest part of a chunk that counts as said before it arrived (ms); more was held back by the sender. */
const longestChunkMs = 200

/** Without sound of the microphone for so long nothing can come back (ms). */
const deafMs = 1000

/** Arrival times kept, enough for minutes of 20 ms chunks. */
const keptArrivals = 4096

/** Creates the microphone side; it passes sound through until `listen` is called with settings. */
export function createAudioInput(options: AudioInputOptions): AudioInput {
  const { vad, openNoiseReduction, now, heard, failed } = options
  const decoder = createPcm16Decoder()
  const resampler = createResampler({ from: wireRate, to: listeningRate })
  const framer = createFramer(vad.frameSamples)
  const gate = createSpeechGate({ sampleRate: listeningRate, frameSamples: vad.frameSamples })
  const played = createPlayedSound()
  const echo = createEchoBound(listeningRate)
  echo.expected = false
  let arrivals: { readonly end: number; readonly at: number }[] = []
  let stream: SpeechProbabilityStream | undefined
  let noiseReduction: NoiseReduction | undefined
  let listening = false
  let healthy = true
  let closed = false
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

  /** The most of this frame that may be the user's speech and not the echo of an answer. */
  function mostOf(frame: Float32Array): number {
    const reference = played.next(frame.length)
    if (reference) echo.reference(reference)
    return echo.process(frame)
  }

  function hear({ raw: samples, reduced }: ReducedFrame): void {
    const start = framed
    framed += samples.length
    if (!listening) return heard({ samples, start, events: [] })
    backlog += samples.length
    const most = mostOf(samples)
    const answer = probabilityOf(reduced)
    tail = tail.then(async () => {
      const probability = await answer
      backlog -= samples.length
      if (closed) return
      heard({ samples, start, events: listening ? gate.process(Math.min(probability, most)) : [] })
    })
  }

  /** What waits for the noise reduction is not held back any longer. */
  function passOn(): void {
    for (const frame of noiseReduction?.flush() ?? []) hear(frame)
  }

  return {
    append(bytes) {
      for (const chunk of decoder.process(bytes).flatMap((samples) => resampler.process(samples))) {
        received += chunk.length
        arrivals.push({ end: received, at: now() })
        if (arrivals.length > keptArrivals * 2) arrivals = arrivals.slice(-keptArrivals)
        for (const raw of listening ? framer.process(chunk) : [chunk]) {
          const reducing = listening ? noiseReduction : undefined
          for (const frame of reducing?.process(raw) ?? [{ raw, reduced: raw }]) hear(frame)
        }
      }
    },
    settled: () => tail,
    drained() {
      passOn()
      return tail
    },
    get backlogMs() {
      return (backlog * 1000) / listeningRate
    },
    listen(settings) {
      if (settings) gate.update(settings)
      if (listening === (settings !== undefined)) return
      listening = settings !== undefined
      passOn()
      framer.reset()
      framed = received
      gate.reset(framed)
      played.drop()
    },
    async reduceNoise(strength) {
      if (strength === undefined) {
        passOn()
        noiseReduction?.[Symbol.dispose]()
        noiseReduction = undefined
        return true
      }
      try {
        noiseReduction ??= await openNoiseReduction(vad.frameSamples)
        noiseReduction.strength = strength
        return true
      } catch (error) {
        failed(error)
        return false
      }
    },
    expectEcho(expected) {
      echo.expected = expected
    },
    sent(sound) {
      const sinceMs = now() - (arrivals.at(-1)?.at ?? -Infinity)
      if (!listening || sinceMs > deafMs) return played.drop()
      played.send(sound, Math.min(sinceMs, longestChunkMs))
    },
    dropped(itemId) {
      played.drop(itemId)
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
      noiseReduction?.[Symbol.dispose]()
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
