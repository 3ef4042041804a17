/**
 * Holds the events against the types of the official `openai` package, in both directions. Checked by `tsc`.
 *
 * Both sides are compared as they are on the wire, after `Normal`, which leaves out on purpose:
 * - `null` against absent: the official types name `null` for few of the fields in which servers send it;
 * - `extensions`, which carries what other vendors have beside GA, and the event `warning`;
 * - unknown keys, and with them the values of free maps (`metadata`, `headers`);
 * - whether `type`, `id`, `name`, `bytes` and `usage` may be absent: one side or the other is laxer about each;
 * - `rate`: the official type knows 24000 only, Parley's backends have other rates;
 * - `voice`: the official response object has no custom voice;
 * - `connector_id`, and `name` of a rate limit: open text here, a list of today's values there;
 * - `variables` of a stored prompt: any value here;
 * - `content` of a message: one type per part here, one type with optional fields there. Parts are compared below.
 */
import type {
  RealtimeClientEvent as OfficialClientEvent,
  ConversationItem as OfficialItem,
  RealtimeConversationItemAssistantMessage,
  RealtimeConversationItemSystemMessage,
  RealtimeConversationItemUserMessage,
  RealtimeServerEvent as OfficialServerEvent,
  ResponseCreateEventWithReferencesParam,
} from 'openai/resources/realtime/realtime'
import type { AudioPayload } from './audio-payload.ts'
import type { ClientEvent } from './client-events.ts'
import type { AssistantContentPart, InputTextPart, Item, UserContentPart } from './items.ts'
import type { ServerEvent } from './server-events.ts'

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** Compiles only when both types are the same; the error shows both. */
export declare function same<A, B>(...proof: Equal<A, B> extends true ? [] : [A, B]): void

type LaxKey = 'id' | 'name' | 'bytes' | 'usage'
type FieldOf<K, V> = K extends 'rate'
  ? number
  : K extends 'voice' | 'connector_id'
    ? string
    : K extends 'variables'
      ? unknown
      : K extends 'content'
        ? PartTypes<V>
        : Normal<Exclude<V, null | undefined>>

type PartTypes<V> = V extends readonly { type?: infer T }[] ? Exclude<T, undefined> : never

/** A type as it is on the wire, without what is listed above. */
export type Normal<T> = unknown extends T
  ? unknown
  : T extends AudioPayload
    ? string
    : T extends string
      ? T
      : T extends readonly (infer E)[]
        ? Normal<E>[]
        : T extends object
          ? {
              [
                K in keyof T as string extends K
                  ? never
                  : K extends 'type' | 'extensions' | LaxKey
                    ? never
                    : K
              ]: FieldOf<K, T[K]>
            } & { [K in keyof T as K extends 'type' ? K : never]-?: FieldOf<K, T[K]> } & {
              [K in keyof T as string extends K ? never : K extends LaxKey ? K : never]?: FieldOf<K, T[K]>
            }
          : T

/** Dotted names of all fields, `[]` for the elements of an array. */
export type Paths<T, Prefix extends string = ''> = unknown extends T
  ? never
  : T extends string
    ? never
    : T extends readonly (infer E)[]
      ? Paths<E, `${Prefix}[]`>
      : T extends object
        ? {
            [K in keyof T & string]: `${Prefix}.${K}` | Paths<Exclude<T[K], undefined>, `${Prefix}.${K}`>
          }[keyof T & string]
        : never

type Ours<T extends string> = Normal<Extract<ClientEvent | ServerEvent, { type: T }>>
type Theirs<T extends string> = Normal<Extract<OfficialClientEvent | OfficialServerEvent, { type: T }>>

type ClientType = Exclude<ClientEvent['type'], 'extension'>
type ServerType = Exclude<ServerEvent['type'], 'extension' | 'warning'>
type AnyType = ClientType | ServerType

// The same event types, without exception.
same<ClientType, OfficialClientEvent['type']>()
same<ServerType, OfficialServerEvent['type']>()

// Every official event is one of ours.
same<{ [T in AnyType]: Theirs<T> extends Ours<T> ? never : T }[AnyType], never>()

// Every event of ours is an official one. `item_reference` is in another official type, checked below.
type Own = 'response.create' | 'rate_limits.updated'
same<{ [T in Exclude<AnyType, Own>]: Ours<T> extends Theirs<T> ? never : T }[Exclude<AnyType, Own>], never>()
same<Ours<'response.create'> extends Normal<ResponseCreateEventWithReferencesParam> ? true : false, true>()
same<Normal<ResponseCreateEventWithReferencesParam> extends Ours<'response.create'> ? true : false, true>()

// Every official field has a type here; what we have beside them is listed.
same<{ [T in AnyType]: Exclude<Paths<Theirs<T>>, Paths<Ours<T>>> }[AnyType], never>()
same<
  { [T in ClientType]: Exclude<Paths<Ours<T>>, Paths<Theirs<T>>> }[ClientType],
  '.parley' | '.parley.heard_transcript'
>()
same<
  { [T in ServerType]: Exclude<Paths<Ours<T>>, Paths<Theirs<T>>> }[ServerType],
  | '.parley'
  | '.parley.heard_transcript'
  | '.response.parley'
  // The official session of the server is that of the client, which has no identity.
  | '.session.id'
  | '.session.object'
  | '.session.expires_at'
  // Servers that send one with the DTMF event are not refused.
  | '.event_id'
>()

// Items and their parts.
same<Item['type'], OfficialItem['type']>()
same<Normal<OfficialItem> extends Normal<Item> ? true : false, true>()
same<Normal<Item> extends Normal<OfficialItem> ? true : false, true>()

type PartCheck<Part extends { type: string }, Official extends { type?: string }> = [
  Exclude<Official['type'], undefined>,
  Normal<Part> extends Normal<Official> ? true : false,
  Exclude<keyof Official, Part extends unknown ? keyof Normal<Part> : never>,
]
type SystemPart = RealtimeConversationItemSystemMessage.Content
type UserPart = RealtimeConversationItemUserMessage.Content
type AssistantPart = RealtimeConversationItemAssistantMessage.Content
same<PartCheck<InputTextPart, SystemPart>, [InputTextPart['type'], true, never]>()
same<PartCheck<UserContentPart, UserPart>, [UserContentPart['type'], true, never]>()
same<PartCheck<AssistantContentPart, AssistantPart>, [AssistantContentPart['type'], true, never]>()

// Both unions narrow by `type`.
declare const client: ClientEvent
declare const server: ServerEvent
if (client.type === 'input_audio_buffer.append') same<typeof client.audio, AudioPayload>()
if (server.type === 'response.output_audio.delta') same<typeof server.delta, AudioPayload>()
if (server.type === 'error') same<typeof server.error.message, string>()
