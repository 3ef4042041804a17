import { expect, it } from 'vitest'
import { dataDir, GatewayProcess } from '../testing/gateway-process.ts'
import { connect, userText } from '../testing/test-client.ts'

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
