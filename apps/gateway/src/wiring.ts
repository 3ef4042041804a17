import { join } from 'node:path'
import { RealtimeError } from '@parley/core'
import { openCassettes } from '@parley/core/cassette'
import { createModelStore } from '@parley/core/providers/cascade'
import { replay } from '@parley/core/providers/replay'
import { memoryStore, sqliteStore, writeBehind } from '@parley/core/storage'
import type { ContextStore, WriteBehind } from '@parley/core/storage'
import type { Dependencies } from './app.ts'
import type { VoiceLiveModes } from './backend-choice.ts'
import { cloudBackends } from './cloud-backends.ts'
import type { Config } from './config.ts'
import { duetBackend } from './duet-backend.ts'
import { createId } from './ids.ts'
import { localBackend } from './local-backend.ts'
import { createMemory } from './memory/memory.ts'
import { defaultLimits } from './limits.ts'
import { createRecorder } from './recorder.ts'
import { patientStore } from './patient-store.ts'
import { startPurge, withRetention } from './retention.ts'
import { speechServices, voiceService } from './speech-services.ts'
import { storeCheck } from './store-check.ts'
import type { Log } from './telemetry.ts'

/** The parts of a gateway that live as long as it does. */
export interface Parts extends Pick<
  Dependencies,
  | 'backends'
  | 'defaultBackend'
  | 'voiceLiveModes'
  | 'keepAudio'
  | 'ears'
  | 'models'
  | 'tts'
  | 'checks'
  | 'recorder'
  | 'memory'
> {
  readonly store: WriteBehind
  /** Has what waits stored, closes the store and stops the engines. */
  dispose(): Promise<void>
}

/** Makes the concrete parts a configuration asks for. Rejects with a `RealtimeError` a person can act on. */
export async function wire(config: Config, log: Log): Promise<Parts> {
  const parts = new AsyncDisposableStack()
  const models = createModelStore({ directory: config.modelsDir, offline: config.offline })
  const local = localBackend({ config, models, log })
  parts.use(local)
  const { providers } = config
  const { stages } = local
  const voice = voiceService(providers, stages)
  const services = speechServices({
    settings: providers,
    local: stages,
    voice,
    modelIsLocal: local.provider.capabilities.local,
  })
  const listed = [local.provider, ...cloudBackends(providers), ...(services === undefined ? [] : [services])]
  const backends = new Map(listed.map((provider) => [provider.name, provider]))
  if (providers.duet !== undefined) {
    const made = { backends, local: stages, service: voice?.stage }
    backends.set('duet', duetBackend(providers.duet, made))
  }
  const cassettes = openCassettes({ directory: config.cassettesDir, maxBytes: config.maxCassettesBytes })
  const clock = { now: () => performance.now(), newId: createId }
  backends.set('replay', replay({ cassettes, speed: config.replaySpeed, ...clock }))
  const defaultBackend = config.defaultBackend ?? local.provider.name
  const unknown = [defaultBackend, ...config.defaultFailover].find((name) => !backends.has(name))
  if (unknown !== undefined) {
    const names = [...backends.keys()].join(', ')
    const list = [defaultBackend, ...config.defaultFailover]
    const part = list.length === 1 ? '' : ` (part ${list.indexOf(unknown) + 1} of ${list.length})`
    const message = `PARLEY_DEFAULT_BACKEND ${unknown}${part} is not one of: ${names}.`
    throw new RealtimeError('model_not_found', message)
  }
  const opened = parts.use(await openStore(config, log))
  const { purgeIntervalMs: intervalMs, purgeBatch: batch } = defaultLimits
  parts.use(startPurge({ store: opened, intervalMs, batch, log }))
  const { retentionSeconds } = config
  const kept = retentionSeconds === undefined ? opened : withRetention(opened, retentionSeconds)
  const store = parts.use(writeBehind(kept))
  local.warm()
  return {
    backends,
    defaultBackend,
    voiceLiveModes: voiceLiveModes(providers.voiceLive),
    keepAudio: config.keepAudio,
    ears: { transcriber: stages.stt, speechDetector: stages.vad },
    store,
    memory: createMemory({ settings: config.memory, facts: store.facts, log, newId: createId }),
    models,
    tts: stages.tts,
    recorder: createRecorder({
      cassettes,
      mode: config.record,
      secrets: config.secrets,
      log,
      now: Date.now,
      newId: createId,
    }),
    checks: new Map([
      ['store', storeCheck(store)],
      ['engines', async () => local.missing()],
    ]),
    dispose: () => parts.disposeAsync(),
  }
}

async function openStore({ store, dataDir, database }: Config, log: Log): Promise<ContextStore> {
  if (database !== undefined) {
    // Its driver is loaded only where it is used.
    const { postgresStore } = await import('@parley/core/storage/postgres')
    return patientStore((wait) => postgresStore({ ...database, ...wait, startTimeoutMs: Infinity }), log)
  }
  return store === 'memory' ? memoryStore() : sqliteStore({ path: join(dataDir, 'conversations.sqlite') })
}

function voiceLiveModes(settings: Config['providers']['voiceLive']): VoiceLiveModes {
  const agent = settings?.agent
  return {
    profile: settings?.byom?.profile,
    agentName: agent !== undefined && 'name' in agent ? agent.name : undefined,
    agentId: agent !== undefined && 'classic' in agent ? agent.classic.id : undefined,
  }
}
