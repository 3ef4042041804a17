import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import type { ConnectLimits } from '../../providers/connect-limits.ts'
import { openai } from '../../providers/openai/openai.ts'
import type { Provider, ProviderChannel } from '../../providers/provider.ts'
import type { ProviderUnderTest } from '../provider-laws.ts'
import { realtimeUpstream } from '../upstream/upstream.ts'

const key = 'sk-mutant-secret'

/** How a right provider is made a wrong one. */
interface Spoil {
  readonly capabilities?: (right: Capabilities) => Partial<Capabilities>
  /** What becomes of an event of the backend. */
  readonly hear?: (event: ServerEvent) => readonly ServerEvent[]
  /** What becomes of an event of the client. */
  readonly say?: (event: ClientEvent) => readonly ClientEvent[]
  /** What becomes of the error of a connection that was not made. */
  readonly refuse?: (error: RealtimeError) => RealtimeError
  /** Ends the events in place of an error. */
  readonly hidesBreak?: boolean
  readonly ignoresSignal?: boolean
  readonly connect?: Partial<ConnectLimits>
}

function spoiled(spoil: Spoil): ProviderUnderTest {
  return {
    key,
    transcriptionModel: 'gpt-4o-transcribe',
    async open({ connect, ...script } = {}) {
      const upstream = await realtimeUpstream('openai', { key, ...script })
      const right = openai({
        apiKey: key,
        baseUrl: `${upstream.url}/v1`,
        connect: { ...connect, ...spoil.connect },
      })
      const provider = spoilProvider(right, spoil)
      return { provider, upstream, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
    },
  }
}

function spoilProvider(right: Provider, spoil: Spoil): Provider {
  const { capabilities = () => ({}), refuse = (error) => error } = spoil
  return {
    ...right,
    capabilities: { ...right.capabilities, ...capabilities(right.capabilities) },
    async connect(request) {
      const signal = spoil.ignoresSignal ? new AbortController().signal : request.signal
      try {
        return spoilChannel(await right.connect({ ...request, signal }), spoil)
      } catch (error) {
        throw refuse(toRealtimeError(error))
      }
    },
  }
}

function spoilChannel(right: ProviderChannel, spoil: Spoil): ProviderChannel {
  const { hear = (event) => [event], say = (event) => [event] } = spoil
  return {
    send(event) {
      for (const said of say(event)) right.send(said)
    },
    get bufferedBytes() {
      return right.bufferedBytes
    },
    close: (close) => right.close(close),
    async *[Symbol.asyncIterator]() {
      try {
        for await (const event of right) yield* hear(event)
      } catch (error) {
        if (!spoil.hidesBreak) throw error
      }
    },
    [Symbol.asyncDispose]: () => right.close(),
  }
}

function deaf(...types: readonly ServerEvent['type'][]): ProviderUnderTest {
  return spoiled({ hear: (event) => (types.includes(event.type) ? [] : [event]) })
}

function mute(...types: readonly ClientEvent['type'][]): ProviderUnderTest {
  return spoiled({ say: (event) => (types.includes(event.type) ? [] : [event]) })
}

function claiming(capabilities: (right: Capabilities) => Partial<Capabilities>): ProviderUnderTest {
  return spoiled({ capabilities })
}

/** Changes the turn detection that a client asks for. */
function detecting(change: (asked: object | null) => object | null | undefined): ProviderUnderTest {
  return spoiled({
    say(event) {
      if (event.type !== 'session.update') return [event]
      const asked = event.session.audio?.input?.turn_detection
      if (asked === undefined) return [event]
      const { turn_detection: _, ...input } = event.session.audio?.input ?? {}
      const changed = change(asked)
      const audio = { input: { ...input, ...(changed === undefined ? {} : { turn_detection: changed }) } }
      // A mutant may say what no client would.
      return [{ ...event, session: { ...event.session, audio } } as ClientEvent]
    },
  })
}

/** Changes the `response` of a `response.create`. */
function answering(change: (response: ResponseCreateParams) => ResponseCreateParams): ProviderUnderTest {
  return spoiled({
    say: (event) =>
      event.type === 'response.create' && event.response
        ? [{ ...event, response: change(event.response) }]
        : [event],
  })
}

const vague = (): RealtimeError => new RealtimeError('backend_unavailable', 'It did not work.')

/** A wrong provider for each law of `providerLaws`, by the name of the law it must break. */
export const providerMutants: Readonly<Record<string, ProviderUnderTest>> = {
  'begins with session.created and loses nothing that came before it': deaf('rate_limits.updated'),
  'holds a conversation without breaking a rule of the wire': spoiled({
    say: (event) =>
      event.type === 'session.update' ? [{ ...event, session: { ...event.session, mood: 'good' } }] : [event],
  }),
  'refuses with the meaning of an HTTP status, and names it': spoiled({ refuse: vague }),
  'waits for a slow opening, and gives up at the limit it names': spoiled({ connect: { openTimeoutMs: 10 } }),
  'gives up a backend that opens and says nothing, at the limit it names': spoiled({
    connect: { firstEventTimeoutMs: 90 },
  }),
  'takes an error in place of the session for a refusal, and keeps its code': spoiled({ refuse: vague }),
  'shows its key in no error': spoiled({
    refuse: (error) => new RealtimeError(error.code, `${error.message} Key: ${key}`),
  }),
  'dials each model it declares, and is told that another is not known': claiming(({ models }) => ({
    models: [...models, 'no-such-model'],
  })),
  'stops dialling when it is told to': spoiled({ ignoresSignal: true, connect: { openTimeoutMs: 50 } }),
  'ends with an error when the line drops in mid-answer, after what was said': spoiled({ hidesBreak: true }),
  'passes events on that nobody knows': deaf('extension'),
  'says that a session has reached its longest duration': deaf('error'),
  'takes a quiet backend that answers pings for alive': spoiled({ refuse: vague }),
  'has exactly the turn detection it declares': claiming(() => ({ turnDetection: ['server_vad'] })),
  'answers a spoken turn by itself': detecting((asked) => ({ ...asked, create_response: false })),
  'leaves the turns to the client when it is told to': detecting(() => undefined),
  'hears a turn without answering it when it is told to': detecting(() => ({ type: 'server_vad' })),
  'stops an answer where interruption is native': mute('response.cancel'),
  'answers in each modality it declares': deaf('response.output_text.delta'),
  'sees images exactly where it declares them': claiming(() => ({ inputModalities: ['text', 'audio'] })),
  'forgets the unheard part of an answer where truncation is native': mute('conversation.item.truncate'),
  'forgets a deleted item where deletion is native': mute('conversation.item.delete'),
  'knows the history it is given, in order': spoiled({
    say: (event) =>
      event.type === 'conversation.item.create' &&
      event.item.type === 'message' &&
      event.item.role === 'assistant'
        ? []
        : [event],
  }),
  'calls functions exactly where it declares them': claiming(() => ({ tools: ['mcp'] })),
  'takes MCP servers exactly where it declares them': claiming(() => ({ tools: ['function'] })),
  'writes down what the user says where it declares it': deaf(
    'conversation.item.input_audio_transcription.completed',
  ),
  'opens sessions that only write down, exactly where it declares them': claiming(() => ({
    transcriptionSessions: false,
  })),
  'answers beside the conversation where it declares it': answering((response) => ({
    ...response,
    conversation: 'auto',
  })),
  'takes other instructions for one response where it declares it': answering(() => ({})),
  'hears exactly the sound formats it declares': claiming(({ inputFormats }) => ({
    inputFormats: inputFormats.slice(1),
  })),
  'speaks exactly the sound formats it declares': claiming(({ outputFormats }) => ({
    outputFormats: [...outputFormats, { type: 'audio/pcm', rate: 16_000 }],
  })),
  'speaks with each voice it declares': claiming(({ voices }) => ({
    voices: [...voices, { name: 'nobody', languages: [] }],
  })),
  'keeps its voice once it has spoken, exactly where it declares it': claiming(() => ({ voiceLock: 'none' })),
  'knows the transcription models it declares, and no others': claiming(() => ({
    transcriptionModels: ['gpt-4o-transcribe', 'everyone'],
  })),
  'changes in mid-session exactly what it declares': claiming(({ updatable }) => ({
    updatable: updatable.slice(1),
  })),
  'knows exactly the session fields it declares': claiming(({ sessionFields }) => ({
    sessionFields: sessionFields.slice(1),
  })),
  'knows exactly the session extensions it declares': claiming(() => ({
    sessionExtensions: ['temperature'],
  })),
  'knows exactly the response extensions it declares': claiming(() => ({
    responseExtensions: ['temperature'],
  })),
  'has dated evidence for every capability': claiming(({ evidence }) => ({ evidence: evidence.slice(1) })),
}
