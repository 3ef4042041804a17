import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Session } from '../events/session-config.ts'
import type { Capabilities } from '../providers/capabilities.ts'
import { fullCapabilities } from './full-capabilities.ts'
import type { Memory } from '../session/memory/memory.ts'
import { initialState } from '../session/session-state.ts'
import type { SessionInput, SessionOutput, SessionState } from '../session/session-state.ts'
import type { SessionSnapshot } from '../session/ports.ts'
import { step } from '../session/step.ts'
import type { RecoveryRules, Successor } from '../session/upstream/upstream-state.ts'

/** The session a backend reports first. */
export const testSession: Session = {
  type: 'realtime',
  id: 'sess_1',
  object: 'realtime.session',
  output_modalities: ['audio'],
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      turn_detection: { type: 'server_vad', interrupt_response: true },
    },
    output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'ada' },
  },
}

/** A session that keeps what it put out. */
export interface TestSession {
  readonly state: () => SessionState
  /** What it put out when its backend was there. */
  readonly began: readonly SessionOutput[]
  /** Takes inputs in order and gives what they made the session put out. */
  client(event: ClientEvent, at?: number): readonly SessionOutput[]
  provider(event: ServerEvent, at?: number): readonly SessionOutput[]
  input(input: SessionInput): readonly SessionOutput[]
}

/** What a test session differs in. */
export interface TestSessionOptions {
  readonly capabilities?: Partial<Capabilities>
  readonly items?: readonly Item[]
  readonly canTranscribe?: boolean
  readonly kind?: 'transcription'
  /** Goes on at another backend when one is lost. */
  readonly recovers?: boolean
  readonly resumed?: SessionSnapshot
  readonly memory?: Partial<Memory>
}

/** Times of recovery in tests (ms). */
export const testRecovery: RecoveryRules = { leadMs: 60_000, marginMs: 5_000, silenceMs: 20_000 }

/** A session at a backend that can take over. */
export function testSuccessor({
  capabilities,
  session,
  ...names
}: {
  readonly backend?: string
  readonly model?: string
  readonly capabilities?: Partial<Capabilities>
  readonly session?: Partial<Session>
} = {}): Successor {
  // The changes keep the type.
  const reported = { ...testSession, id: 'sess_2', ...session } as Session
  return {
    backend: names.backend ?? 'backend',
    model: names.model,
    capabilities: { ...fullCapabilities, ...capabilities },
    created: { type: 'session.created', event_id: 'e', session: reported },
  }
}

/** A session after its backend's `session.created`. */
export function openTestSession(options: TestSessionOptions = {}): TestSession {
  let state = initialState({
    capabilities: { ...fullCapabilities, ...options.capabilities },
    conversationId: 'conv_1',
    items: options.items ?? [],
    memory: options.memory,
    idSeed: 't',
    canTranscribe: options.canTranscribe ?? false,
    kind: options.kind,
    recovery: options.recovers ? testRecovery : undefined,
    resumed: options.resumed,
  })
  const input = (next: SessionInput): readonly SessionOutput[] => {
    const result = step(state, next)
    state = result.state
    return result.outputs
  }
  const began = input({
    from: 'provider',
    event: { type: 'session.created', event_id: 'e', session: testSession },
    at: 0,
  })
  return {
    began,
    state: () => state,
    input,
    client: (event, at = 0) => input({ from: 'client', event, at }),
    provider: (event, at = 0) => input({ from: 'provider', event, at }),
  }
}

/** What the client was told, in order. */
export function toldClient(outputs: readonly SessionOutput[]): readonly ServerEvent[] {
  return outputs.flatMap((output) => (output.to === 'client' ? [output.event] : []))
}

/** What the backend was told, in order. */
export function toldBackend(outputs: readonly SessionOutput[]): readonly ClientEvent[] {
  return outputs.flatMap((output) => (output.to === 'provider' ? [output.event] : []))
}

/** The backend's answer to an update. */
export function updated(changes: Partial<Session> = {}): ServerEvent {
  // The changes keep the type.
  return { type: 'session.updated', event_id: 'e', session: { ...testSession, ...changes } as Session }
}

/** The backend's refusal of an event. */
export function refusal(
  code: string,
  { param = null, eventId = null }: { param?: string | null; eventId?: string | null } = {},
): ServerEvent {
  const error = { type: 'invalid_request_error', code, message: 'No.', param, event_id: eventId }
  return { type: 'error', event_id: 'e', error }
}

/** An item of the conversation as the backend announces and finishes it. */
export function placed(item: Item): readonly ServerEvent[] {
  const event = { event_id: 'e', item, previous_item_id: null }
  return [
    { type: 'conversation.item.added', ...event },
    { type: 'conversation.item.done', ...event },
  ]
}

/** Events of a response that calls functions, up to but without its end. */
export function calling(response: string, calls: readonly string[]): readonly ServerEvent[] {
  const [created] = speaking(response, 'unused', { words: '', ms: 0 })
  return [
    ...(created ? [created] : []),
    ...calls.flatMap((callId, index): readonly ServerEvent[] => {
      const item: Item = {
        id: `item_${callId}`,
        type: 'function_call',
        name: 'look_up',
        call_id: callId,
        arguments: '{}',
      }
      const output = { event_id: 'e', response_id: response, output_index: index, item }
      const [added, done] = placed(item)
      return [
        { type: 'response.output_item.added', ...output },
        ...(added ? [added] : []),
        ...(done ? [done] : []),
        { type: 'response.output_item.done', ...output },
      ]
    }),
  ]
}

/** Silence of the given length as the test backend's audio. */
export function silence(ms: number): AudioPayload {
  return AudioPayload.fromBytes(new Uint8Array(ms * 48))
}

/** Events of a response that has begun to speak: `words` are spoken over `ms`. */
export function speaking(
  response: string,
  item: string,
  { words, ms, conversation = 'conv_1' }: { words: string; ms: number; conversation?: string | null },
): readonly ServerEvent[] {
  const place = { event_id: 'e', response_id: response, item_id: item, output_index: 0, content_index: 0 }
  const message: Item = { id: item, type: 'message', role: 'assistant', status: 'in_progress', content: [] }
  return [
    {
      type: 'response.created',
      event_id: 'e',
      response: {
        id: response,
        object: 'realtime.response',
        status: 'in_progress',
        output: [],
        conversation_id: conversation,
      },
    },
    {
      type: 'response.output_item.added',
      event_id: 'e',
      response_id: response,
      output_index: 0,
      item: message,
    },
    ...(conversation === null
      ? []
      : [{ type: 'conversation.item.added', event_id: 'e', item: message, previous_item_id: null } as const]),
    { ...place, type: 'response.output_audio_transcript.delta', delta: words },
    { ...place, type: 'response.output_audio.delta', delta: silence(ms) },
  ]
}

/** Events that finish what `speaking` began. */
export function finished(
  response: string,
  item: string,
  {
    words,
    status = 'completed',
    conversation = 'conv_1',
  }: {
    words: string
    status?: 'completed' | 'cancelled'
    conversation?: string | null
  },
): readonly ServerEvent[] {
  const message: Item = {
    id: item,
    type: 'message',
    role: 'assistant',
    status: status === 'completed' ? 'completed' : 'incomplete',
    content: [{ type: 'output_audio', transcript: words }],
  }
  return [
    ...(conversation === null
      ? []
      : [{ type: 'conversation.item.done', event_id: 'e', item: message, previous_item_id: null } as const]),
    {
      type: 'response.output_item.done',
      event_id: 'e',
      response_id: response,
      output_index: 0,
      item: message,
    },
    {
      type: 'response.done',
      event_id: 'e',
      response: {
        id: response,
        object: 'realtime.response',
        status,
        output: [message],
        conversation_id: conversation,
      },
    },
  ]
}
