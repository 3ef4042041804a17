import { describe, expect, it } from 'vitest'
import { concatFloat32, noise, randomlyCut } from '../testing/signals.ts'
import { createDtmfDetector, dtmfDigits, dtmfTones, type DtmfDigit, type DtmfToneOptions } from './index.ts'

/** Keys that a detector finds in them, with silence before and after. */
function found(sound: Float32Array, sampleRate = 8000): string {
  const silence = new Float32Array(sampleRate / 8)
  const heard = concatFloat32([silence, sound, silence])
  const events = createDtmfDetector({ sampleRate }).process(heard)
  return events.flatMap((event) => (event.type === 'down' ? [event.digit] : [])).join('')
}

function keys(
  options: Partial<DtmfToneOptions> = {},
  digits: Iterable<DtmfDigit> = dtmfDigits,
): Float32Array {
  return dtmfTones(digits, { sampleRate: 8000, toneMs: 50, pauseMs: 50, ...options })
}

const all = dtmfDigits.join('')

describe('a detector of telephone keys', () => {
  for (const sampleRate of [8000, 16_000, 24_000, 48_000]) {
    it(`finds every key at ${sampleRate} Hz`, () => {
      expect(found(keys({ sampleRate }), sampleRate)).toBe(all)
    })
  }

  it('accepts keys of 40 ms with pauses of 40 ms and refuses those of 23 ms', () => {
    expect(found(keys({ toneMs: 40, pauseMs: 40 }))).toBe(all)
    expect(found(keys({ toneMs: 23, pauseMs: 80 }))).toBe('')
  })

  it('takes a break of 10 ms for no new key', () => {
    expect(found(keys({ toneMs: 50, pauseMs: 10 }, ['5', '5', '5']))).toBe('5')
    expect(found(keys({ toneMs: 50, pauseMs: 40 }, ['5', '5', '5']))).toBe('555')
  })

  it('accepts the twist of ITU-T Q.24 and refuses more', () => {
    expect(found(keys({ twistDb: -8 }))).toBe(all)
    expect(found(keys({ twistDb: 4 }))).toBe(all)
    expect(found(keys({ twistDb: -10 }))).toBe('')
    expect(found(keys({ twistDb: 6 }))).toBe('')
  })

  it('accepts frequencies 1.5 % off and refuses them 3.5 % off', () => {
    for (const off of [-1, 1]) {
      expect(found(keys({ sampleRate: 8000 / (1 + 0.015 * off) }))).toBe(all)
      expect(found(keys({ sampleRate: 8000 / (1 + 0.035 * off) }))).toBe('')
    }
  })

  it('hears weak keys and keys in noise 12 dB under them', () => {
    expect(found(keys({ levelDb: -35 }))).toBe(all)
    const sound = keys({ levelDb: -12 })
    // Two sines of -12 and -14 dB.
    const power = 0.5 * (10 ** -1.2 + 10 ** -1.4)
    const hiss = noise({ seed: 1, length: sound.length, amplitude: Math.sqrt(3 * power * 10 ** -1.2) })
    expect(found(sound.map((sample, i) => sample + (hiss[i] ?? 0)))).toBe(all)
  })

  it('finds nothing in noise, nor in one tone of the two', () => {
    expect(found(noise({ seed: 2, length: 80_000 }))).toBe('')
    expect(found(keys({ twistDb: 60 }))).toBe('')
  })

  it('says when a key went down and up', () => {
    const events = createDtmfDetector({ sampleRate: 8000 }).process(
      concatFloat32([new Float32Array(1600), keys({ toneMs: 80, pauseMs: 100 }, ['7'])]),
    )
    expect(events.map(({ type }) => type)).toEqual(['down', 'up'])
    expect(Math.abs((events[0]?.atMs ?? 0) - 200)).toBeLessThanOrEqual(10)
    expect(Math.abs((events[1]?.atMs ?? 0) - 280)).toBeLessThanOrEqual(10)
  })

  it('finds the same for any chunking, and begins anew after a reset', () => {
    const sound = keys({}, ['1', '5', '9', 'D'])
    const detector = createDtmfDetector({ sampleRate: 8000 })
    const whole = detector.process(sound)
    for (let seed = 0; seed < 10; seed++) {
      detector.reset()
      expect(randomlyCut(sound, seed).flatMap((piece) => [...detector.process(piece)])).toEqual(whole)
    }
  })

  it('names what it refuses', () => {
    // From a form, say, where anything may come.
    const typed = ['1', 'x'] as DtmfDigit[]
    expect(() => keys({}, typed)).toThrow('digits must be keys of a telephone, got "x"')
    expect(() => createDtmfDetector({ sampleRate: 0 })).toThrow('sample rate')
  })

  it('takes samples that are not finite for silence', () => {
    const detector = createDtmfDetector({ sampleRate: 8000 })
    detector.process(new Float32Array(800).fill(NaN))
    detector.process(new Float32Array(800).fill(Infinity))
    expect(detector.process(keys({}, ['3'])).map(({ digit }) => digit)).toEqual(['3', '3'])
  })
})
