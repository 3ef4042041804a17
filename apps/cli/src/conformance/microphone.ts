import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from './client.ts'
import { speechIn } from './speech.ts'
import type { SoundFormat } from './wire.ts'

/** Sound of one `input_audio_buffer.append`. */
const frameMs = 40

/** Where speech lies in the sound that was sent, in ms since its beginning. */
export interface Spoken {
  readonly fromMs: number
  readonly toMs: number
}

/** Sends sound at the pace of a clock: silence, and between it what is said. */
export class Microphone {
  sentMs = 0
  readonly #client: Client
  readonly #format: SoundFormat
  readonly #queue: Uint8Array[] = []
  readonly #stopped = new AbortController()
  readonly #running: Promise<void>

  constructor(client: Client, format: SoundFormat = 'pcm') {
    this.#client = client
    this.#format = format
    this.#running = this.#run()
  }

  /** Says the sentence next; gives where its speech lies, at once. */
  say(): Spoken {
    const { bytes, fromMs, toMs } = speechIn(this.#format)
    const beginMs = this.sentMs + this.#queue.length * frameMs
    this.#queue.push(...framesOf(bytes, this.#format))
    return { fromMs: beginMs + fromMs, toMs: beginMs + toMs }
  }

  /** Stops sending. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const from = performance.now()
    const silence = silenceOf(this.#format, frameMs)
    while (!this.#stopped.signal.aborted && this.#client.closed === undefined) {
      const bytes = this.#queue.shift() ?? silence
      append(this.#client, bytes)
      this.sentMs += frameMs
      await pause(Math.max(0, from + this.sentMs - performance.now()))
    }
  }
}

/** Appends sound to the input buffer as one event. */
export function append(client: Client, bytes: Uint8Array): void {
  client.send({ type: 'input_audio_buffer.append', audio: Buffer.from(bytes).toString('base64') })
}

/** The whole sentence in frames. */
export function sentenceFrames(format: SoundFormat = 'pcm'): readonly Uint8Array[] {
  return framesOf(speechIn(format).bytes, format)
}

/** Bytes of a length of silence. */
export function silenceOf(format: SoundFormat, ms: number): Uint8Array {
  const quiet = { pcm: 0, ulaw: 0xff, alaw: 0xd5 }[format]
  return new Uint8Array(ms * bytesPerMs(format)).fill(quiet)
}

/** Bytes of one ms of sound. */
export function bytesPerMs(format: SoundFormat): number {
  return format === 'pcm' ? 48 : 8
}

function framesOf(bytes: Uint8Array, format: SoundFormat): readonly Uint8Array[] {
  const size = frameMs * bytesPerMs(format)
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}
