import { describe, expect, it } from 'vitest'
import { silence, sound, tone } from './__fixtures__/scripted-backend.ts'
import { createPlayer, type ArrivedSound, type Player } from './player.ts'

/** Sound of an answer's item. */
function of(responseId: string, samples: Int16Array, itemId = `item of ${responseId}`): ArrivedSound {
  return { responseId, itemId, contentIndex: 0, samples }
}

/** Everything a listener notices until `at`, asked for each 10 ms. */
function noticed(player: Player, until: number): readonly unknown[] {
  return Array.from({ length: Math.ceil(until / 10) + 1 }, (_, i) => player.advance(i * 10)).flat()
}

describe('a player', () => {
  it('starts sound when it arrives, or when the sound before it ends', () => {
    const player = createPlayer()
    expect(player.arrive(100, of('a', tone(50)))).toBe(100)
    expect(player.arrive(110, of('a', tone(50)))).toBe(150)
    expect(player.arrive(300, of('b', tone(50)))).toBe(300)
    expect(player.endsAt).toBe(350)
  })

  it.each([
    ['none', 0, 0],
    ['a whole piece of it', 100, 0],
    ['more than a window', 33, 0],
    ['some in the piece before', 20, 15],
  ])('passes over leading silence: %s', (_, inFront, before) => {
    const player = createPlayer()
    if (before > 0) player.arrive(500, of('a', silence(before)))
    player.arrive(500, of('a', sound(silence(inFront), tone(100))))
    expect(noticed(player, 1000)).toEqual([
      { type: 'first_sound', at: 500 + before + inFront, responseId: 'a' },
    ])
  })

  it('does not take a hiss below -50 dBFS for sound, and does one above', () => {
    const player = createPlayer()
    const hiss = (amplitude: number) => tone(200).map((sample) => Math.sign(sample) * amplitude)
    player.arrive(0, of('a', hiss(100)))
    player.arrive(0, of('a', hiss(110)))
    expect(noticed(player, 1000)).toEqual([{ type: 'first_sound', at: 200, responseId: 'a' }])
  })

  it('does not take a click of one sample for sound', () => {
    const player = createPlayer()
    const click = silence(50)
    click[300] = 300
    player.arrive(0, of('a', click))
    expect(noticed(player, 100)).toEqual([])
  })

  it('ends an answer when it is done and its last sample was heard, whichever comes later', () => {
    const early = createPlayer()
    early.arrive(0, of('a', tone(105)))
    early.close('a')
    expect(noticed(early, 200)).toContainEqual({ type: 'sound_end', at: 105, responseId: 'a' })
    const late = createPlayer()
    late.arrive(0, of('a', tone(105)))
    expect(late.advance(150)).toEqual([{ type: 'first_sound', at: 0, responseId: 'a' }])
    late.close('a')
    expect(late.advance(160)).toEqual([{ type: 'sound_end', at: 105, responseId: 'a' }])
  })

  it('says nothing of the sound of an answer that has none', () => {
    const player = createPlayer()
    player.close('text only')
    expect(player.advance(100)).toEqual([])
    expect(player.isSounding(100)).toBe(false)
  })

  it('notices where playout runs dry within an answer, not between two', () => {
    const player = createPlayer()
    player.arrive(0, of('a', tone(50)))
    player.arrive(80, of('a', tone(50)))
    player.arrive(131, of('a', tone(50)))
    player.close('a')
    player.arrive(400, of('b', tone(50)))
    expect(noticed(player, 500)).toContainEqual({ type: 'underrun', at: 50, gapMs: 30 })
    expect(player.heard(1000).map(({ at, samples }) => [at, samples.length / 24])).toEqual([
      [0, 50],
      [80, 50],
      [131, 50],
      [400, 50],
    ])
  })

  it('goes silent at a cut and says what was heard of each item', () => {
    const player = createPlayer()
    player.arrive(100, of('a', tone(200), 'first'))
    player.arrive(100, of('a', tone(200), 'second'))
    player.arrive(100, of('a', tone(200), 'third'))
    player.close('a')
    player.advance(390)
    expect(player.cut(390)).toEqual([
      {
        responseId: 'a',
        heardMs: 290,
        items: [
          { itemId: 'second', contentIndex: 0, heardMs: 90 },
          { itemId: 'third', contentIndex: 0, heardMs: 0 },
        ],
      },
    ])
    expect(player.isSounding(390)).toBe(false)
    expect(player.arrive(400, of('b', tone(10)))).toBe(400)
    expect(player.heard(1000)).toEqual([
      { at: 100, samples: sound(tone(200), tone(200).subarray(0, 90 * 24)), responseId: 'a' },
      { at: 400, samples: tone(10), responseId: 'b' },
    ])
  })

  it('counts what was heard of items whose sound comes mixed', () => {
    const player = createPlayer()
    player.arrive(0, of('a', tone(100), 'x'))
    player.arrive(0, of('a', tone(100), 'y'))
    player.arrive(0, of('a', tone(100), 'x'))
    expect(player.cut(230)[0]?.items).toEqual([{ itemId: 'x', contentIndex: 0, heardMs: 130 }])
  })

  it('cuts an answer that has run dry but is not done, and drops what still comes of it', () => {
    const player = createPlayer()
    player.arrive(0, of('a', tone(100)))
    expect(player.isSounding(150)).toBe(true)
    expect(player.cut(150)).toEqual([
      {
        responseId: 'a',
        heardMs: 100,
        items: [{ itemId: 'item of a', contentIndex: 0, heardMs: 100 }],
      },
    ])
    expect(player.arrive(160, of('a', tone(100)))).toBeUndefined()
    expect(player.arrive(170, of('b', tone(100)))).toBe(170)
    player.close('a')
    player.close('b')
    expect(noticed(player, 500).slice(-2)).toEqual([
      { type: 'first_sound', at: 170, responseId: 'b' },
      { type: 'sound_end', at: 270, responseId: 'b' },
    ])
  })

  it('cuts nothing when all was heard', () => {
    const player = createPlayer()
    player.arrive(0, of('a', tone(100)))
    player.close('a')
    expect(player.cut(100)).toEqual([])
  })

  it('never tells the first sound of an answer that was cut before it', () => {
    const player = createPlayer()
    player.arrive(0, of('a', sound(silence(100), tone(100))))
    player.cut(50)
    expect(noticed(player, 500)).toEqual([])
  })

  it('counts audible sound from the first of it', () => {
    const player = createPlayer()
    player.arrive(0, of('a', sound(silence(100), tone(100))))
    expect([50, 100, 150, 200, 250].map((at) => player.audibleMs(at))).toEqual([0, 0, 50, 100, 100])
    player.close('a')
    expect(player.audibleMs(200)).toBe(0)
  })
})
