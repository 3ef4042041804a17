import { afterAll, beforeAll } from 'vitest'
import { dataDir, GatewayProcess } from './gateway-process.ts'
import { tlsSettings, trustCertificate } from './official-clients.ts'
import { createListener } from './recognised-text.ts'
import { startScriptedChat } from './scripted-chat.ts'
import { spokenText } from './spoken-text.ts'

/** Two gateway processes whose local backends are ready, with someone who speaks to them and listens. */
interface LocalGateways {
  /** Address of the one with the embedded answerer. */
  readonly embedded: string
  /** Address of the one with a scripted language model. */
  readonly withModel: string
  /** The question, spoken. */
  readonly question: readonly Uint8Array<ArrayBuffer>[]
  /** The words in PCM16 at 24 kHz. */
  hear(chunks: readonly Uint8Array[]): Promise<string>
}

/** Starts them with TLS before the tests of this file, each on its own data, and stops them afterwards. */
export function useLocalGateways(question: string): LocalGateways {
  const stack = new AsyncDisposableStack()
  let started: LocalGateways | undefined

  async function start(): Promise<LocalGateways> {
    trustCertificate()
    const listener = stack.use(createListener())
    const chat = stack.use(await startScriptedChat())
    const model = { PARLEY_LLM_URL: chat.url, PARLEY_LLM_MODEL: 'scripted' }
    const [embedded, withModel] = await Promise.all([startReady({}), startReady(model)])
    const spoken = await spokenText(question, { leadMs: 1200, tailMs: 1200 })
    return { embedded, withModel, question: spoken, hear: (chunks) => listener.hear(chunks) }
  }

  async function startReady(settings: Record<string, string>): Promise<string> {
    const gateway = stack.use(new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), ...tlsSettings, ...settings }))
    await gateway.logged('engines are ready')
    return gateway.url()
  }

  function running(): LocalGateways {
    if (!started) throw new Error('The gateways run in tests only.')
    return started
  }

  beforeAll(async () => void (started = await start()))
  afterAll(() => stack.disposeAsync())
  return {
    get embedded() {
      return running().embedded
    },
    get withModel() {
      return running().withModel
    },
    get question() {
      return running().question
    },
    hear: (chunks) => running().hear(chunks),
  }
}
