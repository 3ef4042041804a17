import { describe, expect, it } from 'vitest'
import { pcm16ToFloat32 } from '../pcm.ts'
import { concatFloat32, fitTone, tone } from '../testing/index.ts'
import { createCaptureFrames, type CaptureFrames } from './capture-frames.ts'
import type { CaptureFrame } from './index.ts'

function setUp(contextRate: number): { frames: CaptureFrames; posted: CaptureFrame[] } {
  const posted: CaptureFrame[] = []
  return { frames: createCaptureFrames(contextRate, (frame) => posted.push(frame)), posted }
}

const soundOf = (posted: readonly CaptureFrame[]): Float32Array =>
  concatFloat32(posted.map(({ pcm }) => pcm16ToFloat32(new Uint8Array(pcm))))

describe('capture frames', () => {
  it.each([24_000, 44_100, 48_000])('are 20 ms at 24 kHz from a context of %d Hz', (contextRate) => {
    const { frames, posted } = setUp(contextRate)
    const sound = tone({ frequency: 997, sampleRate: contextRate, length: contextRate })
    for (let at = 0; at + 128 <= sound.length; at += 128) frames.process([sound.subarray(at, at + 128)])
    expect(posted.length).toBe(49)
    expect(posted.every(({ pcm }) => pcm.byteLength === 960)).toBe(true)
    expect(posted[20]?.level).toBeCloseTo(-9.03, 1)
    const heard = soundOf(posted).subarray(480)
    expect(fitTone(heard, 997, 24_000).amplitude).toBeCloseTo(0.5, 4)
  })

  it('mix the channels', () => {
    const { frames, posted } = setUp(24_000)
    for (let i = 0; i < 4; i++) frames.process([new Float32Array(128).fill(0.5), new Float32Array(128)])
    expect(soundOf(posted).every((sample) => sample === 0.25)).toBe(true)
  })

  it('go on as silence while muted', () => {
    const { frames, posted } = setUp(24_000)
    const loud = [new Float32Array(480).fill(0.5)]
    frames.process(loud)
    frames.mute(true)
    frames.process(loud)
    frames.mute(false)
    frames.process(loud)
    expect(posted.map(({ level }) => Math.round(level))).toEqual([-6, -120, -6])
    expect(posted[1]?.pcm).toEqual(new ArrayBuffer(960))
  })

  it('take quanta of changing length', () => {
    const { frames, posted } = setUp(48_000)
    for (const length of [128, 256, 5000, 1, 128]) frames.process([new Float32Array(length).fill(0.5)])
    expect(posted.length).toBe(Math.floor((5513 / 2 - 70) / 480))
  })
})
