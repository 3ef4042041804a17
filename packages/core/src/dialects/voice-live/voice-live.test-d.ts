/**
 * Holds Voice Live's wire against the types of its official SDK, which has camelCase names: `Wire` turns them into
 * those the SDK writes and reads.
 */
import type {
  AgentConfig,
  ClientEventUnion,
  RequestSession,
  ResponseCreateParams,
  ResponseSession,
  ServerEventUnion,
  VoiceLiveResponse,
} from '@azure/ai-voicelive'
import type { z } from 'zod'
import { same, type Normal, type Paths } from '../../events/openai.test-d.ts'
import type { FlatResponse } from '../flat/response.ts'
import type { VoiceLiveResponseParams, voiceLiveClientSchemas } from './client-schemas.ts'
import type { voiceLiveServerSchemas } from './server-schemas.ts'
import type { VoiceLiveSession } from './session.ts'

type Snake<Name extends string> = Name extends `${infer Head}InMs`
  ? `${Snake<Head>}_ms`
  : Name extends `${infer First}${infer Rest}`
    ? First extends Lowercase<First>
      ? `${First}${Snake<Rest>}`
      : `_${Lowercase<First>}${Snake<Rest>}`
    : Name

/** An SDK type as it is on the wire. */
type Wire<T> = T extends Uint8Array
  ? string
  : T extends Date
    ? number
    : T extends readonly (infer E)[]
      ? Wire<E>[]
      : T extends object
        ? { [K in keyof T as K extends string ? Snake<K> : never]: Wire<T[K]> }
        : T

type Known<E> = E extends { type: infer T extends string } ? (string extends T ? never : E) : never
type SdkClientEvent = Known<ClientEventUnion>
type SdkServerEvent = Known<ServerEventUnion>
type ClientEvent = z.infer<(typeof voiceLiveClientSchemas)[number]>
type ServerEvent = z.infer<(typeof voiceLiveServerSchemas)[number]>

// The event types of the SDK are those Parley knows and those it passes on as extensions.
same<
  Exclude<SdkClientEvent['type'], ClientEvent['type']>,
  | 'session.avatar.connect'
  | 'input_audio.turn.start'
  | 'input_audio.turn.append'
  | 'input_audio.turn.end'
  | 'input_audio.turn.cancel'
  | 'input_audio.clear'
  | 'input_text.delta'
  | 'input_text.done'
>()
same<Exclude<ClientEvent['type'], SdkClientEvent['type']>, never>()
same<
  Exclude<SdkServerEvent['type'], ServerEvent['type']>,
  | 'session.avatar.connecting'
  | 'session.avatar.switch_to_speaking'
  | 'session.avatar.switch_to_idle'
  | 'response.animation_blendshapes.delta'
  | 'response.animation_blendshapes.done'
  | 'response.animation_viseme.delta'
  | 'response.animation_viseme.done'
  | 'response.audio_timestamp.delta'
  | 'response.audio_timestamp.done'
  | 'response.video.delta'
  | 'response.web_search_call.searching'
  | 'response.web_search_call.in_progress'
  | 'response.web_search_call.completed'
  | 'response.file_search_call.searching'
  | 'response.file_search_call.in_progress'
  | 'response.file_search_call.completed'
  | 'response.audio_transcript.annotation.added'
  | 'response.invocation.delta'
  // Without the id of a response, unlike OpenAI's.
  | 'output_audio_buffer.cleared'
>()
// In the documents only.
same<Exclude<ServerEvent['type'], SdkServerEvent['type']>, 'rate_limits.updated'>()

/** Kept as they are, like every field Parley has no name for. */
type Untyped =
  | `.phrases${string}`
  | '.error.event_id'
  // Of `file_search_call`, an item that Parley passes on.
  | '.item.queries'
  | `.item.results${string}`
  // The SDK reads the parts of an answer as those of a question.
  | '.part.detail'
  | '.part.image_url'
type AvatarDetail =
  | `.avatar.video.${string}`
  | `.avatar.scene.${string}`
  | '.avatar.ice_servers[].username'
  | '.avatar.ice_servers[].credential'

// Every field of the SDK has a name here. Sessions and responses of the server are compared below.
type Ours<T extends string> = Normal<Extract<ClientEvent | ServerEvent, { type: T }>>
type Theirs<T extends string> = Normal<Wire<Extract<SdkClientEvent | SdkServerEvent, { type: T }>>>
type Reshaped =
  | 'session.created'
  | 'session.updated'
  | 'response.created'
  | 'response.done'
  | 'session.update'
type Compared = Exclude<
  (ClientEvent | ServerEvent)['type'] & (SdkClientEvent | SdkServerEvent)['type'],
  Reshaped | 'response.create'
>
same<Exclude<{ [T in Compared]: Exclude<Paths<Theirs<T>>, Paths<Ours<T>>> }[Compared], Untyped>, never>()

same<Exclude<Paths<Normal<Wire<RequestSession>>>, Paths<Normal<VoiceLiveSession>> | AvatarDetail>, never>()
same<
  Exclude<keyof Wire<ResponseSession>, 'id' | 'expires_at' | 'agent'> extends keyof VoiceLiveSession
    ? true
    : false,
  true
>()
same<keyof Wire<AgentConfig>, 'type' | 'name' | 'description' | 'agent_id' | 'thread_id'>()
same<Exclude<keyof Wire<ResponseCreateParams>, keyof z.infer<typeof VoiceLiveResponseParams>>, never>()
same<Exclude<keyof Wire<VoiceLiveResponse>, keyof FlatResponse>, never>()
