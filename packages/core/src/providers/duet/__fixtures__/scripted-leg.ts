import { createChannelPair, type PairedChannel } from '../../../channel/channel-pair.ts'
import { RealtimeError } from '../../../errors.ts'
import { AudioPayload } from '../../../events/audio-payload.ts'
import type { ClientEvent } from '../../../events/client-events.ts'
import type { ServerEvent } from '../../../events/server-events.ts'
import type { Session } from '../../../events/session-config.ts'
import { fullCapabilities } from '../../../testing/full-capabilities.ts'
import type { Capabilities } from '../../capabilities.ts'
import type { ConnectRequest, Provider } from '../../provider.ts'

/** A backend in memory under a test's hand. */
export interface ScriptedLeg {
  readonly provider: Provider
  /** What the duet sent, over all connections. */
  readonly received: readonly ClientEvent[]
  readonly requests: readonly ConnectRequest[]
  /** Connections that are open. */
  readonly open: number
  send(...events: readonly LooseEvent[]): void
  /** Events of one type that the duet sent. */
  all<Type extends ClientEvent['type']>(type: Type): readonly Extract<ClientEvent, { type: Type }>[]
  /** Breaks the newest connection. */
  drop(): void
  /** What a new connection meets: a refusal, or nothing. */
  refuse: RealtimeError | undefined
}

/** An event with only what its test is about; ids of events are filled in. */
export type LooseEvent = { readonly type: string } & Readonly<Record<string, unknown>>

/** Creates a leg; `answer` reacts to each event that is not a `session.update`, which is acknowledged. */
export function scriptedLeg(
  options: {
    readonly capabilities?: Partial<Capabilities>
    readonly session?: Partial<Extract<Session, { type: 'realtime' }>>
    readonly answer?: (event: ClientEvent, leg: ScriptedLeg) => void
    /** `false` leaves updates to the test. */
    readonly acknowledges?: boolean
  } = {},
): ScriptedLeg {
  const received: ClientEvent[] = []
  const requests: ConnectRequest[] = []
  const channels: PairedChannel<ClientEvent, ServerEvent>[] = []
  let open = 0
  let count = 0

  const leg: ScriptedLeg = {
    received,
    requests,
    refuse: undefined,
    get open() {
      return open
    },
    provider: {
      name: 'scripted',
      capabilities: { ...fullCapabilities, ...options.capabilities },
      async connect(request) {
        requests.push(request)
        if (leg.refuse) throw leg.refuse
        const [channel, server] = createChannelPair<ServerEvent, ClientEvent>()
        channels.push(server)
        open += 1
        let session: Session = { type: 'realtime', id: 'sess_1', model: 'm', ...options.session }
        leg.send({ type: 'session.created', session })
        void (async () => {
          for await (const event of server) {
            received.push(event)
            if (event.type === 'session.update' && options.acknowledges !== false) {
              // A merge as shallow as these tests need.
              session = { ...session, ...event.session, audio: { ...session.audio, ...event.session.audio } } as Session
              leg.send({ type: 'session.updated', session })
            }
            options.answer?.(event, leg)
          }
          open -= 1
        })()
        return channel
      },
    },
    send(...events) {
      for (const event of events) {
        count += 1
        // The test says what is in it.
        channels.at(-1)?.send({ event_id: `e${count}`, ...event } as unknown as ServerEvent)
      }
    },
    all: <Type extends ClientEvent['type']>(type: Type) =>
      received.filter((event): event is Extract<ClientEvent, { type: Type }> => event.type === type),
    drop() {
      channels.at(-1)?.fail(new RealtimeError('backend_unavailable', 'The line is gone.'))
    },
  }
  return leg
}

/** Capabilities of a realtime backend that speaks given text. */
export const voiceCapabilities: Partial<Capabilities> = {
  title: 'Test voice',
  local: false,
  sessionExtensions: ['voice', 'output_audio_timestamp_types'],
  responseExtensions: ['pre_generated_assistant_message', 'voice'],
  voices: [{ name: 'en-US-AvaMultilingualNeural', languages: ['en-US'] }],
}

/** The text a voice is given to speak, `undefined` for another event. */
export function givenText(event: ClientEvent): string | undefined {
  if (event.type !== 'response.create') return undefined
  const message = event.response?.extensions?.pre_generated_assistant_message
  const content = message?.['content']
  if (!Array.isArray(content) || content.length !== 1) return undefined
  const [part]: { type?: string; text?: string }[] = content
  return part?.type === 'text' && message?.['role'] === 'assistant' ? part.text : undefined
}

/** 100 ms of sound whose bytes are all `value`. */
export function sound(value: number): AudioPayload {
  return AudioPayload.fromBytes(new Uint8Array(4800).fill(value))
}

/** A voice that begins each clause at once; the test lets it finish unless it finishes by itself. */
export function scriptedVoice({ finishes = true, cancels = true } = {}): ScriptedLeg & { finish(): void; begun(): number } {
  let spoken = 0
  const open = (): string => `v${spoken}`
  function finish(leg: ScriptedLeg): void {
    const usage = { total_tokens: 2, output_tokens: 2, output_token_details: { audio_tokens: 2 } }
    leg.send({ type: 'response.done', response: { id: open(), status: 'completed', usage } })
  }
  const leg = scriptedLeg({
    capabilities: voiceCapabilities,
    session: { audio: { output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'ava' } } },
    answer(event, own) {
      if (event.type === 'response.cancel' && cancels) {
        own.send({ type: 'response.done', response: { id: event.response_id, status: 'cancelled' } })
      }
      if (givenText(event) === undefined) return
      spoken += 1
      const delta = { response_id: open(), item_id: 'vi', output_index: 0, content_index: 0 }
      own.send(
        { type: 'response.created', response: { id: open(), status: 'in_progress' } },
        { type: 'response.output_audio.delta', ...delta, delta: sound(spoken) },
      )
      if (finishes) finish(own)
    },
  })
  // One object: the leg's getters stay.
  return Object.assign(leg, { finish: () => finish(leg), begun: () => spoken })
}

/** The text that was given to a voice, clause by clause. */
export function spokenTexts(leg: ScriptedLeg): readonly string[] {
  return leg.received.flatMap((event) => givenText(event) ?? [])
}
