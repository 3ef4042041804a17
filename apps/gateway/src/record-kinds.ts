/** What of a session is kept: its events alone, or the sound as well. */
export const recordKinds = ['events', 'audio'] as const

/** One of `recordKinds`. */
export type RecordKind = (typeof recordKinds)[number]

/** Who records: nobody, the client that asks for it, every session. */
export const recordModes = ['off', 'asked', 'always'] as const
