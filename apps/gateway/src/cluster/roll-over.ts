import { openai } from '@parley/core/providers'
import { runSession } from '@parley/core/session'
import { faultProxy, realtimeUpstream } from '@parley/core/testing'
import type { FaultProxy } from '@parley/core/testing'
import { startGateway } from '../testing/gateway-under-test.ts'
import { connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

/** What a listener hears of a change of the upstream session (ms). */
export interface RollOver {
  /** Silence within answers because their sound came too late. */
  readonly silenceMs: number
  /** From a request to the first sound of its answer, with the session before and with the one after the change. */
  readonly firstSoundMs: { readonly before: number; readonly after: number }
  /** After a cut: from the last sound to the first one of the next session; 0 for a planned change. */
  readonly gapMs: number
}

/** Sound comes a little faster than it is heard: a word of 200 ms each 180 ms. */
const wordIntervalMs = 180
const bytesPerMs = 48

/** When each piece of sound came, and the silence a listener had between them. */
interface Ear {
  readonly silenceMs: number
  readonly lastAt: number
  hear(bytes: number): void
  /** Resolves with the next sound. */
  next(): Promise<void>
  /** The next sound is that of another answer. */
  pause(): void
}

function createEar(): Ear {
  let silenceMs = 0
  let lastAt = 0
  let playedUntil: number | undefined
  let heard = Promise.withResolvers<void>()
  return {
    get silenceMs() {
      return silenceMs
    },
    get lastAt() {
      return lastAt
    },
    hear(bytes) {
      const at = performance.now()
      lastAt = at
      if (playedUntil === undefined || at > playedUntil) {
        if (playedUntil !== undefined) silenceMs += at - playedUntil
        playedUntil = at
      }
      playedUntil += bytes / bytesPerMs
      heard.resolve()
      heard = Promise.withResolvers()
    },
    next: () => heard.promise,
    pause() {
      playedUntil = undefined
    },
  }
}

interface Scene extends AsyncDisposable {
  readonly client: TestClient
  readonly ear: Ear
  readonly proxy: FaultProxy
  /** Has a question answered; resolves with the time to its first sound. */
  readonly ask: (text: string) => Promise<number>
  readonly firstSound: () => Promise<number>
}

/** A client with paced sound before a gateway whose upstream sessions last `limitMs`. */
async function openScene(limitMs: number | undefined): Promise<Scene> {
  const parts = new AsyncDisposableStack()
  const key = 'k'
  const limit = limitMs === undefined ? {} : { sessionLimitMs: limitMs }
  const upstream = parts.use(
    await realtimeUpstream('openai', { key, deltaIntervalMs: wordIntervalMs, ...limit }),
  )
  const proxy = parts.use(await faultProxy({ target: upstream.url }))
  const gateway = parts.use(
    await startGateway({
      backends: new Map([['openai', openai({ apiKey: key, baseUrl: `${proxy.url}/v1` })]]),
      defaultBackend: 'openai',
      runSession: (ports) => runSession({ ...ports, recovery: { leadMs: 2_500, marginMs: 500 } }),
    }),
  )
  const client = parts.use(await connect(`${gateway.url}/v1/realtime`))
  const ear = createEar()
  client.socket.on('message', (data: Buffer) => {
    // The gateway sends objects with a type.
    const event = JSON.parse(data.toString()) as { readonly type: string; readonly delta?: string }
    if (event.type === 'response.output_audio.delta') ear.hear(Buffer.byteLength(event.delta ?? '', 'base64'))
    if (event.type === 'response.done') ear.pause()
  })
  await client.next('session.created')

  async function firstSound(): Promise<number> {
    const startedAt = performance.now()
    await ear.next()
    return performance.now() - startedAt
  }

  return {
    client,
    ear,
    proxy,
    firstSound,
    async ask(text) {
      client.send(userText(text))
      client.send({ type: 'response.create' })
      const ms = await firstSound()
      await client.next('response.done')
      return ms
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  }
}

/** The limit of a session comes while an answer sounds. */
export async function plannedRollOver(): Promise<RollOver> {
  await using scene = await openScene(5_000)
  const { client, ear, ask } = scene
  const before = await ask('count to 2')
  // It sounds when the next session is dialled, and still when it is there.
  await ask('count to 10')
  await client.next('parley.session.migrated')
  const after = await ask('count to 3')
  return { silenceMs: ear.silenceMs, firstSoundMs: { before, after }, gapMs: 0 }
}

/** The connection to the backend breaks while an answer sounds; the client asks again as soon as it hears of it. */
export async function cutRollOver(): Promise<RollOver> {
  await using scene = await openScene(undefined)
  const { client, ear, proxy, ask, firstSound } = scene
  const before = await ask('count to 2')
  client.send(userText('count to 10'))
  client.send({ type: 'response.create' })
  for (let word = 0; word < 4; word += 1) await ear.next()
  const lastAt = ear.lastAt
  proxy.applyToAll({ kind: 'reset' })
  await client.next('response.done')
  client.send(userText('count to 2'))
  client.send({ type: 'response.create' })
  const after = await firstSound()
  return { silenceMs: ear.silenceMs, firstSoundMs: { before, after }, gapMs: performance.now() - lastAt }
}
