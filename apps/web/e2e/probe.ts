import { pcm16ToFloat32 } from '@parley/audio'
import type { Page } from 'playwright-core'

/** Sound of one direction as the page's audio graph rendered it. */
export interface RecordedSound {
  readonly samples: Float32Array
  readonly sampleRate: number
  /** Wall clock in Unix ms at which each quantum of `quantumSamples` samples was rendered. */
  readonly renderedAt: readonly number[]
  /** From the graph to the ear in ms, as the browser states it. */
  readonly outputLatencyMs: number
}

/** One event from the server with the wall clock of the page in Unix ms. */
export interface ReceivedEvent {
  readonly at: number
  readonly type: string
}

/** Samples of a render quantum of an audio graph. */
export const quantumSamples = 128

interface Recording {
  readonly context: AudioContext
  readonly chunks: { readonly samples: Int16Array; readonly times: Float64Array }[]
}

declare global {
  interface Window {
    parleyProbe: {
      readonly events: ReceivedEvent[]
      readonly output: Recording[]
      readonly input: Recording[]
    }
  }
}

/**
 * Runs in the page before its own scripts: records what goes to the speaker and what comes from the microphone, and
 * notes when each event arrives. Self-contained, because it is sent to the browser as text.
 */
export function probe(): void {
  const processor = `registerProcessor('parley-probe', class extends AudioWorkletProcessor {
    #filled = 0
    #samples = new Int16Array(2048)
    #times = new Float64Array(16)
    process([[input]]) {
      this.#times[this.#filled / 128] = Date.now()
      for (let i = 0; i < 128; i++) {
        this.#samples[this.#filled++] = Math.round(Math.max(-1, Math.min(1, input?.[i] ?? 0)) * 32767)
      }
      if (this.#filled === 2048) {
        this.port.postMessage({ samples: this.#samples, times: this.#times })
        this.#filled = 0
      }
      return true
    }
  })`
  const state: Window['parleyProbe'] = { events: [], output: [], input: [] }
  window.parleyProbe = state

  // oxlint-disable-next-line typescript/unbound-method -- applied to its node below
  const connect = AudioNode.prototype.connect
  const module = URL.createObjectURL(new Blob([processor], { type: 'text/javascript' }))
  const tap = async (source: AudioNode, recordings: Recording[]): Promise<void> => {
    const { context } = source
    if (!(context instanceof AudioContext)) return
    await context.audioWorklet.addModule(module)
    const recording: Recording = { context, chunks: [] }
    const node = new AudioWorkletNode(context, 'parley-probe', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    })
    node.port.onmessage = ({ data }: MessageEvent<Recording['chunks'][number]>) => recording.chunks.push(data)
    recordings.push(recording)
    Reflect.apply(connect, source, [node])
  }
  AudioNode.prototype.connect = function (this: AudioNode, ...targets: unknown[]) {
    if (targets[0] instanceof AudioDestinationNode) void tap(this, state.output)
    if (this instanceof MediaStreamAudioSourceNode) void tap(this, state.input)
    return Reflect.apply(connect, this, targets)
  }

  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }: MessageEvent<string>) => {
        state.events.push({ at: Date.now(), type: String(Reflect.get(JSON.parse(data), 'type')) })
      })
    }
  }
}

/** Events the page has received, oldest first. */
export function receivedEvents(page: Page): Promise<readonly ReceivedEvent[]> {
  return page.evaluate(() => window.parleyProbe.events)
}

/** Everything recorded so far in one direction; throws before there is any. */
export async function recordedSound(page: Page, direction: 'input' | 'output'): Promise<RecordedSound> {
  const recorded = await page.evaluate((name) => {
    const recording = window.parleyProbe[name].at(-1)
    if (!recording) return undefined
    const { context, chunks } = recording
    let binary = ''
    for (const { samples } of chunks) binary += String.fromCharCode(...new Uint8Array(samples.buffer))
    return {
      base64: btoa(binary),
      sampleRate: context.sampleRate,
      renderedAt: chunks.flatMap(({ times }) => [...times]),
      outputLatencyMs: (context.baseLatency + context.outputLatency) * 1000,
    }
  }, direction)
  if (!recorded) throw new Error(`Nothing was recorded: ${direction}`)
  const { base64, ...rest } = recorded
  return { ...rest, samples: pcm16ToFloat32(Buffer.from(base64, 'base64')) }
}
