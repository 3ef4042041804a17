import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startCloudGateway } from './testing/cloud-gateway.ts'
import type { CloudGateway } from './testing/cloud-gateway.ts'
import type { EventLog } from './testing/event-log.ts'
import { connectAgents, connectOpenAI, trustCertificate } from './testing/official-clients.ts'
import { wordsOf } from './testing/spoken-words.ts'
import { userText } from './testing/test-client.ts'
import { connectVoiceLive } from './testing/voice-live-client.ts'

beforeAll(trustCertificate)

let gateway: CloudGateway
beforeEach(async () => void (gateway = await startCloudGateway('openai')))
afterEach(() => gateway[Symbol.asyncDispose]())

/** A client, reduced to what each of them does in its own way. */
interface Talk {
  readonly ask: (text: string) => Promise<string>
  readonly begin: (text: string) => Promise<void>
  readonly ended: () => Promise<unknown>
  readonly errors: readonly unknown[]
}

/** The backend is lost between two questions, and in the middle of an answer. */
async function expectToGoOn({ ask, begin, ended, errors }: Talk): Promise<void> {
  await ask('remember this')
  gateway.upstream.dropAll()
  expect(await ask('what did I say')).toContain('remember this')
  await begin('count to 300')
  gateway.upstream.dropAll()
  expect(await ended()).toMatchObject({ response: { status: expect.stringMatching(/failed|incomplete/) } })
  expect(await ask('what did I say')).toContain('remember this')
  expect(errors).toEqual([])
  expect(gateway.upstream.violations).toEqual([])
}

/** The next event of a type that is not among the first `known`. */
async function nextAfter<Event extends { readonly type: string }>(
  log: EventLog<Event>,
  type: Event['type'],
  known: number,
): Promise<void> {
  const event: unknown = await log.next(type)
  if (log.events.findIndex((other) => other === event) < known) await nextAfter(log, type, known)
}

describe('a change of the upstream session', () => {
  it.each(['ws', 'native'] as const)('is no trouble for openai, its %s class', async (kind) => {
    using client = await connectOpenAI(kind, { url: gateway.url, conversation: `conv_${kind}` })
    const begin = (text: string): void => {
      client.send(userText(text) as never)
      client.send({ type: 'response.create' })
    }
    await expectToGoOn({
      async ask(text) {
        begin(text)
        return wordsOf((await client.log.next('response.done')).response)
      },
      async begin(text) {
        const known = client.log.events.length
        begin(text)
        await nextAfter(client.log, 'response.output_audio.delta', known)
      },
      ended: () => client.log.next('response.done'),
      errors: client.errors,
    })
    const told = client.log.events.map(({ type }): string => type)
    expect(told.filter((type) => type === 'parley.session.migrated')).toHaveLength(2)
  })

  it('is no trouble for @openai/agents-realtime', async () => {
    using client = await connectAgents({ url: gateway.url, conversation: 'conv_agents' })
    const { log, session } = client
    await expectToGoOn({
      async ask(text) {
        session.sendMessage(text)
        return wordsOf((await log.next('response.done')).response)
      },
      async begin(text) {
        const known = log.events.length
        session.sendMessage(text)
        await nextAfter(log, 'response.output_audio.delta', known)
      },
      ended: () => log.next('response.done'),
      errors: client.errors,
    })
    const told = log.events.map(({ type }): string => type)
    expect(told.filter((type) => type === 'parley.session.migrated')).toHaveLength(2)
  })

  it('is no trouble for @azure/ai-voicelive', async () => {
    await using client = await connectVoiceLive({ url: gateway.url, conversation: 'conv_voicelive' })
    const { log, session } = client
    const begin = async (text: string): Promise<void> => {
      await session.sendEvent(userText(text) as never)
      await session.sendEvent({ type: 'response.create' })
    }
    await expectToGoOn({
      async ask(text) {
        await begin(text)
        return wordsOf((await log.next('response.done')).response)
      },
      async begin(text) {
        const known = log.events.length
        await begin(text)
        await nextAfter(log, 'response.audio.delta', known)
      },
      ended: () => log.next('response.done'),
      errors: client.errors,
    })
  })
})
