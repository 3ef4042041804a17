/** Text that begins at a place in an item's sound. */
interface Mark {
  readonly audioMs: number
  readonly text: string
}

/**
 * What was sent of one spoken item, and what a listener who plays sound as it arrives has heard of it.
 * Transcript deltas stand before the sound they belong to.
 */
export interface Track {
  readonly contentIndex: number
  readonly sentMs: number
  readonly marks: readonly Mark[]
  /** Sound of earlier stretches, each played to its end before the next arrived. */
  readonly playedMs: number
  /** Time at which the current stretch began to play (ms). */
  readonly stretchStartedAt: number
  readonly stretchMs: number
  /** Where the listener stopped it, `undefined` when it was not stopped. */
  readonly cutMs: number | undefined
}

/** A track with nothing sent. */
export const silentTrack: Track = {
  contentIndex: 0,
  sentMs: 0,
  marks: [],
  playedMs: 0,
  stretchStartedAt: 0,
  stretchMs: 0,
  cutMs: undefined,
}

/** The track after `ms` more of sound arrived at `at`, to be played no earlier than `notBefore`. */
export function withSound(
  track: Track,
  ms: number,
  { at, notBefore }: { at: number; notBefore: number },
): Track {
  const sentMs = track.sentMs + ms
  const endsAt = track.stretchStartedAt + track.stretchMs
  if (track.sentMs > 0 && at <= endsAt) return { ...track, sentMs, stretchMs: track.stretchMs + ms }
  return {
    ...track,
    sentMs,
    playedMs: track.playedMs + track.stretchMs,
    stretchStartedAt: Math.max(at, notBefore),
    stretchMs: ms,
  }
}

/** The track after a transcript delta. */
export function withText(track: Track, text: string): Track {
  const last = track.marks.at(-1)
  if (last?.audioMs !== track.sentMs)
    return { ...track, marks: [...track.marks, { audioMs: track.sentMs, text }] }
  return { ...track, marks: track.marks.with(-1, { audioMs: last.audioMs, text: last.text + text }) }
}

/** Time at which the last sound of the track has been played (ms). */
export function playoutEnd(track: Track): number {
  return track.stretchStartedAt + track.stretchMs
}

/** Milliseconds of the item that can have been heard at `at`. */
export function heardMs(track: Track, at: number): number {
  return track.playedMs + Math.min(Math.max(at - track.stretchStartedAt, 0), track.stretchMs)
}

/** The words that lie wholly before `audioEndMs`, with time spread evenly over the characters of each mark. */
export function heardText({ marks, sentMs }: Track, audioEndMs: number): string {
  return marks
    .map(({ audioMs, text }, index) => {
      const endMs = marks[index + 1]?.audioMs ?? sentMs
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
