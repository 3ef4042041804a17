import { withSound } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { heardText, silentTrack, withText } from './heard.ts'
import type { Track } from './heard.ts'

const then = (track: Track, ms: number): Track => ({
  ...track,
  playout: withSound(track.playout, ms, { at: 0, notBefore: 0 }),
})

describe('the words that were heard', () => {
  const first = then(withText(silentTrack, 'One two three.'), 1_400)
  const track = then(withText(first, ' Four five.'), 1_100)

  it.each([
    [0, ''],
    [299, ''],
    [300, 'One'],
    [750, 'One two'],
    [1_400, 'One two three.'],
    [1_899, 'One two three.'],
    [1_900, 'One two three. Four'],
    [2_500, 'One two three. Four five.'],
    [9_000, 'One two three. Four five.'],
  ])('after %d ms are %j', (ms, words) => {
    expect(heardText(track, ms)).toBe(words)
  })

  it('are none without words', () => {
    expect(heardText(then(silentTrack, 100), 100)).toBe('')
  })

  it('take deltas that share a place as one', () => {
    const split = then(withText(withText(silentTrack, 'One '), 'two'), 700)
    expect(heardText(split, 350)).toBe('One')
    expect(heardText(split, 700)).toBe('One two')
  })
})
