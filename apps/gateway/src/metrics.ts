import { SessionMigrated } from '@parley/core'
import type { WriteBehindStatus } from '@parley/core/storage'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** One metric as it is declared, scraped and documented. */
export interface MetricDefinition {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly help: string
  /** Each has few values, all known beforehand: never an id, a model or words of a person. */
  readonly labels: readonly LabelName[]
  /** Upper bounds of a histogram, in the unit of its name. */
  readonly buckets?: readonly number[]
}

const { reason: migrationReason, restored: restoration } = SessionMigrated.shape

/** What each label holds. */
export const labelDefinitions = {
  backend: 'Name of a backend that is set up.',
  dialect: 'What the client speaks: openai-ga, openai-beta or voice-live.',
  code: 'A code of the error table, or other for a code of a backend that is not in it.',
  close: 'WebSocket close code the session ended with, or other for one that is not registered.',
  status: 'How the response ended: completed, cancelled, failed or incomplete.',
  after:
    'What the answer followed: speech (the backend told that the person stopped speaking) or request (a response.create of the client).',
  outcome: 'connected or failed.',
  direction: 'in for sound of the client, out for sound of the backend.',
  from: 'Name of the backend that was in use, or other for one this session was not asked to use.',
  to: 'Name of the backend that goes on.',
  reason: `Why another backend session goes on, as parley.session.migrated says it: ${migrationReason.options.join(', ')}.`,
  restored: `What it knows of the conversation: ${restoration.options.join(', ')}.`,
  how: 'here (its session is in this process), relay (in another one that is reached through this), takeover (in none: this one goes on with it), unknown (there is no such session), too_old (the events it lacks are gone), or failed.',
} as const

type LabelName = keyof typeof labelDefinitions

const session = ['backend', 'dialect'] as const
const waits = [0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10]

const definitions = {
  sessionsActive: {
    name: 'parley_sessions_active',
    kind: 'gauge',
    help: 'Sessions that run now.',
    labels: session,
  },
  sessionsStarted: {
    name: 'parley_sessions_started_total',
    kind: 'counter',
    help: 'Sessions that began.',
    labels: session,
  },
  sessionsEnded: {
    name: 'parley_sessions_ended_total',
    kind: 'counter',
    help: 'Sessions that ended.',
    labels: [...session, 'close'],
  },
  sessionsRefused: {
    name: 'parley_sessions_refused_total',
    kind: 'counter',
    help: 'WebSocket requests that got no session.',
    labels: ['code'],
  },
  sessionDuration: {
    name: 'parley_session_duration_seconds',
    kind: 'histogram',
    help: 'From the beginning of a session to its end.',
    labels: session,
    buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600],
  },
  backendConnect: {
    name: 'parley_backend_connect_seconds',
    kind: 'histogram',
    help: 'From dialling a backend to its connection, or to the failure of it.',
    labels: ['backend', 'outcome'],
    buckets: waits,
  },
  responses: {
    name: 'parley_responses_total',
    kind: 'counter',
    help: 'Responses that ended.',
    labels: [...session, 'status'],
  },
  firstAudio: {
    name: 'parley_first_audio_seconds',
    kind: 'histogram',
    help: 'From the end of speech as the backend told it, or from the request for a response, to the first sound of the answer sent to the client. The silence a detector waits for before it tells is not in it, nor the way to the ear.',
    labels: [...session, 'after'],
    buckets: waits,
  },
  errors: {
    name: 'parley_errors_total',
    kind: 'counter',
    help: 'Error events sent to clients.',
    labels: [...session, 'code'],
  },
  audioBytes: {
    name: 'parley_audio_bytes_total',
    kind: 'counter',
    help: 'Bytes of sound as the client sends and hears it, in the format of its session.',
    labels: [...session, 'direction'],
  },
  migrations: {
    name: 'parley_migrations_total',
    kind: 'counter',
    help: 'Changes of a running session to another session at a backend.',
    labels: ['from', 'to', 'reason', 'restored'],
  },
  resumptions: {
    name: 'parley_resumptions_total',
    kind: 'counter',
    help: 'Clients that came back with a token, or tried to. A relayed client is counted where it connects.',
    labels: ['how'],
  },
  sessionsDetached: {
    name: 'parley_sessions_detached',
    kind: 'gauge',
    help: 'Sessions that run now and wait for their client to come back.',
    labels: [],
  },
  storeBehindEntries: {
    name: 'parley_store_behind_entries',
    kind: 'gauge',
    help: 'Entries of conversations that a slow or failing store has yet to take.',
    labels: [],
  },
  storeBehindSeconds: {
    name: 'parley_store_behind_seconds',
    kind: 'gauge',
    help: 'How long the oldest of them has waited; 0 while nothing waits.',
    labels: [],
  },
  storeRefusedEntries: {
    name: 'parley_store_refused_entries_total',
    kind: 'counter',
    help: 'Entries that were not stored, because too many waited. Their clients were told.',
    labels: [],
  },
} as const satisfies Record<string, MetricDefinition>

/** Every metric of Parley's own, in the order of the reference; those of the process come from `prom-client`. */
export const metricDefinitions: readonly MetricDefinition[] = Object.values(definitions)

/** Options of `createMetrics`. */
export interface MetricsOptions {
  /** Adds memory, CPU and event loop of the process, which watch it until it ends. Default false. */
  readonly ofProcess?: boolean
  /** How far the store is behind, asked at each scrape. Default: it never is. */
  readonly store?: () => WriteBehindStatus
}

/** What is counted, in a registry of its own. */
export interface Metrics {
  readonly registry: Registry
  readonly sessionsActive: Gauge<LabelName>
  readonly sessionsStarted: Counter<LabelName>
  readonly sessionsEnded: Counter<LabelName>
  readonly sessionsRefused: Counter<LabelName>
  readonly sessionDuration: Histogram<LabelName>
  readonly backendConnect: Histogram<LabelName>
  readonly responses: Counter<LabelName>
  readonly firstAudio: Histogram<LabelName>
  readonly errors: Counter<LabelName>
  readonly audioBytes: Counter<LabelName>
  readonly migrations: Counter<LabelName>
  readonly resumptions: Counter<LabelName>
  readonly sessionsDetached: Gauge<LabelName>
}

/** Counters at zero. */
export function createMetrics({ ofProcess = false, store = neverBehind }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const setUp = ({ name, help, labels }: MetricDefinition) => ({
    name,
    help,
    labelNames: labels,
    registers: [registry],
  })
  const { sessionDuration, backendConnect, firstAudio } = definitions
  watchStore(registry, store)
  return {
    registry,
    sessionsActive: new Gauge(setUp(definitions.sessionsActive)),
    sessionsStarted: new Counter(setUp(definitions.sessionsStarted)),
    sessionsEnded: new Counter(setUp(definitions.sessionsEnded)),
    sessionsRefused: new Counter(setUp(definitions.sessionsRefused)),
    sessionDuration: new Histogram({ ...setUp(sessionDuration), buckets: [...sessionDuration.buckets] }),
    backendConnect: new Histogram({ ...setUp(backendConnect), buckets: [...backendConnect.buckets] }),
    responses: new Counter(setUp(definitions.responses)),
    firstAudio: new Histogram({ ...setUp(firstAudio), buckets: [...firstAudio.buckets] }),
    errors: new Counter(setUp(definitions.errors)),
    audioBytes: new Counter(setUp(definitions.audioBytes)),
    migrations: new Counter(setUp(definitions.migrations)),
    resumptions: new Counter(setUp(definitions.resumptions)),
    sessionsDetached: new Gauge(setUp(definitions.sessionsDetached)),
  }
}

function neverBehind(): WriteBehindStatus {
  return { entries: 0, conversations: 0, bytes: 0, since: undefined, refused: 0 }
}

function watchStore(registry: Registry, status: () => WriteBehindStatus): void {
  const { storeBehindEntries, storeBehindSeconds, storeRefusedEntries } = definitions
  const registers = [registry]
  const setUp = ({ name, help }: MetricDefinition) => ({ name, help, registers })
  new Gauge({
    ...setUp(storeBehindEntries),
    collect() {
      this.set(status().entries)
    },
  })
  new Gauge({
    ...setUp(storeBehindSeconds),
    collect() {
      const { since } = status()
      this.set(since === undefined ? 0 : (Date.now() - since) / 1000)
    },
  })
  new Counter({
    ...setUp(storeRefusedEntries),
    collect() {
      this.reset()
      this.inc(status().refused)
    },
  })
}
