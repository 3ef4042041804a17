import type { Bench } from './bench.ts'
import type { Source } from './sources.ts'
import type { Dialect } from './wire.ts'

/** What a clause needs of a server beyond text; `--without` leaves such clauses out. */
export const needs = ['audio', 'vad', 'transcription', 'tools', 'g711', 'out-of-band'] as const

/** One of them. */
export type Need = (typeof needs)[number]

/** One checkable sentence about a server, as data. */
export interface Clause {
  /** `<group>.<name>`. */
  readonly id: string
  /** `must` for what the documents state or every client relies on, `should` for what is only good. */
  readonly level: 'must' | 'should'
  readonly title: string
  readonly source: Source
  /** Left out: all of them. */
  readonly dialects?: readonly Dialect[]
  readonly needs?: readonly Need[]
  /** Resolves when the server keeps the clause; throws `ClauseFailure`, `NotSupported`, `NotApplicable` or `NotTried`. */
  readonly run: (bench: Bench) => Promise<void>
}
