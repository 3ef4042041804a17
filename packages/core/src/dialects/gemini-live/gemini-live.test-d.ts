/**
 * Holds the messages against the types of the official `@google/genai` package. Checked by `tsc`.
 *
 * Enumerations are compared by their texts on the wire. `name` of a function call may be absent there.
 */
import type { LiveClientMessage, LiveServerMessage } from '@google/genai'
import type { ClientMessage, ServerMessage } from './messages.ts'

/** The vendor's type as it is on the wire: every key may be absent, enumerations are texts. */
type Written<T> = T extends string
  ? `${T}`
  : T extends (...input: never[]) => unknown
    ? never
    : T extends readonly (infer Entry)[]
      ? readonly Written<Entry>[]
      : T extends object
        ? { readonly [Key in keyof T]?: Written<T[Key]> | undefined }
        : T

type KeysOf<T> = T extends unknown ? keyof T : never
type ValueAt<T, Key> = T extends unknown ? (Key extends keyof T ? NonNullable<T[Key]> : never) : never
type EntryOf<T> = T extends readonly (infer Entry)[] ? Entry : never
type NamedKeys<T> = keyof { [Key in keyof T as string extends Key ? never : Key]: T[Key] } & string

/** Paths of keys at any depth that the vendor's type does not have. */
type Foreign<Ours, Theirs, Path extends string = ''> = Ours extends readonly (infer Entry)[]
  ? Foreign<Entry, EntryOf<Theirs>, `${Path}[]`>
  : Ours extends object
    ? {
        [Key in NamedKeys<Ours>]: Key extends KeysOf<Theirs>
          ? Foreign<NonNullable<Ours[Key]>, ValueAt<Theirs, Key>, `${Path}.${Key}`>
          : `${Path}.${Key}`
      }[NamedKeys<Ours>]
    : never

type Named<T> = T extends readonly (infer Entry)[]
  ? readonly Named<Entry>[]
  : T extends object
    ? { readonly [Key in NamedKeys<T>]?: Named<T[Key & keyof T]> | undefined }
    : T

/** Compiles only when there is nothing; the error shows what there is. */
declare function none<T extends never>(): T
/** Compiles only when `Ours` can be used for `Theirs`. */
declare function fits<Ours extends Theirs, Theirs>(): Ours

type OfficialClient = Written<LiveClientMessage>
type OfficialServer = Written<Omit<LiveServerMessage, 'text' | 'data'>>

none<Foreign<ClientMessage, OfficialClient>>()
fits<ClientMessage, OfficialClient>()
fits<KeysOf<ClientMessage>, keyof OfficialClient>()
// Every message the vendor's client can send has a counterpart here.
fits<keyof OfficialClient, KeysOf<ClientMessage>>()

none<Foreign<ServerMessage, OfficialServer>>()
fits<NamedKeys<ServerMessage>, keyof OfficialServer>()
// Every message of the service is known.
fits<keyof OfficialServer, NamedKeys<ServerMessage>>()
fits<NonNullable<OfficialServer['usageMetadata']>, Named<NonNullable<ServerMessage['usageMetadata']>>>()
fits<NonNullable<OfficialServer['goAway']>, Named<NonNullable<ServerMessage['goAway']>>>()

interface MisspeltSetup {
  readonly setup: { readonly modle: string }
}

interface UnknownHandling {
  readonly setup: { readonly realtimeInputConfig: { readonly activityHandling: 'SOMETIMES' } }
}

// The proofs themselves can fail.
// @ts-expect-error a key that does not exist
none<Foreign<MisspeltSetup, OfficialClient>>()
// @ts-expect-error a value that is not in the enumeration
fits<UnknownHandling, OfficialClient>()
