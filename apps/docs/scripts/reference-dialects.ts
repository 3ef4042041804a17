import {
  geminiLiveDialect,
  losses,
  openaiBeta,
  parseClientEvent,
  parseServerEvent,
  voiceLive,
  type ClientEvent,
  type Dialect,
  type Loss,
} from '@parley/core'
import {
  BetaResponseParams,
  BetaSession,
} from '../../../packages/core/src/dialects/openai-beta/client-schemas.ts'
import { VoiceLiveResponseParams } from '../../../packages/core/src/dialects/voice-live/client-schemas.ts'
import { VoiceLiveSession } from '../../../packages/core/src/dialects/voice-live/session.ts'
import { clientWireEvents, serverWireEvents } from '../../../packages/core/src/testing/sample-events.ts'
import type {
  Reference,
  ReferenceBackend,
  ReferenceEvent,
  ReferenceField,
  ReferenceLoss,
} from '../src/reference/reference.ts'
import { fieldSamples } from './field-samples.ts'

/** Objects of a GA session that group settings; everything below them is a setting. */
const groups: ReadonlySet<string> = new Set([
  'audio',
  'audio.input',
  'audio.output',
  'audio.input.format',
  'extensions',
  'reasoning',
])

const answering = serverWireEvents.find(({ type }) => type === 'session.created')?.['session']

/** What the dialects make of events and settings, found out by letting them do it. */
export function referenceDialects(
  backends: readonly ReferenceBackend[],
): Pick<
  Reference,
  'clientEvents' | 'serverEvents' | 'sessionFields' | 'responseFields' | 'losses' | 'geminiOmits'
> {
  return {
    clientEvents: clientWireEvents.map((wire) => {
      const event = parseClientEvent(wire)
      return row(event.type, (dialect) => dialect.connector().encode(event))
    }),
    serverEvents: serverWireEvents.map((wire) => {
      // A session that answers is shown; that of a transcription has names of its own in the beta.
      const event = parseServerEvent(
        wire['type'] === 'session.updated' ? { ...wire, session: answering } : wire,
      )
      return row(event.type, (dialect) => dialect.acceptor().encode(event))
    }),
    sessionFields: {
      'openai-beta': sessionFields(openaiBeta, Object.keys(BetaSession.shape)),
      'voice-live': sessionFields(voiceLive, Object.keys(VoiceLiveSession.shape)),
    },
    responseFields: {
      'openai-beta': responseFields(openaiBeta, Object.keys(BetaResponseParams.shape)),
      'voice-live': responseFields(voiceLive, Object.keys(VoiceLiveResponseParams.shape)),
    },
    losses: losses.map((loss) => toLoss(loss, backends)),
    geminiOmits: [...geminiLiveDialect.omits].toSorted(),
  }
}

function row(type: string, encode: (dialect: Dialect) => readonly (string | Uint8Array)[]): ReferenceEvent {
  return { type, openaiBeta: typesOf(encode(openaiBeta)), voiceLive: typesOf(encode(voiceLive)) }
}

function typesOf(frames: readonly (string | Uint8Array)[]): string | null {
  const types = frames.map((frame) => String(Reflect.get(JSON.parse(String(frame)), 'type')))
  return types.length === 0 ? null : [...new Set(types)].join(', ')
}

function sessionFields(dialect: Dialect, keys: readonly string[]): readonly ReferenceField[] {
  return keys.map((key) => {
    const frame = JSON.stringify({ type: 'session.update', session: { [key]: sampleOf(key, dialect) } })
    const [event] = dialect.acceptor().decode(frame)
    if (event?.type !== 'session.update') throw new Error(`${dialect.name} has no session field ${key}.`)
    const { type: _, ...session } = event.session
    return { key, places: placesOf(session, '') }
  })
}

function responseFields(dialect: Dialect, keys: readonly string[]): readonly ReferenceField[] {
  return keys.map((key) => {
    const frame = JSON.stringify({ type: 'response.create', response: { [key]: sampleOf(key, dialect) } })
    const [event]: readonly ClientEvent[] = dialect.acceptor().decode(frame)
    if (event?.type !== 'response.create') throw new Error(`${dialect.name} has no response field ${key}.`)
    return { key, places: placesOf(event.response ?? {}, '') }
  })
}

function sampleOf(key: string, { name }: Dialect): unknown {
  const sample = fieldSamples[`${name} ${key}`] ?? fieldSamples[key]
  if (sample === undefined) throw new Error(`field-samples.ts has no value for ${key}.`)
  return sample
}

function placesOf(value: object, path: string): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = path === '' ? key : `${path}.${key}`
    return groups.has(place) && typeof inner === 'object' && inner !== null ? placesOf(inner, place) : [place]
  })
}

function toLoss({ dialect, what, outcome, how }: Loss, backends: readonly ReferenceBackend[]): ReferenceLoss {
  const [root, ...rest] = what.split('.')
  const field =
    root === 'session' ? 'sessionExtensions' : root === 'response' ? 'responseExtensions' : undefined
  const has = ({ capabilities }: ReferenceBackend): boolean =>
    field === undefined ? capabilities.dialect === dialect : capabilities[field].includes(rest.join('.'))
  const isShared = outcome === 'omitted'
  return {
    dialect,
    what,
    outcome,
    how: how ?? null,
    backends: isShared ? [] : backends.filter(has).map(({ name }) => name),
  }
}
