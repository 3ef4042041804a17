import { describe, expect, it } from 'vitest'
import type { OnnxTensor } from './onnx-session.ts'
import { createTurnOneMiniScorer, createTurnOneMiniStream } from './turn-one-mini.ts'

const names = ['audio', 'conv1', 'conv2', 'k', 'v', 'k_valid', 'h6']

/** Stands in for the graph: the state counts the samples seen, each frame's probability is its share of 1000 frames. */
function counting() {
  const runs: Readonly<Record<string, OnnxTensor>>[] = []
  const session = {
    inputNames: ['audio', ...names.map((name) => `state_${name}`)],
    outputNames: ['probs', ...names.map((name) => `new_state_${name}`)],
    inputMetadata: [
      { name: 'audio', shape: [1, 2560] },
      ...names.map((name, index) => ({
        name: `state_${name}`,
        shape: index === 0 ? ['batch', 3] : [1, 2, 5],
      })),
    ],
    run: (feeds: Readonly<Record<string, OnnxTensor>>) => {
      runs.push(feeds)
      const seen = feeds['state_h6']?.data instanceof Float32Array ? (feeds['state_h6'].data[0] ?? 0) : NaN
      const probs = Float32Array.from({ length: 8 }, (_, frame) => (seen + frame + 1) / 1000)
      const states = names.map((name) => [`new_state_${name}`, { data: new Float32Array(10).fill(seen + 8) }])
      return Promise.resolve({ probs: { data: probs }, ...Object.fromEntries(states) })
    },
  }
  const tensor = (data: Float32Array, dims: readonly number[]) => ({ data, dims })
  return { model: { session, tensor }, runs }
}

describe('a stream through turn-1-mini', () => {
  it('runs a step for every 160 ms and hands the states on', async () => {
    const { model, runs } = counting()
    const stream = createTurnOneMiniStream(model)
    await stream.push(new Float32Array(2559))
    expect(runs.length).toBe(0)
    await stream.push(new Float32Array(2561))
    expect(runs.length).toBe(2)
    expect(runs[0]?.['audio']).toMatchObject({ dims: [1, 2560] })
    expect(runs[0]?.['state_audio']).toEqual({ data: new Float32Array(3), dims: [1, 3] })
    expect(runs[1]?.['state_k']).toEqual({ data: new Float32Array(10).fill(8) })
    expect(await stream.peek()).toBeCloseTo(0.016, 6)
  })

  it('tries the sound that fills no step on a copy', async () => {
    const { model } = counting()
    const stream = createTurnOneMiniStream(model)
    await stream.push(new Float32Array(2560 + 3 * 320 + 10))
    expect(await stream.peek()).toBeCloseTo(0.011, 6)
    await stream.push(new Float32Array(2560))
    expect(await stream.peek()).toBeCloseTo(0.019, 6)
  })

  it('begins anew after a reset', async () => {
    const { model } = counting()
    const stream = createTurnOneMiniStream(model)
    await stream.push(new Float32Array(2560 + 320))
    stream.reset()
    expect(await stream.peek()).toBe(0)
    await stream.push(new Float32Array(2560))
    expect(await stream.peek()).toBeCloseTo(0.008, 6)
  })

  it('gives the same by any chunking, and so does the scorer', async () => {
    const samples = new Float32Array(10_000)
    const { model } = counting()
    const whole = createTurnOneMiniStream(model)
    await whole.push(samples)
    const cut = createTurnOneMiniStream(model)
    for (let at = 0; at < samples.length; at += 777) await cut.push(samples.subarray(at, at + 777))
    expect(await cut.peek()).toBe(await whole.peek())
    expect(await createTurnOneMiniScorer(model).score({ samples })).toBe(await whole.peek())
  })

  it('refuses a session that does not say its shapes', () => {
    const { model } = counting()
    const { inputMetadata: _hidden, ...session } = model.session
    expect(() => createTurnOneMiniStream({ ...model, session })).toThrow('shape')
  })
})
