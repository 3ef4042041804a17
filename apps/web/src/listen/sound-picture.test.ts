import { describe, expect, it } from 'vitest'
import { createSoundPicture } from './sound-picture.ts'
import { columnBands, heardRate } from './worker-protocol.ts'

const sine = (hertz: number): Float32Array =>
  Float32Array.from({ length: heardRate }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / heardRate))

describe('createSoundPicture', () => {
  it('shows a tone at its height and its place', () => {
    const { peaks, columns } = createSoundPicture().process(sine(2000))
    expect([peaks[100], peaks[101]]).toEqual([-63, 64])
    const column = columns.subarray(50 * columnBands, 51 * columnBands)
    const loudest = column.indexOf(Math.max(...column))
    expect(Math.abs(loudest - 32)).toBeLessThanOrEqual(1)
  })

  it('draws the same whatever the chunks', () => {
    const sound = sine(440)
    const whole = createSoundPicture().process(sound)
    const chunked = createSoundPicture()
    const parts = Array.from({ length: Math.ceil(sound.length / 333) }, (_, place) =>
      chunked.process(sound.subarray(place * 333, (place + 1) * 333)),
    )
    expect(parts.flatMap(({ peaks }) => [...peaks])).toEqual([...whole.peaks])
    expect(parts.flatMap(({ columns }) => [...columns])).toEqual([...whole.columns])
  })
})
