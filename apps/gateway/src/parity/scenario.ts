import type { Capabilities } from '@parley/core'
import type { Call } from './call.ts'
import type { Wire } from './wire.ts'

/** What a scenario gets to work with. */
export interface Stage {
  readonly wire: Wire
  readonly capabilities: Capabilities
  /** Dials; calls of one stage share a conversation. */
  readonly dial: (intent?: 'conversation' | 'transcription') => Promise<Call>
  /** Two voices this backend has. */
  readonly voices: readonly [string, string]
  /** Who spoke last, where the model cannot know; otherwise it is asked. */
  readonly spokenBy: (() => string) | undefined
}

/** One thing people do with a voice backend. */
export interface Scenario {
  readonly id: string
  readonly title: string
  /** The backend does it by itself; otherwise the session supplies it. */
  native(capabilities: Capabilities): boolean
  /** The client breaks a rule on purpose. */
  readonly clientFault?: boolean
  /** Throws when the backend does not do it; a `Refused` with `unsupported` counts as a clear no. May return a note. */
  run(stage: Stage): Promise<string | void>
}

/** Throws with both values unless they are the same. */
export function same(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}.`)
  }
}

/** Throws with `what` unless it holds. */
export function holds(what: string, fact: boolean): void {
  if (!fact) throw new Error(what)
}

/** What was asked for was left out with a warning: a clear answer, but not the thing itself. */
export class LeftOut extends Error {}
