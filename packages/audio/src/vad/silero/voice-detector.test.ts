import { describe, expect, it } from 'vitest'
import { noise, tone } from '../../testing/index.ts'
import type { SileroModel } from './silero.ts'
import { createVoiceDetector, type VoiceDetectorOptions } from './voice-detector.ts'

/** A model that writes down what is asked of it: `s` for silence, `v` for voice in its last 128 samples. */
function scriptedModel(): { readonly model: SileroModel; readonly calls: string[] } {
  const calls: string[] = []
  const judged = (samples: Float32Array): number => {
    const loud = samples.subarray(-128).some((sample) => Math.abs(sample) > 0.05)
    return loud ? 0.9 : 0.01
  }
  const stream = {
    frameSamples: 512,
    sampleRate: 16_000,
    process(frame: Float32Array) {
      calls.push(frame.length === 512 ? 'hear' : 'wrong length')
      return judged(frame)
    },
    peek(window: Float32Array) {
      calls.push(window.length === 576 ? 'look' : 'wrong length')
      return judged(window)
    },
    skip: () => void calls.push('skip'),
    refresh: () => void calls.push('refresh'),
    reset: () => void calls.push('reset'),
  }
  return { model: { engine: 'js', open: () => stream }, calls }
}

const quiet = (hops: number): Float32Array[] =>
  Array.from({ length: hops }, (_, i) => noise({ seed: i + 1, length: 128, amplitude: 0.0003 }))
const loud = (hops: number): Float32Array[] =>
  Array.from({ length: hops }, () =>
    tone({ frequency: 200, sampleRate: 16_000, length: 128, amplitude: 0.3 }),
  )
const hiss = (hops: number): Float32Array[] =>
  Array.from({ length: hops }, (_, i) => noise({ seed: i + 1, length: 128, amplitude: 0.02 }))

function start(options: VoiceDetectorOptions = {}) {
  const { model, calls } = scriptedModel()
  const detector = createVoiceDetector(model, options)
  const hear = (hops: readonly Float32Array[]): number[] => hops.map((hop) => detector.process(hop))
  return { detector, hear, calls }
}

describe('voice detector', () => {
  it('takes hops of 8 ms and lets the model hear frames of 32 ms', () => {
    const { detector, hear, calls } = start({ preGate: false })
    expect(detector.frameSamples).toBe(128)
    hear(quiet(40))
    expect(calls).toEqual(Array.from({ length: 10 }, () => 'hear'))
  })

  it('finds speech in the hop that begins it, and looks no further', () => {
    const { hear, calls } = start()
    hear(quiet(201))
    calls.length = 0
    const [first] = hear(loud(1))
    expect(first).toBeGreaterThan(0.5)
    hear(loud(2))
    expect(calls).toEqual(['look', 'hear'])
  })

  it('waits for the whole frame when told so', () => {
    const { hear } = start({ lookEarly: false })
    hear(quiet(201))
    expect(hear(loud(3)).map((probability) => probability > 0.5)).toEqual([false, false, true])
  })

  it('leaves the model out in a quiet room, but never in a noise or for what stands out of it', () => {
    const { hear, calls } = start()
    hear(quiet(200))
    expect(calls.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 'hear'))
    expect(new Set(calls.slice(16))).toEqual(new Set(['skip']))
    hear(loud(4))
    expect(calls.at(-1)).toBe('hear')
    const noisy = start()
    noisy.hear(hiss(400))
    expect(noisy.calls).not.toContain('skip')
  })

  it('hears every frame without the gate', () => {
    const { hear, calls } = start({ preGate: false })
    hear(quiet(200))
    expect(calls).not.toContain('skip')
  })

  it('lets the model forget once in each long silence', () => {
    const { hear, calls } = start({ refreshAfterMs: 1000 })
    hear(quiet(124))
    expect(calls).not.toContain('refresh')
    hear(quiet(4))
    expect(calls.filter((call) => call === 'refresh')).toHaveLength(1)
    hear([...loud(4), ...quiet(120)])
    expect(calls.filter((call) => call === 'refresh')).toHaveLength(1)
    hear(quiet(140))
    expect(calls.filter((call) => call === 'refresh')).toHaveLength(2)
  })

  it('wants the model surer where it hears voices without a pause, and less sure where it hears none', () => {
    const model = (probability: () => number): SileroModel => {
      const { model: scripted } = scriptedModel()
      return { ...scripted, open: () => ({ ...scripted.open(), process: probability }) }
    }
    for (const [crowd, word] of [
      [0.9, 0.7],
      [0.02, 0.4],
    ] as const) {
      let now: number = crowd
      const adapting = createVoiceDetector(model(() => now))
      const plain = createVoiceDetector(
        model(() => now),
        { adapt: false },
      )
      const last = (detector: typeof plain, hops: readonly Float32Array[]): number =>
        hops.reduce((_, hop) => detector.process(hop), 0)
      expect(last(adapting, hiss(4))).toBeCloseTo(crowd, 1)
      last(adapting, hiss(4000))
      last(plain, hiss(4000))
      now = word
      expect(last(plain, hiss(4))).toBeCloseTo(word, 5)
      expect(last(adapting, hiss(4)) > 0.5).toBe(crowd < 0.5)
    }
  })

  it('begins anew after a reset', () => {
    const { detector, hear, calls } = start()
    const first = hear([...quiet(30), ...loud(9), ...quiet(30)])
    detector.reset()
    expect(calls.at(-1)).toBe('reset')
    expect(hear([...quiet(30), ...loud(9), ...quiet(30)])).toEqual(first)
  })

  it('stays in [0, 1] on samples that are no numbers', () => {
    const { hear } = start()
    for (const value of [NaN, Infinity, -Infinity, 3e38]) {
      for (const probability of hear([new Float32Array(128).fill(value), ...loud(9), ...quiet(9)])) {
        expect(probability).toBeGreaterThanOrEqual(0)
        expect(probability).toBeLessThanOrEqual(1)
      }
    }
  })

  it('refuses a frame of another length, and no time to wait', () => {
    const { model } = scriptedModel()
    expect(() => createVoiceDetector(model).process(new Float32Array(512))).toThrow(RangeError)
    expect(() => createVoiceDetector(model, { refreshAfterMs: 0 })).toThrow(RangeError)
  })
})
