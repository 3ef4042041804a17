import { describe, expect, it } from 'vitest'
import { heardMs, heardText, playoutEnd, silentTrack, withSound, withText } from './heard.ts'

const at = (time: number) => ({ at: time, notBefore: 0 })

describe('what was heard of an answer', () => {
  it('is never more than the time since it arrived', () => {
    const track = withSound(silentTrack, 1_000, at(100))
    expect(heardMs(track, 400)).toBe(300)
  })

  it('is never more than what was sent', () => {
    expect(heardMs(withSound(silentTrack, 1_000, at(0)), 5_000)).toBe(1_000)
  })

  it('waits for the sound before it', () => {
    const track = withSound(silentTrack, 1_000, { at: 0, notBefore: 600 })
    expect(heardMs(track, 500)).toBe(0)
    expect(heardMs(track, 700)).toBe(100)
  })

  it('leaves out the gap in which nothing was there to play', () => {
    const track = withSound(withSound(silentTrack, 200, at(0)), 200, at(1_000))
    expect(heardMs(track, 900)).toBe(200)
    expect(heardMs(track, 1_100)).toBe(300)
    expect(playoutEnd(track)).toBe(1_200)
  })

  it('joins sound that arrives while the earlier plays', () => {
    const track = withSound(withSound(silentTrack, 200, at(0)), 200, at(50))
    expect(playoutEnd(track)).toBe(400)
  })
})

describe('the words that were heard', () => {
  const first = withSound(withText(silentTrack, 'One two three.'), 1_400, at(0))
  const track = withSound(withText(first, ' Four five.'), 1_100, at(10))

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
    expect(heardText(withSound(silentTrack, 100, at(0)), 100)).toBe('')
  })

  it('take deltas that share a place as one', () => {
    const split = withSound(withText(withText(silentTrack, 'One '), 'two'), 700, at(0))
    expect(heardText(split, 350)).toBe('One')
    expect(heardText(split, 700)).toBe('One two')
  })
})
