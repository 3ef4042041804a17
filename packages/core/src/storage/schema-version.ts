import { RealtimeError } from '../errors.ts'

/** Throws `store_unavailable` for a store that a newer Parley has migrated. */
export function checkVersion(version: number, known: number, place: string): void {
  if (version <= known) return
  throw new RealtimeError(
    'store_unavailable',
    `The conversation store at ${place} has schema version ${version}; this Parley knows up to ` +
      `${known}. Use the newer Parley that wrote it.`,
  )
}
