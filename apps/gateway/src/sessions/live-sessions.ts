import type { NumberedFrame } from '@parley/core'
import { z } from 'zod'
import { servedDialects } from '../dialect-choice.ts'

/** One gateway process, for as long as it runs. */
export interface Replica {
  /** Unique over restarts. */
  readonly id: string
  /** Where other replicas reach it. */
  readonly url: string
}

/** Where a session stands. */
export const SessionStanding = z.object({
  /** Server frames so far. */
  sent: z.number(),
  /** Client frames that need not come again, whatever happens to the process. */
  received: z.number(),
  /** Client frames the session has taken. */
  taken: z.number(),
  /** The session has left in order: everything is stored, and told as far as the client has come. */
  isAtRest: z.boolean(),
  /** What another process goes on from, `undefined` until the session has begun. */
  snapshot: z
    .object({
      // Its own decoder reads it again.
      session: z.looseObject({}).optional(),
      backend: z.string(),
      model: z.string().optional(),
    })
    .optional(),
})
export type SessionStanding = z.infer<typeof SessionStanding>

/** What another process needs to go on with a session. */
export const SessionRecord = z.object({
  /** Digest of the resume token. */
  id: z.string(),
  /** Fingerprint of the credential that opened it. */
  principal: z.string(),
  conversationId: z.string(),
  dialect: z.enum(servedDialects),
  /** What the session was asked for, complete and without credentials. */
  query: z.string(),
  /** Unix ms. */
  openedAt: z.number(),
  standing: SessionStanding,
  /** The last server frame that should be kept and is not: who has less cannot come back elsewhere. */
  gapAt: z.number(),
})
export type SessionRecord = z.infer<typeof SessionRecord>

/** What a new record is made from. */
export type NewSessionRecord = Omit<SessionRecord, 'standing' | 'gapAt'>

/** Who works on a conversation. */
export interface Holder {
  readonly replica: Replica
  /** The resumable session it runs, `undefined` for a plain one. */
  readonly session: string | undefined
}

/** A further step of a session. */
export interface SessionNote {
  readonly standing: SessionStanding
  /** Server frames since the last note that are worth keeping: all but sound. */
  readonly frames: readonly NumberedFrame[]
  /** The last frame that should have been noted and was not, 0 for none. */
  readonly gapAt: number
}

/**
 * Which process works on which conversation, and what another one needs to go on with its session. A process that is
 * gone, or has said nothing for `leaseMs`, holds nothing. Methods reject with `backend_unavailable` when the registry
 * cannot be reached.
 */
export interface LiveSessions {
  readonly replica: Replica
  /** Makes this replica the holder if nobody else is; gives the one who is. */
  claim(conversationId: string, session: string | undefined): Promise<Holder | undefined>
  /** Makes this replica the holder in place of one that cannot be reached. `false` when another came first. */
  seize(conversationId: string, from: Replica, session: string | undefined): Promise<boolean>
  /**
   * Keeps a place for a conversation among at most `most` that are worked on over all replicas, until it is claimed or
   * for `leaseMs`. `false` when there is none; one that has a place keeps it.
   */
  reserve(conversationId: string, most: number): Promise<boolean>
  holder(conversationId: string): Promise<Holder | undefined>
  /** Nobody holds it any more, if this replica did. */
  unclaim(conversationId: string): Promise<void>
  /** Begins a record. */
  open(record: NewSessionRecord): Promise<void>
  find(id: string): Promise<SessionRecord | undefined>
  /** Keeps a step, all of it or nothing; `false` when there is no such record any more. */
  note(id: string, note: SessionNote): Promise<boolean>
  /** Frames that are kept, oldest first. */
  frames(id: string): Promise<readonly NumberedFrame[]>
  /** Keeps these frames in place of all others. */
  replaceFrames(id: string, frames: readonly NumberedFrame[]): Promise<void>
  /** The session is over. */
  drop(id: string): Promise<void>
  /** Told of each conversation that another replica has taken from this one. */
  onLost(listener: OnLost): void
  /** Why nothing can be shared now, `undefined` when it can. */
  fault(): string | undefined
}

/** Hears of a conversation that is not this replica's any more. */
export type OnLost = (conversationId: string) => void
