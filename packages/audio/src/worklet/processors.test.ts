import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { float32ToPcm16 } from '../pcm.ts'
import { captureProcessorName, playbackProcessorName, type CaptureFrame } from './index.ts'
import type { WorkletProcessor } from './worklet-scope.ts'

interface Posted {
  readonly message: unknown
  readonly transfer: readonly ArrayBuffer[] | undefined
}

let registered: Map<string, new () => WorkletProcessor>
let posted: Posted[]

class FakeAudioWorkletProcessor {
  readonly port = {
    onmessage: null,
    postMessage: (message: unknown, transfer?: readonly ArrayBuffer[]) => posted.push({ message, transfer }),
  }
}

beforeEach(() => {
  registered = new Map()
  posted = []
  vi.resetModules()
  vi.stubGlobal('sampleRate', 48_000)
  vi.stubGlobal('AudioWorkletProcessor', FakeAudioWorkletProcessor)
  vi.stubGlobal('registerProcessor', (name: string, processor: new () => WorkletProcessor) =>
    registered.set(name, processor),
  )
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function make(name: string): WorkletProcessor {
  const Processor = registered.get(name)
  if (Processor === undefined) throw new Error(`${name} is not registered`)
  return new Processor()
}

describe('capture processor', () => {
  it('posts frames, transfers them, obeys mute and outlives an unplugged input', async () => {
    await import('./capture-processor.ts')
    const processor = make(captureProcessorName)
    const loud = [[new Float32Array(128).fill(0.5)]]
    for (let i = 0; i < 16; i++) expect(processor.process(loud, [])).toBe(true)
    expect(processor.process([[]], [])).toBe(true)
    expect(processor.process([], [])).toBe(true)
    processor.port.onmessage?.({ data: { type: 'mute', muted: true } })
    for (let i = 0; i < 16; i++) processor.process(loud, [])
    const frames = posted.map(({ message }) => message as CaptureFrame)
    expect(frames.map(({ type, level }) => `${type} ${Math.round(level)}`)).toEqual([
      'frame -6',
      'frame -6',
      expect.stringMatching(/^frame -\d\d$/),
      'frame -120',
    ])
    for (const { message, transfer } of posted) expect(transfer).toEqual([(message as CaptureFrame).pcm])
  })
})

describe('playback processor', () => {
  it('plays to every channel and obeys append, finish and clear', async () => {
    await import('./playback-processor.ts')
    const processor = make(playbackProcessorName)
    const send = (data: unknown): void => processor.port.onmessage?.({ data })
    const pcm = (): ArrayBuffer => float32ToPcm16(new Float32Array(2400).fill(0.5)).buffer
    const quantum = [[new Float32Array(128), new Float32Array(128)]]

    send({ type: 'append', itemId: 'a', pcm: pcm() })
    processor.process([], quantum)
    processor.process([], quantum)
    expect(quantum[0]?.[0]?.[64]).toBeCloseTo(0.5, 2)
    expect(quantum[0]?.[1]).toEqual(quantum[0]?.[0])
    send({ type: 'clear' })
    send({ type: 'append', itemId: 'b', pcm: pcm() })
    send({ type: 'finish', itemId: 'b' })
    for (let i = 0; i < 60; i++) expect(processor.process([], quantum)).toBe(true)
    expect(processor.process([], [])).toBe(true)

    const story = posted.map(({ message }) => message as { type: string; itemId: string })
    expect(
      story.filter(({ type }) => type !== 'position').map(({ type, itemId }) => `${type} ${itemId}`),
    ).toEqual(['started a', 'cleared a', 'started b', 'ended b'])
  })
})
