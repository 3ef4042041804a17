import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backendCases } from './parity/backends.ts'
import type { BackendUnderTest } from './parity/backends.ts'
import { connectBeta } from './testing/beta-client.ts'
import { cert, connectAgents, connectOpenAI, key, trustCertificate } from './testing/official-clients.ts'
import { wordsOf } from './testing/spoken-words.ts'
import { userText } from './testing/test-client.ts'
import { connectVoiceLive } from './testing/voice-live-client.ts'

beforeAll(trustCertificate)

// What each client sends, hears and validates by itself; what the backends can do is held by the parity scenarios.
for (const backendCase of backendCases) {
  describe(`official clients reach ${backendCase.name}`, () => {
    let backend: BackendUnderTest
    let url: string
    beforeAll(async () => {
      backend = await backendCase.start({ tls: { cert, key } })
      url = `https://localhost:${new URL(backend.url).port}`
    })
    afterAll(() => backend[Symbol.asyncDispose]())

    it.each(['ws', 'native'] as const)('openai, its %s class', async (kind) => {
      using client = await connectOpenAI(kind, { url, conversation: `conv_openai_${kind}` })
      client.send(userText('good morning') as never)
      client.send({ type: 'response.create' })
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      expect(client.errors).toEqual([])
      expect(backend.violations()).toEqual([])
    })

    it('openai from before GA', async () => {
      using client = await connectBeta({ url, azure: false })
      client.send({
        type: 'session.update',
        session: { modalities: ['text', 'audio'], voice: 'alloy', turn_detection: { type: 'server_vad' } },
      })
      await client.log.next('session.updated')
      client.send(userText('good morning') as never)
      client.send({ type: 'response.create' })
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      expect(client.errors).toEqual([])
      expect(backend.violations()).toEqual([])
    })

    it('@openai/agents-realtime', async () => {
      using client = await connectAgents({ url, conversation: 'conv_agents' })
      client.session.sendMessage('good morning')
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      expect(client.errors).toEqual([])
      expect(backend.violations()).toEqual([])
    })

    it('@azure/ai-voicelive', async () => {
      await using client = await connectVoiceLive({ url, conversation: 'conv_voicelive' })
      await client.session.sendEvent(userText('good morning') as never)
      await client.session.sendEvent({ type: 'response.create' })
      expect(wordsOf((await client.log.next('response.done')).response)).toContain('good morning')
      await client.log.next('response.audio.delta')
      expect(client.errors).toEqual([])
      expect(backend.violations()).toEqual([])
    })
  })
}
