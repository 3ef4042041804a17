import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCassettes } from '@parley/core/cassette'
import { runSession } from '@parley/core/session'
import { memoryStore } from '@parley/core/storage'
import { createApp } from '../app.ts'
import type { Dependencies, Gateway } from '../app.ts'
import { defaultLimits } from '../limits.ts'
import type { Limits } from '../limits.ts'
import { createId } from '../ids.ts'
import { createMemory } from '../memory/memory.ts'
import type { MemorySettings } from '../memory/memory-settings.ts'
import { createMetrics } from '../metrics.ts'
import { createRecorder } from '../recorder.ts'
import type { Recorder } from '../recorder.ts'
import { openSessions } from '../sessions/open-sessions.ts'
import { createSockets } from '../socket.ts'
import type { ListenOptions, Listener } from '../socket.ts'
import type { Log } from '../telemetry.ts'
import { scriptedProvider } from './scripted-provider.ts'

/** Everything a test may want to be different. */
export interface GatewayOptions extends Partial<
  Omit<Dependencies, 'config' | 'sockets' | 'limits' | 'memory'>
> {
  readonly config?: Partial<Dependencies['config']>
  readonly limits?: Partial<Limits>
  readonly memory?: Partial<MemorySettings>
  readonly listen?: Partial<ListenOptions>
  /** Shared with other gateways. */
  readonly redisUrl?: string
  /** File for sessions that have left. */
  readonly sessionsPath?: string
}

/** What gateways of one test share beside Redis. */
const sharing = { clusterSecret: 'a secret of the cluster', replicaUrl: undefined }

/** A gateway that listens on a free port of this machine, with what it has logged. */
export interface GatewayUnderTest extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly gateway: Gateway
  readonly listener: Listener
  readonly logged: readonly LogLine[]
  /** The first line with this message, written already or not yet. */
  whenLogged(message: string): Promise<LogLine>
}

const memorySettings: MemorySettings = {
  context: { strategy: 'summary', budgetTokens: 8000 },
  summary: undefined,
  people: false,
}

/** Message, level and fields of one line. */
type LogLine = Readonly<Record<string, unknown>>

/** Records whoever asks, to a folder of its own that is there once something was recorded. */
function testRecorder(log: Log): Recorder {
  const directory = join(tmpdir(), `parley-cassettes-${randomUUID()}`)
  const cassettes = openCassettes({ directory, maxBytes: 64 * 1024 * 1024 })
  return createRecorder({ cassettes, mode: 'asked', secrets: [], log, now: Date.now, newId: createId })
}

/** Starts a gateway over a scripted backend and a memory store. */
export async function startGateway(options: GatewayOptions = {}): Promise<GatewayUnderTest> {
  const { config, limits: changed, listen, memory, redisUrl, sessionsPath, ...changes } = options
  const logged: LogLine[] = []
  const lines = new EventEmitter()
  const write = (level: string) => (fields: unknown, message?: string) => {
    const line = { level, message, ...(typeof fields === 'object' ? fields : { fields }) }
    logged.push(line)
    if (message !== undefined) lines.emit(message, line)
  }
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const limits = { ...defaultLimits, ...changed }
  const sockets = createSockets(limits, log)
  let ids = 0
  const { store = memoryStore() } = options
  const made = Promise.withResolvers<Gateway>()
  const listener = await sockets.listen(
    async (request, env) => (await made.promise).app.fetch(request, env),
    {
      host: '127.0.0.1',
      port: 0,
      orNext: false,
      tls: undefined,
      ...listen,
    },
  )
  const registry = await openSessions({
    config: {
      shared: redisUrl === undefined ? undefined : { ...sharing, redisUrl },
      resumeGraceMs: config?.resumeGraceMs ?? 60_000,
    },
    limits,
    url: listener.url,
    path: sessionsPath,
    log,
    now: options.now ?? Date.now,
  })
  const gateway = createApp({
    backends: new Map([['scripted', scriptedProvider({ name: 'scripted' })]]),
    defaultBackend: 'scripted',
    store,
    keepAudio: false,
    voiceLiveModes: { profile: undefined, agentName: undefined, agentId: undefined },
    models: undefined,
    tts: undefined,
    recorder: testRecorder(log),
    memory: createMemory({
      settings: { ...memorySettings, ...memory },
      facts: store.facts,
      log,
      newId: createId,
    }),
    ears: {},
    runSession,
    checks: new Map(),
    sessions: registry.sessions,
    cluster: registry.cluster,
    secrets: registry.secrets,
    rateLimits: registry.rateLimits,
    log,
    metrics: createMetrics(),
    now: Date.now,
    // Gateways that share something must not give the same ids.
    newId: redisUrl === undefined ? (prefix) => `${prefix}_${(ids += 1)}` : createId,
    ...changes,
    config: {
      keys: [],
      allowedOrigins: [],
      defaultBackend: undefined,
      maxSessions: undefined,
      resumeGraceMs: 60_000,
      defaultFailover: [],
      drainTimeoutMs: 500,
      ...config,
    },
    limits,
    sockets,
  })
  made.resolve(gateway)
  return {
    url: listener.url,
    port: Number(new URL(listener.url).port),
    gateway,
    listener,
    logged,
    async whenLogged(message) {
      return logged.find((line) => line['message'] === message) ?? (await once(lines, message))[0]
    },
    async [Symbol.asyncDispose]() {
      await gateway.drain()
      await listener.close()
      await registry[Symbol.asyncDispose]()
    },
  }
}
