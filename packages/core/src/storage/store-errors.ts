import { RealtimeError } from '../errors.ts'
import type { AppendTimes, ItemAudio } from './context-store.ts'

const maxIdLength = 256
const maxRetentionSeconds = 1000 * 366 * 86_400
const maxPurged = 10_000
const maxContentIndex = 10_000

/** Throws `invalid_value` for an id no store could keep apart: empty, over 256 characters, or not clean Unicode. */
export function checkId(id: string, param: string): void {
  const clean = id.length > 0 && id.length <= maxIdLength && id.isWellFormed() && !id.includes('\0')
  if (clean) return
  throw new RealtimeError('invalid_value', `An id has 1 to ${maxIdLength} characters of text.`, { param })
}

/** Throws `invalid_value` unless the time is `undefined` or a whole number of seconds within 1,000 years. */
export function checkRetention(seconds: number | undefined): void {
  if (seconds === undefined) return
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= maxRetentionSeconds) return
  throw new RealtimeError('invalid_value', 'A retention time is a whole number of seconds, at least 1.', {
    param: 'seconds',
  })
}

/** Throws `invalid_value` for times that are none. */
export function checkTimes({ createdAt, entries = [] }: AppendTimes): void {
  const isTime = (time: number | undefined) => time === undefined || (Number.isSafeInteger(time) && time >= 0)
  if (isTime(createdAt) && entries.every(isTime)) return
  throw new RealtimeError('invalid_value', 'A time is a whole number of milliseconds since 1970.', {
    param: 'times',
  })
}

/** Throws `invalid_value` unless as many conversations can be purged at once. */
export function checkPurgeLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxPurged) return
  throw new RealtimeError('invalid_value', `The limit is a whole number from 1 to ${maxPurged}.`, {
    param: 'limit',
  })
}

/** Throws `invalid_value` for a sound no store could keep. */
export function checkAudio({ itemId, contentIndex, mediaType, durationMs }: Omit<ItemAudio, 'bytes'>): void {
  checkAudioPart({ itemId, contentIndex })
  checkId(mediaType, 'mediaType')
  if (Number.isFinite(durationMs) && durationMs >= 0) return
  throw new RealtimeError('invalid_value', 'A duration is not negative.', { param: 'durationMs' })
}

/** Throws `invalid_value` for what cannot name a part of an item. */
export function checkAudioPart({ itemId, contentIndex }: Pick<ItemAudio, 'itemId' | 'contentIndex'>): void {
  checkId(itemId, 'itemId')
  if (Number.isInteger(contentIndex) && contentIndex >= 0 && contentIndex <= maxContentIndex) return
  throw new RealtimeError('invalid_value', 'A content index is a whole number from 0.', {
    param: 'contentIndex',
  })
}

/** The error of a sound for a conversation that is not there. */
export function unknownContext(): RealtimeError {
  return new RealtimeError('not_found', 'There is no such conversation.', { param: 'id' })
}

/** The error of an append that came second. */
export function revisionConflict(expected: number, actual: number): RealtimeError {
  return new RealtimeError(
    'revision_conflict',
    `The conversation is at revision ${actual}, not at the expected ${expected}.`,
    { param: 'expectedRevision' },
  )
}

/** The error of every call after dispose. */
export function storeClosed(): RealtimeError {
  return new RealtimeError('store_unavailable', 'The conversation store is closed.')
}
