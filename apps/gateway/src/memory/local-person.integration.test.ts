import { describe, expect, it } from 'vitest'
import { dataDir, GatewayProcess } from '../testing/gateway-process.ts'
import { connect, userText } from '../testing/test-client.ts'
import type { TestClient } from '../testing/test-client.ts'

it('knows a person in their next conversation without any language model', async () => {
  await using gateway = new GatewayProcess({ PARLEY_DATA_DIR: dataDir(), PARLEY_PEOPLE: 'on' })
  const url = await gateway.url()

  async function ask(...lines: readonly string[]): Promise<string> {
    using client = await connect(`${url}/v1/realtime?backend=local&person=ada`)
    client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
    await client.next('session.updated')
    let text = ''
    for (const line of lines) {
      client.send(userText(line))
      client.send({ type: 'response.create' })
      // One turn after the other.
      // oxlint-disable-next-line no-await-in-loop
      text = String((await client.next('response.output_text.done'))['text'])
      // oxlint-disable-next-line no-await-in-loop
      await client.next('response.done')
    }
    return text
  }

  expect(await ask('What is my name?')).toMatch(/not told me/)
  await ask('My name is Ada and I live in Ulm.', 'Thanks.')
  expect(await ask('What is my name?')).toBe('Your name is Ada.')
  expect(await ask('Wo wohne ich?')).toBe('Du wohnst in Ulm.')
})

describe.each(['local', 'house'])('a call that goes on at %s', (backend) => {
  it('knows what is pinned meanwhile, and not what is forgotten', async () => {
    await using house = new GatewayProcess({ PARLEY_DATA_DIR: dataDir() })
    await using gateway = new GatewayProcess({
      PARLEY_DATA_DIR: dataDir(),
      PARLEY_PEOPLE: 'on',
      PARLEY_COMPATIBLE_URL: `${await house.url()}/v1`,
      PARLEY_COMPATIBLE_NAME: 'house',
    })
    const url = await gateway.url()
    const post = (path: string, text: string) =>
      fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify({ text }) })
    expect((await post('/v1/people/ada/facts', 'My name is Ada.')).status).toBe(201)
    expect((await post('/v1/people/ada/facts', 'I live in Ulm.')).status).toBe(201)
    using client = await connect(`${url}/v1/realtime?backend=${backend}&conversation=conv_1&person=ada`)
    client.send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } })
    await client.next('session.updated')
    expect(await answer(client, 'What is my name?')).toBe('Your name is Ada.')

    expect((await post('/v1/conversations/conv_1/facts', 'The gate code is 4711.')).status).toBe(201)
    expect(await answer(client, 'What is the gate code?')).toContain('4711')

    expect((await fetch(`${url}/v1/people/ada`, { method: 'DELETE' })).status).toBe(204)
    expect(await answer(client, 'Where do I live?')).toMatch(/not told me/)
    expect(await answer(client, 'What is the gate code?')).toContain('4711')
    // A disk may be slow, which is told in a warning too.
    expect(JSON.stringify(client.events)).not.toMatch(/"type":"error"|"code":"unsupported"/)
  })
})

async function answer(client: TestClient, question: string): Promise<string> {
  client.send(userText(question))
  client.send({ type: 'response.create' })
  const text = String((await client.next('response.output_text.done'))['text'])
  await client.next('response.done')
  return text
}
