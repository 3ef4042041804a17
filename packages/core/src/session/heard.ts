import { nothingPlayed } from '@parley/audio'
import type { Playout } from '@parley/audio'

/** Text that begins at a place in an item's sound. */
interface Mark {
  readonly audioMs: number
  readonly text: string
}

/** What was sent of one answer. Transcript deltas stand before the sound they belong to. */
export interface Track {
  readonly contentIndex: number
  readonly playout: Playout
  readonly marks: readonly Mark[]
  /** Where the listener stopped it, `undefined` when it was not stopped. */
  readonly cutMs: number | undefined
}

/** Sound at the end of an item that a backend may not count (ms): cutting there is refused by some. */
const slackMs = 20

/** A track with nothing sent. */
export const silentTrack: Track = { contentIndex: 0, playout: nothingPlayed, marks: [], cutMs: undefined }

/** True when sound was sent. */
export function isSpoken({ playout }: Track): boolean {
  return playout.totalMs > 0
}

/** The track after a transcript delta. */
export function withText(track: Track, text: string): Track {
  const audioMs = track.playout.totalMs
  const last = track.marks.at(-1)
  if (last?.audioMs !== audioMs) return { ...track, marks: [...track.marks, { audioMs, text }] }
  return { ...track, marks: track.marks.with(-1, { audioMs, text: last.text + text }) }
}

/** All words sent. */
export function sentText({ marks }: Track): string {
  return marks.map(({ text }) => text).join('')
}

/** The latest place at which every backend lets the sound be cut (ms). */
export function safeEndMs({ playout }: Track): number {
  return Math.max(0, playout.totalMs - slackMs)
}

/**
 * The words that lie wholly before `audioEndMs`, with time spread evenly over the characters of each mark; all words
 * once the sound can be cut no later.
 */
export function heardText(track: Track, audioEndMs: number): string {
  const { marks, playout } = track
  if (playout.totalMs > 0 && audioEndMs >= Math.floor(safeEndMs(track)) && audioEndMs > 0)
    return sentText(track)
  return marks
    .map(({ audioMs, text }, index) => {
      const endMs = marks[index + 1]?.audioMs ?? playout.totalMs
      if (audioEndMs >= endMs) return text
      return wholeWords(text, Math.floor(((audioEndMs - audioMs) / (endMs - audioMs)) * text.length))
    })
    .join('')
}

/** The words of `text` that end at or before the character `limit`. */
function wholeWords(text: string, limit: number): string {
  let end = Math.max(0, limit)
  while (end > 0 && /\S/.test(text.charAt(end))) end -= 1
  return text.slice(0, end)
}
