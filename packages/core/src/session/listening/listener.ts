import {
  byteLengthOf,
  createEnergyVad,
  createFramer,
  createSpeechGate,
  createTranscoder,
  durationMs,
  pcm16ToFloat32,
} from '@parley/audio'
import type { AudioFormat, Processor, SpeechGateEvent } from '@parley/audio'
import type { SpeechDetector, SpeechStream } from '../ports.ts'
import type { Listening } from '../settings/turn-detection.ts'

/** Rate at which speech is looked for (Hz). */
const listeningRate = 16_000

/** Sound kept besides the padding, for the time it takes to be sure of speech (ms). */
const onsetMs = 300

/** Longest sound judged at once (ms): a client may send minutes in one event, with many turns in it. */
const sliceMs = 60

/** How far the probability must fall below the threshold before speech counts as over. */
const hysteresis = 0.15

/** Sound with its place in all sound of the session (ms). */
interface Chunk {
  readonly bytes: Uint8Array
  readonly endMs: number
}

/** Listens on the input of a session whose backend cannot. Sound passes on only while the user speaks. */
export interface Listener {
  /** Takes sound in the given format. The order is kept, whatever the detector's speed. */
  hear(bytes: Uint8Array, format: AudioFormat, settings: Listening): void
  /** Gives out the sound that waits, for a commit by the client; speech is looked for anew. */
  release(): void
  /** Drops the sound that waits. */
  forget(): void
  /** Runs when all sound before it has been heard: at once when nothing waits. */
  after(work: () => void): void
  /** Resolves when all sound has been heard. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** What a listener tells. */
export interface ListenerPorts {
  readonly detector: SpeechDetector | undefined
  /** Speech began or ended, in ms from the start of the session's sound. */
  readonly noticed: (speech: 'started' | 'stopped', ms: number) => void
  /** Sound that is part of a turn. */
  readonly pass: (bytes: Uint8Array, format: AudioFormat) => void
}

/** Creates a listener; the detector's stream opens with the first sound. */
export function createListener({ detector, noticed, pass }: ListenerPorts): Listener {
  const source = detector ?? energyDetector
  const { frameSamples } = source
  const gate = createSpeechGate({ sampleRate: listeningRate, frameSamples })
  const framer = createFramer(frameSamples)
  let stream: SpeechStream | undefined
  let toSamples: Processor<Uint8Array, Uint8Array> | undefined
  let heardFormat: AudioFormat | undefined
  let before: readonly Chunk[] = []
  let heardMs = 0
  let tail: Promise<void> | undefined

  function after(work: () => void | Promise<void>): void {
    if (tail) {
      chain(tail.then(work))
      return
    }
    const done = work()
    if (done instanceof Promise) chain(done)
  }

  function chain(done: Promise<void>): void {
    // One that cannot even be opened or closed hears nothing; the session goes on.
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (tail === settled) tail = undefined
      })
    tail = settled
  }

  function framesOf(bytes: Uint8Array, format: AudioFormat): readonly Float32Array[] {
    if (!toSamples || format !== heardFormat) {
      toSamples = createTranscoder(format, { type: 'audio/pcm', rate: listeningRate })
      heardFormat = format
    }
    return toSamples.process(bytes).flatMap((chunk) => framer.process(pcm16ToFloat32(chunk)))
  }

  function notice(events: readonly SpeechGateEvent[], format: AudioFormat): void {
    for (const event of events) {
      if (event.type === 'started') {
        const startMs = msOf(event.paddedSample)
        noticed('started', Math.round(startMs))
        for (const { bytes, endMs } of before) if (endMs > startMs) pass(bytes, format)
        before = []
      } else if (event.type === 'stopped') noticed('stopped', Math.round(msOf(event.nowSample)))
    }
  }

  function listen(bytes: Uint8Array, format: AudioFormat, settings: Listening): void | Promise<void> {
    const { threshold, prefixPaddingMs, silenceMs } = settings
    const leaveThreshold = Math.max(0, threshold - hysteresis)
    gate.update({ enterThreshold: threshold, leaveThreshold, prefixPaddingMs, silenceMs })
    let running: Promise<void> | undefined
    const step = byteLengthOf(format, sliceMs)
    for (let start = 0; start < bytes.length; start += step) {
      const slice = bytes.subarray(start, start + step)
      if (running) running = running.then(() => listenTo(slice, format, prefixPaddingMs))
      else running = listenTo(slice, format, prefixPaddingMs)
    }
    return running
  }

  function listenTo(bytes: Uint8Array, format: AudioFormat, paddingMs: number): Promise<void> | undefined {
    const oldestMs = heardMs - paddingMs - onsetMs
    heardMs += durationMs(format, bytes.byteLength)
    if (gate.speaking) pass(bytes, format)
    else before = [...before.filter(({ endMs }) => endMs > oldestMs), { bytes, endMs: heardMs }]
    const open = (stream ??= source.open())
    let running: Promise<void> | undefined
    for (const frame of framesOf(bytes, format)) {
      if (running) running = running.then(() => judge(open.push(frame), format))
      else running = judge(open.push(frame), format)
    }
    return running
  }

  function judge(answer: number | Promise<number>, format: AudioFormat): Promise<void> | undefined {
    if (typeof answer !== 'number') return answer.then((value) => notice(gate.process(value), format), reopen)
    notice(gate.process(answer), format)
    return undefined
  }

  /** A detector that failed hears nothing; the next sound goes to a new one. */
  async function reopen(): Promise<void> {
    const failed = stream
    stream = undefined
    await failed?.[Symbol.asyncDispose]?.()
  }

  return {
    hear: (bytes, format, settings) => after(() => listen(bytes, format, settings)),
    release() {
      after(() => {
        for (const { bytes } of before) if (heardFormat) pass(bytes, heardFormat)
        before = []
        gate.reset(gate.nowSample)
      })
    },
    forget() {
      after(() => {
        before = []
        gate.reset(gate.nowSample)
      })
    },
    after,
    async settled() {
      while (tail) await tail
    },
    async close() {
      await stream?.[Symbol.asyncDispose]?.()
    },
  }
}

function msOf(sample: number): number {
  return (sample * 1000) / listeningRate
}

const energyDetector: SpeechDetector = {
  frameSamples: listeningRate / 50,
  open() {
    const energy = createEnergyVad({ sampleRate: listeningRate })
    return { push: (frame) => energy.process(frame), reset: () => energy.reset() }
  },
}
