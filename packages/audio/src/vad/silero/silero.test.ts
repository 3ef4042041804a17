import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as onnx from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import { createFlite } from '../../../bench/noisy-speech/flite.ts'
import { noise } from '../../testing/index.ts'
import type { AsyncSpeechProbability } from '../speech-probability.ts'
import { createOnnxSilero } from './onnx-silero.ts'
import { loadSilero, type SileroStream } from './silero.ts'
import { createVoiceDetector } from './voice-detector.ts'

const v6File = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')
const file = (version: string): Promise<Uint8Array> => readFile(v6File.replace('_v6.', `_${version}.`))
const v6 = await file('v6')

/** Speech between noises: probabilities of all sizes. */
async function sound(): Promise<Float32Array> {
  const speak = await createFlite()
  const speech = await speak({ voice: 'slt', text: 'Hello, can you hear me? I would like a table for two.' })
  const samples = noise({ seed: 1, length: speech.length + 32_000, amplitude: 0.02 })
  for (let i = 0; i < speech.length; i++) samples[16_000 + i] = (samples[16_000 + i] ?? 0) + (speech[i] ?? 0)
  return samples
}
const samples = await sound()
const frames = Array.from({ length: Math.floor(samples.length / 512) }, (_, i) =>
  samples.subarray(512 * i, 512 * (i + 1)),
)
const run = (stream: SileroStream): number[] => frames.map((frame) => stream.process(frame))
const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] ?? NaN))), 0)

/** Probabilities by ONNX Runtime, with the adapter. */
async function reference(bytes: Uint8Array): Promise<AsyncSpeechProbability> {
  onnx.env.wasm.numThreads = 1
  return createOnnxSilero({ session: await onnx.InferenceSession.create(bytes), Tensor: onnx.Tensor })
}

describe('silero', () => {
  it.each(['v5', 'v6'])('gives the probabilities of ONNX Runtime for %s', async (version) => {
    const bytes = await file(version)
    const runtime = await reference(bytes)
    const expected = await Promise.all(frames.map((frame) => runtime.process(frame)))
    expect(Math.min(...expected)).toBeLessThan(0.1)
    expect(Math.max(...expected)).toBeGreaterThan(0.9)
    for (const engine of ['wasm', 'js'] as const) {
      const model = loadSilero(bytes, { engine })
      expect(model.engine).toBe(engine)
      expect(largestDifference(run(model.open()), expected)).toBeLessThan(1e-5)
    }
  })

  it('keeps streams of one model apart', () => {
    for (const engine of ['wasm', 'js'] as const) {
      const model = loadSilero(v6, { engine })
      const alone = run(model.open())
      const [a, b] = [model.open(), model.open()]
      const beside = frames.map((frame, i) => {
        b.process(frames[(i * 7) % frames.length] ?? frame)
        return a.process(frame)
      })
      expect(beside).toEqual(alone)
    }
  })

  it('begins anew after a reset, and after a refresh but for the samples before', () => {
    const model = loadSilero(v6)
    const stream = model.open()
    const first = run(stream)
    stream.reset()
    expect(run(stream)).toEqual(first)
    stream.refresh()
    const continued = run(stream)
    expect(continued[0]).not.toBe(first[0])
    expect(Math.abs((continued[40] ?? NaN) - (first[40] ?? NaN))).toBeLessThan(0.05)
  })

  it('recovers from samples that are no numbers', () => {
    for (const engine of ['wasm', 'js'] as const) {
      const stream = loadSilero(v6, { engine }).open()
      const expected = run(stream)
      for (const value of [NaN, Infinity, -Infinity, 3e38]) {
        expect(stream.process(new Float32Array(512).fill(value))).toBe(0)
        stream.reset()
        expect(run(stream)).toEqual(expected)
        stream.process(new Float32Array(512).fill(value))
        expect(stream.process(frames[0] ?? new Float32Array(512))).toBeLessThanOrEqual(1)
      }
    }
  })

  it('looks ahead without moving on', () => {
    for (const engine of ['wasm', 'js'] as const) {
      const stream = loadSilero(v6, { engine }).open()
      const looked = frames.map((frame, i) => {
        const start = 512 * i
        const window = start === 0 ? new Float32Array(576) : samples.slice(start - 64, start + 512)
        if (start === 0) window.set(frame, 64)
        return [stream.peek(window), stream.peek(window), stream.process(frame)]
      })
      for (const [first, second, heard] of looked) expect([first, second]).toEqual([heard, heard])
    }
  })

  it('refuses a frame of another length', () => {
    const stream = loadSilero(v6).open()
    for (const length of [0, 511, 513]) {
      expect(() => stream.process(new Float32Array(length))).toThrow(RangeError)
      expect(() => stream.skip(new Float32Array(length))).toThrow(RangeError)
    }
    expect(() => stream.peek(new Float32Array(512))).toThrow(RangeError)
  })

  it('refuses files that are not Silero', async () => {
    expect(() => loadSilero(Uint8Array.of(1, 2, 3))).toThrow(RangeError)
    expect(() => loadSilero(new Uint8Array(0))).toThrow(RangeError)
    expect(() => loadSilero(v6.subarray(0, 500_000))).toThrow(RangeError)
    const legacy = await file('legacy')
    expect(() => loadSilero(legacy)).toThrow(/not Silero VAD v5 or v6: it has no encoder\.0\.reparam_conv/)
    const name = 'encoder.3.reparam_conv.bias'
    const changed = Buffer.from(v6).toString('latin1').replaceAll(name, name.replace('bias', 'bios'))
    expect(() => loadSilero(Buffer.from(changed, 'latin1'))).toThrow(
      /Silero VAD v5 or v6: .*conv\.bias is missing/,
    )
  })
})

describe('silero by ONNX Runtime', () => {
  it('begins anew after a reset, also with frames under way', async () => {
    const runtime = await reference(v6)
    const ask = (): Promise<number[]> =>
      Promise.all(frames.slice(0, 40).map((frame) => runtime.process(frame)))
    const first = ask()
    runtime.reset()
    const again = ask()
    await first
    expect(largestDifference(await again, run(loadSilero(v6).open()).slice(0, 40))).toBeLessThan(1e-5)
  })
})

describe('voice detector on Silero', () => {
  it('gives the probabilities of the model to 16-bit sound when nothing is to be bettered', () => {
    const model = loadSilero(v6)
    const detector = createVoiceDetector(model, {
      preGate: false,
      lookEarly: false,
      adapt: false,
      refreshAfterMs: Infinity,
    })
    const stream = model.open()
    for (const frame of frames) {
      const pcm = frame.map((sample) => Math.round(sample * 32_768) / 32_768)
      const hops = [0, 128, 256, 384].map((at) => detector.process(pcm.subarray(at, at + 128)))
      expect(hops.at(-1)).toBeCloseTo(stream.process(pcm), 6)
    }
  })

  it('hears faint speech in a quiet room as well as without its pre-gate', async () => {
    const speak = await createFlite()
    const speech = await speak({ voice: 'rms', text: 'I see. She would like to buy seven fresh apples.' })
    const room = noise({ seed: 3, length: speech.length + 48_000, amplitude: 0.0003 })
    // -56 dBFS.
    for (let i = 0; i < speech.length; i++)
      room[32_000 + i] = (room[32_000 + i] ?? 0) + 0.02 * (speech[i] ?? 0)
    const hops = Array.from({ length: Math.floor(room.length / 128) }, (_, i) =>
      room.subarray(128 * i, 128 * (i + 1)),
    )
    const model = loadSilero(v6)
    const gated = createVoiceDetector(model)
    const whole = createVoiceDetector(model, { preGate: false })
    const voiced = hops.map((hop) => [gated.process(hop) >= 0.5, whole.process(hop) >= 0.5])
    const found = voiced.filter(([, plain]) => plain).length
    expect(found).toBeGreaterThan(100)
    expect(voiced.filter(([gate, plain]) => gate !== plain).length).toBeLessThan(0.05 * found)
  })
})
