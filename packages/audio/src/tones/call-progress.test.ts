import { describe, expect, it } from 'vitest'
import { concatFloat32, noise, randomlyCut } from '../testing/signals.ts'
import { callProgressPatterns, callProgressTone, createCallProgressDetector } from './index.ts'

const sampleRate = 8000

/** A tone for 7 s with hiss 30 dB under it, half a second of hiss before, and after it more than its longest pause. */
function call(place: number, skipMs = 0): Float32Array {
  const pattern = callProgressPatterns[place]
  if (!pattern) throw new Error('No such tone')
  const tone = callProgressTone(pattern, { sampleRate, seconds: 7 }).subarray((skipMs * sampleRate) / 1000)
  const silence = (Math.max(0, ...pattern.cadence) / 1000 + 1) * sampleRate
  const sound = concatFloat32([new Float32Array(4000), tone, new Float32Array(silence)])
  const hiss = noise({ seed: place, length: sound.length, amplitude: 0.005 })
  return sound.map((sample, i) => sample + (hiss[i] ?? 0))
}

describe('a detector of call progress tones', () => {
  callProgressPatterns.forEach(({ tone, region }, place) => {
    it(`recognises ${tone} of ${region}, from its start and from the midst of a sound`, () => {
      for (const skipMs of [0, 130]) {
        const events = createCallProgressDetector({ sampleRate }).process(call(place, skipMs))
        expect(events.map((event) => `${event.type} ${event.tone} ${event.region}`)).toEqual([
          `recognised ${tone} ${region}`,
          `over ${tone} ${region}`,
        ])
        expect(events[0]?.atMs).toBeLessThan(3000)
      }
    })
  })

  it('hears exchanges that are 1.5 % off', () => {
    const [dial] = callProgressPatterns
    if (!dial) throw new Error('No tone')
    for (const off of [-0.015, 0.015]) {
      const sound = callProgressTone(dial, { sampleRate: sampleRate / (1 + off), seconds: 3 })
      const events = createCallProgressDetector({ sampleRate }).process(sound)
      expect(events.map(({ tone }) => tone)).toEqual(['dial'])
    }
  })

  it('knows the tones of the given regions alone', () => {
    expect(createCallProgressDetector({ sampleRate, regions: ['us'] }).process(call(5))).toEqual([])
  })

  it('finds nothing in noise, in a single wrong tone and in samples that are not finite', () => {
    const detector = createCallProgressDetector({ sampleRate })
    const wrong = callProgressTone(
      { tone: 'dial', region: 'eu', frequencies: [530], cadence: [] },
      { sampleRate, seconds: 3 },
    )
    for (const sound of [noise({ seed: 9, length: 24_000 }), wrong, new Float32Array(8000).fill(NaN)]) {
      expect(detector.process(sound)).toEqual([])
    }
  })

  it('is not asked for a sound without an end', () => {
    const endless = { tone: 'busy', region: 'eu', frequencies: [425], cadence: [0, 0] } as const
    expect(() => callProgressTone(endless, { sampleRate, seconds: 1 })).toThrow('cadence')
  })

  it('finds the same for any chunking, and begins anew after a reset', () => {
    const detector = createCallProgressDetector({ sampleRate })
    const sound = call(6)
    const whole = detector.process(sound)
    for (let seed = 0; seed < 3; seed++) {
      detector.reset()
      expect(randomlyCut(sound, seed).flatMap((piece) => [...detector.process(piece)])).toEqual(whole)
    }
  })
})
