import { describe, expect, it } from 'vitest'
import { silence, sound, tone } from './__fixtures__/scripted-backend.ts'
import { bandsOf, createSpeechBands, speechBands } from './speech-bands.ts'

const ms = (from: number, to: number) => ({ from: from * 24, to: to * 24 })

describe('bands of speech', () => {
  it('have their edges where the sound is loud, to the sample', () => {
    expect(bandsOf(sound(silence(123), tone(456), silence(100)))).toEqual([ms(123, 579)])
  })

  it.each([
    [299, [ms(0, 499)]],
    [300, [ms(0, 100), ms(400, 500)]],
  ])('are joined over a gap of %i ms or not', (gap, bands) => {
    expect(bandsOf(sound(tone(100), silence(gap), tone(100)))).toEqual(bands)
  })

  it('begin at -45 dBFS', () => {
    const hum = (amplitude: number) => tone(100).map((sample) => Math.sign(sample) * amplitude)
    expect(bandsOf(hum(183))).toEqual([])
    expect(bandsOf(hum(185))).toEqual([ms(0, 100)])
  })

  it('are the same in chunks of any size', () => {
    const whole = sound(silence(31), tone(70), silence(400), tone(33), silence(50), tone(20))
    const detector = createSpeechBands()
    for (let at = 0; at < whole.length; at += 177) detector.push(whole.subarray(at, at + 177))
    expect(detector.bands).toEqual(bandsOf(whole))
  })

  it('of a track are in ms on the axis, joined across segments', () => {
    const bands = speechBands([
      { at: 2000, samples: tone(100) },
      { at: 1000, samples: sound(silence(10), tone(100)) },
      { at: 1200, samples: tone(100) },
    ])
    expect(bands).toEqual([
      { from: 1010, to: 1300 },
      { from: 2000, to: 2100 },
    ])
  })
})
