import { float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { fakeStages } from '../../testing/fake-stages.ts'
import { settle } from '../../testing/received-events.ts'
import { createAudioInput } from './audio-input.ts'
import type { AudioInput, HeardSound } from './audio-input.ts'
import type { NoiseReduction, ReducedFrame } from './noise-reduction.ts'

/** How many frames the scripted reduction holds back. */
const held = 2

/** Noise reduction that mutes, two frames late. */
function mutes(): NoiseReduction & { readonly taken: number; readonly disposed: boolean } {
  let waiting: ReducedFrame[] = []
  let taken = 0
  let disposed = false
  return {
    strength: 1,
    get taken() {
      return taken
    },
    get disposed() {
      return disposed
    },
    process(raw) {
      taken++
      waiting.push({ raw, reduced: new Float32Array(raw.length) })
      return waiting.splice(0, Math.max(0, waiting.length - held))
    },
    flush: () => waiting.splice(0),
    reset() {
      waiting = []
    },
    [Symbol.dispose]() {
      disposed = true
    },
  }
}

function open(openNoiseReduction: () => Promise<NoiseReduction> = async () => mutes()) {
  const stages = fakeStages()
  const sounds: HeardSound[] = []
  const failures: unknown[] = []
  const input = createAudioInput({
    vad: stages.vad,
    openNoiseReduction,
    now: () => 0,
    heard: (sound) => sounds.push(sound),
    failed: (error) => failures.push(error),
  })
  input.listen({})
  return { input, stages, sounds, failures }
}

/** A second of a tone at the level of speech. */
function speak(input: AudioInput): void {
  for (let at = 0; at < 1000; at += 20) input.append(float32ToPcm16(new Float32Array(480).fill(0.5)))
}

const isLoud = (samples: Float32Array): boolean => samples.every((sample) => sample > 0.4)

/** Frames of 32 ms in a second, of which the last one is not full. */
const inASecond = 31

describe('noise reduction', () => {
  it('is not opened before it is asked for', async () => {
    let times = 0
    const { input, stages } = open(async () => {
      times++
      return mutes()
    })
    speak(input)
    await input.reduceNoise(undefined)
    await input.drained()
    expect(times).toBe(0)
    expect(stages.frames.slice(1).every(({ samples }) => isLoud(samples))).toBe(true)
    await input.reduceNoise(1)
    await input.reduceNoise(0.5)
    expect(times).toBe(1)
  })

  it('is heard by the detector alone, and what is passed on stays in its place', async () => {
    const { input, stages, sounds } = open()
    await input.reduceNoise(1)
    speak(input)
    await settle(1)
    expect(sounds).toHaveLength(inASecond - held)
    expect(stages.frames.every(({ samples }) => samples.every((sample) => sample === 0))).toBe(true)
    expect(sounds.slice(1).every(({ samples }) => isLoud(samples))).toBe(true)
    expect(sounds.map(({ start }) => start)).toEqual(sounds.map((_, i) => 512 * i))
  })

  it('holds nothing back from whoever waits for all of the sound', async () => {
    const { input, sounds } = open()
    await input.reduceNoise(1)
    speak(input)
    await input.drained()
    expect(sounds).toHaveLength(inASecond)
  })

  it('loses nothing when nobody listens for speech any more', async () => {
    const { input, sounds } = open()
    await input.reduceNoise(1)
    speak(input)
    await input.settled()
    input.listen(undefined)
    speak(input)
    const starts = sounds.map(({ start }) => start)
    expect(starts.slice(0, inASecond)).toEqual(Array.from({ length: inASecond }, (_, i) => 512 * i))
    // The framer's rest, less than a frame, is no sound of anybody.
    expect(starts[inASecond]).toBeGreaterThan(512 * inASecond)
    expect(starts[inASecond]).toBeLessThan(16_000)
  })

  it('ends in its place when it is switched off', async () => {
    const reduction = mutes()
    const { input, stages, sounds } = open(async () => reduction)
    await input.reduceNoise(1)
    speak(input)
    await input.reduceNoise(undefined)
    speak(input)
    await input.drained()
    expect(reduction.disposed).toBe(true)
    expect(sounds.map(({ start }) => start)).toEqual(sounds.map((_, i) => 512 * i))
    expect(stages.frames.map(({ samples }) => samples[100] !== 0)).toEqual([
      ...Array<boolean>(inASecond).fill(false),
      ...Array<boolean>(inASecond).fill(true),
    ])
  })

  it('does not work where nobody listens for speech', async () => {
    const reduction = mutes()
    const { input, sounds } = open(async () => reduction)
    await input.reduceNoise(1)
    input.listen(undefined)
    speak(input)
    await input.drained()
    expect(reduction.taken).toBe(0)
    expect(sounds.reduce((sum, { samples }) => sum + samples.length, 0)).toBeGreaterThan(15_900)
  })

  it('that cannot be opened is told, and the detector hears the noise', async () => {
    const missing = new Error('not there')
    const { input, stages, failures } = open(async () => {
      throw missing
    })
    expect(await input.reduceNoise(1)).toBe(false)
    speak(input)
    await input.drained()
    expect(failures).toEqual([missing])
    expect(stages.frames.slice(1).every(({ samples }) => isLoud(samples))).toBe(true)
  })

  it('is let go at the end', async () => {
    const reduction = mutes()
    const { input } = open(async () => reduction)
    await input.reduceNoise(1)
    await input.close()
    expect(reduction.disposed).toBe(true)
  })
})
