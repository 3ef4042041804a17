import { float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { createPlayedSound } from './played-sound.ts'
import type { PlayedSound, SentSound } from './played-sound.ts'

/** A tenth of a second at one level. */
const piece = (itemId: string, level: number): SentSound => ({
  itemId,
  bytes: float32ToPcm16(new Float32Array(2400).fill(level)),
})

/** What is played in the next frames of 10 ms, as the level in the middle of each; 0 where nothing is. */
const levels = (played: PlayedSound, frames: number): readonly number[] =>
  Array.from({ length: frames }, () => Math.round(10 * (played.next(160)?.[80] ?? 0)) / 10)

describe('what a client plays', () => {
  it('is all that was sent, in order and at the pace of the microphone', () => {
    const played = createPlayedSound()
    played.send(piece('first', 0.2), 50)
    played.send(piece('second', 0.5), 0)
    expect(levels(played, 27)).toEqual([
      ...Array<number>(5).fill(0),
      ...Array<number>(10).fill(0.2),
      ...Array<number>(10).fill(0.5),
      0,
      0,
    ])
  })

  it.each([
    ['some', 5],
    ['nothing', 23],
  ])('goes on with the newer item when an older one is dropped of which %s is left', (_, frames) => {
    const played = createPlayedSound()
    played.send(piece('first', 0.2), 0)
    played.send(piece('first', 0.2), 0)
    played.send(piece('second', 0.5), 0)
    levels(played, frames)
    played.drop('first')
    expect(levels(played, 6)).toEqual(Array<number>(6).fill(0.5))
  })

  it('is nothing any more when all of it is dropped', () => {
    const played = createPlayedSound()
    played.send(piece('first', 0.2), 50)
    played.drop()
    expect(played.next(160)).toBeUndefined()
  })
})
