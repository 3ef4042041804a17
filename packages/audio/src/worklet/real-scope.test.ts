import { describe, expect, inject, it } from 'vitest'
import { float32ToPcm16 } from '../pcm.ts'
import { createResampler } from '../resampler.ts'
import { concatFloat32, fitTone, noise, tone } from '../testing/index.ts'
import { createCaptureFrames } from './capture-frames.ts'
import {
  captureProcessorName,
  playbackProcessorName,
  type CaptureFrame,
  type PlaybackCommand,
  type PlaybackReport,
} from './index.ts'

interface SoundBuffer {
  copyToChannel(samples: Float32Array, channel: number): void
  getChannelData(channel: number): Float32Array
}

interface Connectable {
  connect(target: object): void
}

interface OfflineContext {
  readonly audioWorklet: { addModule(url: string): Promise<void> }
  readonly destination: object
  createBuffer(channels: number, length: number, sampleRate: number): SoundBuffer
  createBufferSource(): Connectable & { buffer: SoundBuffer | null; start(): void }
  suspend(seconds: number): Promise<void>
  resume(): Promise<void>
  startRendering(): Promise<SoundBuffer>
}

interface ProcessorNode extends Connectable {
  readonly port: {
    onmessage: ((event: { readonly data: unknown }) => void) | null
    postMessage(message: unknown): void
  }
}

/** What a browser has of Web Audio; neither Node's types nor ours declare it. */
const { OfflineAudioContext, AudioWorkletNode } = globalThis as {
  readonly OfflineAudioContext?: new (channels: number, length: number, sampleRate: number) => OfflineContext
  readonly AudioWorkletNode?: new (context: OfflineContext, name: string) => ProcessorNode
}

const sampleRate = 48_000
/** Three seconds in whole render quanta. */
const length = 3 * 375 * 128
/** Fifteen quanta (s). */
const pause = 0.04

interface RealNode {
  readonly context: OfflineContext
  readonly node: ProcessorNode
  /** The next messages of the processor, in order. */
  next(count: number): Promise<readonly unknown[]>
}

/** A node of the processor that a module registers, in a context that renders as fast as it can. */
async function realNode(file: URL, name: string): Promise<RealNode> {
  if (!OfflineAudioContext || !AudioWorkletNode) throw new Error('There is no Web Audio here.')
  const context = new OfflineAudioContext(1, length, sampleRate)
  await context.audioWorklet.addModule(file.href)
  const node = new AudioWorkletNode(context, name)
  node.connect(context.destination)
  const messages: unknown[] = []
  let arrived = Promise.withResolvers<void>()
  node.port.onmessage = ({ data }) => {
    messages.push(data)
    arrived.resolve()
    arrived = Promise.withResolvers()
  }
  return {
    context,
    node,
    async next(count) {
      // Each message wakes this once.
      // oxlint-disable-next-line no-await-in-loop
      while (messages.length < count) await arrived.promise
      return messages.splice(0, count)
    },
  }
}

function play({ context, node }: RealNode, samples: Float32Array): Promise<SoundBuffer> {
  const buffer = context.createBuffer(1, samples.length, sampleRate)
  buffer.copyToChannel(samples, 0)
  const source = context.createBufferSource()
  source.buffer = buffer
  source.connect(node)
  source.start()
  return context.startRendering()
}

const sound = noise({ seed: 11, length })

describe.skipIf(!OfflineAudioContext)('in a real AudioWorklet', () => {
  it('WebAssembly runs where the page may run it, and the same samples come out without it', async () => {
    const real = await realNode(new URL('__fixtures__/probe-processor.ts', import.meta.url), 'parley-probe')
    await play(real, sound)
    expect(await real.next(1)).toEqual([inject('forbidsWebAssembly') !== true])
    const resampler = createResampler({ from: sampleRate, to: 16_000, engine: 'js' })
    const expected = concatFloat32(resampler.process(sound))
    const frames = Math.floor(expected.length / 160)
    const heard = await real.next(frames)
    expect(concatFloat32(heard.map((frame) => Float32Array.from(frame as Float32Array)))).toEqual(
      expected.slice(0, 160 * frames),
    )
  })

  it('the capture processor posts what the page makes of the same sound', async () => {
    const expected: CaptureFrame[] = []
    const frames = createCaptureFrames(sampleRate, (frame) => expected.push(frame))
    for (let at = 0; at < length; at += 128) frames.process([sound.subarray(at, at + 128)])
    const real = await realNode(new URL('capture-processor.ts', import.meta.url), captureProcessorName)
    await play(real, sound)
    expect(await real.next(expected.length)).toEqual(expected)
  })

  it('the playback processor plays a tone and says when it ended', async () => {
    const real = await realNode(new URL('playback-processor.ts', import.meta.url), playbackProcessorName)
    const { context, node } = real
    const pcm = float32ToPcm16(tone({ frequency: 440, sampleRate: 24_000, length: 12_000 }))
    const commands: readonly PlaybackCommand[] = [
      { type: 'append', itemId: 'a', pcm: pcm.buffer },
      { type: 'finish', itemId: 'a' },
    ]
    // The context takes messages between its pauses only.
    let paused = context.suspend(pause)
    const rendered = context.startRendering()
    await paused
    for (const command of commands) node.port.postMessage(command)
    for (let at = 2 * pause; at < length / sampleRate; at += pause) {
      paused = context.suspend(at)
      // oxlint-disable-next-line no-await-in-loop -- one pause after the other
      await context.resume()
      // oxlint-disable-next-line no-await-in-loop
      await paused
    }
    await context.resume()
    const output = (await rendered).getChannelData(0)
    const reports: PlaybackReport[] = []
    while (reports.at(-1)?.type !== 'ended') {
      // oxlint-disable-next-line no-await-in-loop -- until it has said so
      reports.push(...((await real.next(1)) as readonly PlaybackReport[]))
    }
    const begins = output.findIndex((sample) => sample !== 0)
    expect(reports.at(-1)).toMatchObject({ itemId: 'a', playedMs: 500 })
    expect(fitTone(output.slice(begins + 2400, begins + 19_200), 440, sampleRate).amplitude).toBeCloseTo(
      0.5,
      3,
    )
  })
})
