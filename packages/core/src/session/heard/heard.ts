import { nothingPlayed } from '@parley/audio'
import type { Playout } from '@parley/audio'

/** Text that begins at a place in an item's sound. */
interface Mark {
  readonly audioMs: number
  readonly text: string
}

/** A word with its place in an item's sound, as the backend measured it. */
export interface WordTime {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
}

/** Where the listener stopped an answer, and who says so. */
export interface Cut {
  readonly ms: number
  readonly by: 'playback' | 'truncate' | 'clock'
}

/** What was sent of one answer. Transcript deltas stand before the sound they belong to. */
export interface Track {
  readonly contentIndex: number
  readonly playout: Playout
  readonly marks: readonly Mark[]
  /** In order; empty where the backend gives none. */
  readonly words: readonly WordTime[]
  /** It is meant to be heard, even before its first sound. */
  readonly spoken: boolean
  /** Nothing more of it comes. */
  readonly complete: boolean
  /** How far the client's player has told that it is, `undefined` before it did. */
  readonly acknowledgedMs: number | undefined
  /** `undefined` when it was not stopped. */
  readonly cut: Cut | undefined
}

/** Sound at the end of an item that a backend may not count (ms): cutting there is refused by some. */
const slackMs = 20

/** A track with nothing sent. */
export const silentTrack: Track = {
  contentIndex: 0,
  playout: nothingPlayed,
  marks: [],
  words: [],
  spoken: false,
  complete: false,
  acknowledgedMs: undefined,
  cut: undefined,
}

/** True when sound was sent, or words that are spoken. */
export function isSpoken({ playout, spoken }: Track): boolean {
  return spoken || playout.totalMs > 0
}

/** The track after a delta of its words. */
export function withText(track: Track, text: string): Track {
  const audioMs = track.playout.totalMs
  const last = track.marks.at(-1)
  if (last?.audioMs !== audioMs) return { ...track, marks: [...track.marks, { audioMs, text }] }
  return { ...track, marks: track.marks.with(-1, { audioMs, text: last.text + text }) }
}

/** All words sent. */
export function sentText({ marks }: Pick<Track, 'marks'>): string {
  return marks.map(({ text }) => text).join('')
}

/** The latest place at which every backend lets the sound be cut (ms). */
export function safeEndMs({ playout }: Track): number {
  return Math.max(0, playout.totalMs - slackMs)
}

/**
 * The words that lie wholly before `audioEndMs`: by the backend's word times where it gives them, else with time
 * spread evenly over the characters of each mark. Once the sound can be cut no later these are all words, but for
 * those whose sound is yet to come.
 */
export function heardText(track: Track, audioEndMs: number): string {
  const { marks, playout, words, complete } = track
  const sent = sentText(track)
  if (playout.totalMs > 0 && audioEndMs >= Math.floor(safeEndMs(track)) && audioEndMs > 0)
    return complete ? sent : sentText({ marks: marks.filter(({ audioMs }) => audioMs < playout.totalMs) })
  const timed = sent.slice(0, timedLength(sent, words, audioEndMs))
  if (audioEndMs <= (words.at(-1)?.endMs ?? -1)) return timed
  const spread = marks
    .map(({ audioMs, text }, index) => {
      const endMs = marks[index + 1]?.audioMs ?? playout.totalMs
      if (audioEndMs >= endMs && endMs > audioMs) return text
      if (audioEndMs <= audioMs) return ''
      return wholeWords(text, Math.floor(((audioEndMs - audioMs) / (endMs - audioMs)) * text.length))
    })
    .join('')
  return spread.length > timed.length ? spread : timed
}

/** How many characters of `sent` belong to words that end by `audioEndMs`, with the signs that follow the last. */
function timedLength(sent: string, words: readonly WordTime[], audioEndMs: number): number {
  let end = 0
  for (const { text, endMs } of words) {
    if (endMs > audioEndMs) break
    const at = text === '' ? -1 : sent.indexOf(text, end)
    if (at !== -1) end = at + text.length
  }
  if (end === 0) return 0
  while (end < sent.length && /\S/.test(sent.charAt(end))) end += 1
  return end
}

/** The words of `text` that end at or before the character `limit`. */
function wholeWords(text: string, limit: number): string {
  let end = Math.max(0, limit)
  while (end > 0 && /\S/.test(text.charAt(end))) end -= 1
  return text.slice(0, end)
}
