import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import { createSoundLog } from './sound-log.ts'

const format = { type: 'audio/pcm', rate: 24_000 } as const

/** Sound whose every byte is `value`. */
function sound(ms: number, value: number): AudioPayload {
  return AudioPayload.fromBytes(new Uint8Array(ms * 48).fill(value))
}

function bytes(
  payloads: readonly AudioPayload[],
): readonly (readonly [value: number | undefined, ms: number])[] {
  return payloads.map(({ bytes: held }) => [held[0], held.length / 48])
}

describe('the log of sound', () => {
  it('gives a stretch back in order, cut at its ends, whole payloads as they are', () => {
    const log = createSoundLog()
    const whole = sound(100, 2)
    for (const part of [sound(100, 1), whole, sound(100, 3)]) log.add(part, format, 0)
    expect(bytes(log.cut({ startMs: 50, endMs: 250 }))).toEqual([
      [1, 50],
      [2, 100],
      [3, 50],
    ])
    expect(log.cut({ startMs: 100, endMs: 200 })[0]).toBe(whole)
  })

  it('forgets what nobody needs', () => {
    const log = createSoundLog()
    log.add(sound(100, 1), format, 0)
    log.add(sound(100, 2), format, 150)
    expect(bytes(log.cut({ startMs: 0, endMs: 1_000 }))).toEqual([[2, 100]])
  })

  it('keeps to a bound whatever is needed, newest sound first', () => {
    const log = createSoundLog()
    for (let minute = 1; minute <= 4; minute += 1) log.add(sound(60_000, minute), format, 0)
    expect(bytes(log.cut({ startMs: 0, endMs: Infinity })).map(([value]) => value)).toEqual([3, 4])
  })

  it('counts phone sound by its own rate', () => {
    const log = createSoundLog()
    log.add(AudioPayload.fromBytes(new Uint8Array(800).fill(7)), { type: 'audio/pcmu' }, 0)
    expect(log.cut({ startMs: 25, endMs: 75 }).map(({ byteLength }) => byteLength)).toEqual([400])
  })
})
