import { RealtimeError } from '@parley/core'
import type { Provider } from '@parley/core'
import { cassetteFormat, createRedactor, createTape, recordProviders } from '@parley/core/cassette'
import type { CassetteHeader, Cassettes, Redact } from '@parley/core/cassette'
import type { ClientChannel } from '@parley/core/session'
import type { Principal } from './auth.ts'
import { recordKinds } from './record-kinds.ts'
import type { RecordKind, recordModes } from './record-kinds.ts'
import { errorFields } from './telemetry.ts'
import type { Log } from './telemetry.ts'

/** What the recorder needs. */
export interface RecorderOptions {
  readonly cassettes: Cassettes
  readonly mode: (typeof recordModes)[number]
  /** Values that reach no cassette: the keys of this gateway. */
  readonly secrets: readonly string[]
  readonly log: Log
  /** Unix ms. */
  readonly now: () => number
  readonly newId: (prefix: string) => string
}

/** What there is to know of a session before it begins. */
export interface RecordedSession {
  readonly provider: Provider
  readonly model: string | undefined
  readonly dialect: string
  /** Of the client: they are removed as the gateway's own keys are. */
  readonly credentials: readonly string[]
}

/** The two ends of a session that is recorded. */
export interface Recorded {
  readonly client: ClientChannel
  readonly provider: Provider
  /** The same for a backend that may take over. */
  also(provider: Provider): Provider
  /** The session is over; never rejects. */
  end(): Promise<void>
}

/** Records sessions to cassettes. */
export interface Recorder {
  readonly cassettes: Cassettes
  readonly redact: Redact
  /**
   * What is kept of a session: `?record=` decides, where it may. Throws `unsupported` or `invalid_value` naming
   * `record`, and `store_unavailable` when a recording that was asked for has no room.
   */
  choose(asked: string | null, principal: Principal): Promise<RecordKind | undefined>
  /** Puts a tape between a session and its backend; the client hears the cassette's name with `session.created`. */
  begin(kind: RecordKind, session: RecordedSession & { readonly client: ClientChannel }): Recorded
  /** Resolves when every recording that was begun is on the disk: call it when their sessions are over. */
  settled(): Promise<void>
}

/** Creates the recorder of a gateway. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { cassettes, mode, log, newId } = options
  const open = new Set<Promise<void>>()

  async function choose(text: string | null, principal: Principal): Promise<RecordKind | undefined> {
    const asked = text === null ? undefined : parseKind(text)
    if (asked !== undefined) {
      checkAllowed(asked, principal)
      await cassettes.checkRoom()
      return asked
    }
    if (principal.kind === 'secret' && principal.secret.record !== undefined && mode !== 'off') {
      return principal.secret.record
    }
    return mode === 'always' ? 'events' : undefined
  }

  function checkAllowed(asked: RecordKind, principal: Principal): void {
    if (mode === 'off') throw refusal('Sessions are not recorded here: PARLEY_RECORD is off.')
    if (principal.kind !== 'secret') return
    const { record } = principal.secret
    if (record === undefined) throw refusal('The client secret was not minted for recordings.')
    if (asked === 'audio' && record === 'events') {
      throw refusal('The client secret was minted for recordings without sound.')
    }
  }

  function begin(kind: RecordKind, session: RecordedSession & { readonly client: ClientChannel }): Recorded {
    const header = headerOf(kind, session, { id: newId('cassette'), at: options.now() })
    const tape = createTape({
      header,
      sink: cassettes.sink(header.id),
      redact: createRedactor([...options.secrets, ...session.credentials]),
      now: () => performance.now(),
      onDropped: (error) => log.warn({ cassette: header.id, ...errorFields(error) }, 'recording dropped'),
    })
    log.info({ cassette: header.id, audio: header.audio }, 'recording started')

    const record = recordProviders(tape)
    const over = Promise.withResolvers<void>()
    open.add(over.promise)

    async function end(): Promise<void> {
      try {
        await tape.end()
      } catch (error) {
        log.warn({ cassette: header.id, ...errorFields(error) }, 'recording failed to end')
      }
      open.delete(over.promise)
      over.resolve()
    }

    return {
      client: naming(header.id, session.client),
      provider: record(session.provider),
      also: record,
      end,
    }
  }

  return {
    cassettes,
    redact: createRedactor(options.secrets),
    choose,
    begin,
    async settled() {
      await Promise.all(open)
    },
  }
}

/** Throws `invalid_value` for what is not one of `recordKinds`. */
function parseKind(text: string): RecordKind {
  const kind = recordKinds.find((name) => name === text)
  if (kind) return kind
  throw new RealtimeError('invalid_value', 'A recording keeps events or audio.', { param: 'record' })
}

function refusal(message: string): RealtimeError {
  return new RealtimeError('unsupported', message, { param: 'record' })
}

function headerOf(
  kind: RecordKind,
  { provider, model, dialect }: RecordedSession,
  { id, at }: { readonly id: string; readonly at: number },
): CassetteHeader {
  const able = provider.capabilitiesFor?.(model) ?? provider.capabilities
  return {
    format: cassetteFormat,
    id,
    recordedAt: new Date(at).toISOString(),
    backend: provider.name,
    ...(model !== undefined && { model }),
    dialect,
    capabilities: {
      title: able.title,
      ...(able.dialect && { dialect: able.dialect }),
      inputFormats: [...able.inputFormats],
      outputFormats: [...able.outputFormats],
      turnDetection: [...able.turnDetection],
      interruption: able.interruption,
      outputModalities: [...able.outputModalities],
      inputTranscription: able.inputTranscription,
      tools: [...able.tools],
    },
    audio: kind === 'audio' ? 'kept' : 'left-out',
  }
}

/** The same client, which is told the name of its cassette. */
function naming(id: string, channel: ClientChannel): ClientChannel {
  return {
    send: (event) =>
      channel.send(event.type === 'session.created' ? { ...event, parley: { cassette: id } } : event),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
  }
}
