import { RealtimeError } from '../errors.ts'

const maxIdLength = 256

/** Throws `invalid_value` for an id no store could keep apart: empty, over 256 characters, or not clean Unicode. */
export function checkContextId(id: string): void {
  const clean = id.length > 0 && id.length <= maxIdLength && id.isWellFormed() && !id.includes('\0')
  if (clean) return
  throw new RealtimeError('invalid_value', `A conversation id has 1 to ${maxIdLength} characters of text.`, {
    param: 'id',
  })
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
