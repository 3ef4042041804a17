/**
 * Holds the beta's wire against the types of the official `openai` package of its time, as `events/openai.test-d.ts`
 * does for GA, with the same exceptions.
 */
import type {
  RealtimeClientEvent as OfficialClientEvent,
  RealtimeServerEvent as OfficialServerEvent,
  RealtimeResponse,
  ResponseCreateEvent,
  SessionUpdateEvent,
  TranscriptionSessionUpdate,
} from 'openai-beta/resources/beta/realtime/realtime'
import type { Session } from 'openai-beta/resources/beta/realtime/sessions'
import type { z } from 'zod'
import { same, type Normal, type Paths } from '../../events/openai.test-d.ts'
import type { FlatResponse } from '../flat/response.ts'
import type {
  BetaResponseParams,
  BetaSession,
  BetaTranscriptionSession,
  betaClientSchemas,
} from './client-schemas.ts'
import type { betaServerSchemas } from './server-schemas.ts'

type ClientEvent = z.infer<(typeof betaClientSchemas)[number]>
type ServerEvent = z.infer<(typeof betaServerSchemas)[number]>

type Ours<T extends string> = Normal<Extract<ClientEvent | ServerEvent, { type: T }>>
type Theirs<T extends string> = Normal<Extract<OfficialClientEvent | OfficialServerEvent, { type: T }>>

// The same event types. The idle timeout came late, the warning is that of Parley.
same<ClientEvent['type'], OfficialClientEvent['type']>()
same<ServerEvent['type'], OfficialServerEvent['type'] | 'input_audio_buffer.timeout_triggered' | 'warning'>()

// Every official field has a place here. Sessions of the server are read as they come, and items in a response are
// checked one by one.
type Reshaped =
  | 'session.created'
  | 'session.updated'
  | 'transcription_session.updated'
  | 'response.created'
  | 'response.done'
type Compared = Exclude<OfficialClientEvent['type'] | OfficialServerEvent['type'], Reshaped>
same<{ [T in Compared]: Exclude<Paths<Theirs<T>>, Paths<Ours<T>>> }[Compared], never>()
same<Exclude<Paths<Normal<Session>>, Paths<Normal<z.infer<typeof BetaSession>>>>, '.id'>()
same<Exclude<keyof RealtimeResponse, keyof FlatResponse>, never>()

// Every value of an official setting is read, except what is typed looser there on purpose.
type OurSession = Normal<z.infer<typeof BetaSession>>
type OurTranscription = Normal<z.infer<typeof BetaTranscriptionSession>>
type OurParams = Normal<z.infer<typeof BetaResponseParams>>
type OptionalType = 'turn_detection' | 'tools' | 'client_secret' | 'input' | 'include'
same<Normal<Omit<SessionUpdateEvent.Session, OptionalType>> extends OurSession ? true : false, true>()
same<
  Normal<Omit<TranscriptionSessionUpdate.Session, OptionalType>> extends OurTranscription ? true : false,
  true
>()
same<Normal<Omit<ResponseCreateEvent.Response, OptionalType>> extends OurParams ? true : false, true>()
