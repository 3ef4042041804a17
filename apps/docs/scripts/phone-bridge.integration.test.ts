import { once } from 'node:events'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { snippetFolder } from './reference-text.ts'
import { encodeUlaw, mediaStreamsPhone } from './media-streams-phone.ts'
import { startGateway, startProgram } from './running-programs.ts'

const stack = new AsyncDisposableStack()
let gateway: string
let bridge: string

beforeAll(async () => {
  gateway = stack.use(await startGateway()).address
  // Only the ports are others. The copy is beside the original, where its packages are found.
  const copy = join(snippetFolder, 'run-phone-bridge.ts')
  const text = await readFile(join(snippetFolder, 'phone-bridge.ts'), 'utf8')
  const port = String(await freePort())
  await writeFile(copy, text.replaceAll('8787', new URL(gateway).port).replaceAll('8090', port))
  stack.defer(() => rm(copy))
  bridge = stack.use(await startProgram(copy, { line: /^bridge: (\S+)$/ })).address
})
afterAll(() => stack.disposeAsync())

it('tells Twilio to stream a call to itself', async () => {
  const answer = await fetch(bridge, { method: 'POST' })
  expect(answer.headers.get('content-type')).toBe('text/xml')
  expect(await answer.text()).toContain(`<Stream url="wss://${new URL(bridge).host}/stream" />`)
})

it('is not brought down by a peer that speaks something else', async () => {
  const stranger = new WebSocket(`${bridge.replace('http', 'ws')}/stream`)
  await once(stranger, 'open')
  stranger.send('not JSON')
  stranger.send('null')
  stranger.close()
  await once(stranger, 'close')
  expect((await fetch(bridge)).status).toBe(200)
})

it(
  'answers a caller, falls silent when interrupted and keeps what was heard',
  { timeout: 90_000 },
  async () => {
    const [question, interruption] = await Promise.all([
      spoken('Please count slowly from one to fifty.'),
      spoken('What is three plus four?'),
    ])
    const phone = await mediaStreamsPhone(`${bridge.replace('http', 'ws')}/stream`, 'CA0123456789abcdef')
    stack.use(phone)

    phone.say(question)
    await phone.untilPlayedMs(2_000)
    phone.say(interruption)
    const { playedMs, droppedMs } = await phone.cleared()
    await phone.untilPlayedMs(playedMs + 300)
    phone.hangUp()

    expect(droppedMs).toBeGreaterThan(500)
    const items = await itemsOf('conv_CA0123456789abcdef')
    expect(items.slice(0, 4).map(({ item }) => item.role)).toEqual(['user', 'assistant', 'user', 'assistant'])
    const cut = items[1]
    // Marks come back at the end of each delta; between them Parley's clock runs on.
    const heardMs = cut?.heard?.audioEndMs ?? 0
    expect(Math.abs(playedMs - heardMs)).toBeLessThan(200)
    expect(cut?.heard?.by).toBe('playback')
    expect(cut?.item.content[0]?.transcript?.startsWith(cut.heard?.transcript ?? 'nothing')).toBe(true)
  },
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server on a port has no path for an address.
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Words as a telephone hears them: the gateway's own voice at 8 kHz in G.711. */
async function spoken(input: string): Promise<Buffer> {
  const answer = await fetch(`${gateway}/v1/audio/speech`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input, response_format: 'pcm' }),
  })
  const samples = new Int16Array(await answer.arrayBuffer())
  return encodeUlaw(
    Int16Array.from({ length: Math.floor(samples.length / 3) }, (_, at) => {
      const [a = 0, b = 0, c = 0] = samples.subarray(at * 3, at * 3 + 3)
      return Math.round((a + b + c) / 3)
    }),
  )
}

const Conversation = z.object({
  items: z.array(
    z.object({
      item: z.object({
        role: z.string(),
        content: z.array(z.object({ transcript: z.string().optional() })),
      }),
      heard: z.object({ audioEndMs: z.number(), transcript: z.string(), by: z.string() }).optional(),
    }),
  ),
})

/** What was kept of a conversation. */
async function itemsOf(id: string): Promise<z.infer<typeof Conversation>['items']> {
  const answer = await fetch(`${gateway}/v1/conversations/${id}`)
  return Conversation.parse(await answer.json()).items
}
