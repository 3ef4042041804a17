import { describe, expect, it } from 'vitest'
import { createRecorder } from './recorder.ts'

const format = { type: 'audio/pcm', rate: 16_000 } as const
/** Sound whose samples all have this value, in 1/100. */
const sound = (ms: number, value: number): Uint8Array =>
  new Uint8Array(Int16Array.from({ length: ms * 16 }, () => Math.round(value * 327.67)).buffer)
const heard = (
  recorder: ReturnType<typeof createRecorder>,
  id: string,
): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = []
  for (const sample of recorder.take(id)?.samples ?? []) {
    const value = Math.round(sample * 100)
    const last = runs.at(-1)
    if (last?.[0] === value) last[1] += 1 / 16
    else runs.push([value, 1 / 16])
  }
  return runs.map(([value, ms]) => [value, Math.round(ms)])
}

describe('the recorder', () => {
  it('gives a committed turn to the item it became, without what came after', () => {
    const recorder = createRecorder()
    recorder.hear(sound(200, 10), format, true)
    recorder.commit()
    recorder.hear(sound(100, 20), format, true)
    recorder.keep('a', undefined)
    expect(heard(recorder, 'a')).toEqual([[10, 200]])
    recorder.commit()
    recorder.keep('b', undefined)
    expect(heard(recorder, 'b')).toEqual([[20, 100]])
    expect(recorder.take('b')).toBeUndefined()
  })

  it('cuts the span the backend took for speech, and keeps what follows', () => {
    const recorder = createRecorder()
    for (let value = 1; value <= 10; value += 1) recorder.hear(sound(100, value), format, false)
    recorder.keep('a', { startMs: 250, endMs: 450 })
    expect(heard(recorder, 'a')).toEqual([
      [3, 50],
      [4, 100],
      [5, 50],
    ])
    recorder.keep('b', { startMs: 600, endMs: 700 })
    expect(heard(recorder, 'b')).toEqual([[7, 100]])
  })

  it('keeps 10 s while nobody speaks, and 5 minutes of a turn', () => {
    const recorder = createRecorder()
    for (let second = 0; second < 400; second += 1) recorder.hear(sound(1_000, 1), format, false)
    recorder.keep('pause', undefined)
    expect(recorder.take('pause')?.samples.length).toBe(10 * 16_000)
    for (let second = 0; second < 400; second += 1) recorder.hear(sound(1_000, 1), format, true)
    recorder.keep('turn', undefined)
    expect(recorder.take('turn')?.samples.length).toBe(300 * 16_000)
  })

  it('forgets what was cleared', () => {
    const recorder = createRecorder()
    recorder.hear(sound(100, 1), format, true)
    recorder.clear()
    recorder.keep('a', undefined)
    expect(heard(recorder, 'a')).toEqual([])
  })

  it('gives any format at 16 kHz', () => {
    const recorder = createRecorder()
    recorder.hear(new Uint8Array(8_000).fill(0xff), { type: 'audio/pcmu' }, true)
    recorder.keep('a', undefined)
    const { samples, sampleRate } = recorder.take('a') ?? { samples: [], sampleRate: 0 }
    expect(sampleRate).toBe(16_000)
    expect(samples.length / 16).toBeCloseTo(1_000, -1)
  })
})
