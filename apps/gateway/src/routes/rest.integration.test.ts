import { RealtimeError } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'
import { scriptedProvider } from '../testing/scripted-provider.ts'

/** A store with conversations `conv_1` to `conv_<count>`, the last one newest. */
async function filledStore(count: number): Promise<ContextStore> {
  let now = 1000
  const store = memoryStore({ now: () => now })
  for (let number = 1; number <= count; number += 1) {
    now += 1000
    const item = {
      id: `item_${number}`,
      type: 'message' as const,
      role: 'user' as const,
      content: [{ type: 'input_text' as const, text: `Question ${number}` }],
    }
    await store.append(`conv_${number}`, [{ type: 'item', item, previousItemId: null }], 0)
  }
  return store
}

async function read(url: string): Promise<unknown> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return response.json()
}

describe('/v1/models and /v1/backends', () => {
  const backends = new Map([
    ['scripted', scriptedProvider({ name: 'scripted' })],
    ['cloud', scriptedProvider({ name: 'cloud', models: ['m1'] })],
  ])

  it('lists backends and their models as OpenAI lists models', async () => {
    await using gateway = await startGateway({ backends })
    const list = (await read(`${gateway.url}/v1/models`)) as { data: { id: string }[] }
    expect(list).toMatchObject({ object: 'list', data: expect.arrayContaining([]) })
    expect(list.data.map(({ id }) => id)).toEqual(['scripted', 'cloud', 'cloud/m1'])
    expect(await read(`${gateway.url}/v1/models/cloud/m1`)).toMatchObject({ id: 'cloud/m1', object: 'model' })
    expect((await fetch(`${gateway.url}/v1/models/none`)).status).toBe(404)
  })

  it('tells what each backend can do, and which one is the default', async () => {
    await using gateway = await startGateway({ backends })
    expect(await read(`${gateway.url}/v1/backends`)).toMatchObject({
      backends: [
        { name: 'scripted', default: true, capabilities: { turnDetection: ['server_vad'], local: true } },
        { name: 'cloud', default: false },
      ],
    })
  })

  it('tells what one model can do', async () => {
    const cloud = scriptedProvider({ name: 'cloud', models: ['small'] })
    const capabilitiesFor = (model: string | undefined) =>
      model === 'small' ? { ...cloud.capabilities, tools: [] } : cloud.capabilities
    await using gateway = await startGateway({
      backends: new Map([['cloud', { ...cloud, capabilitiesFor }]]),
      defaultBackend: 'cloud',
    })
    const url = `${gateway.url}/v1/backends/cloud`
    expect(await read(url)).toMatchObject({ name: 'cloud', capabilities: { tools: ['function'] } })
    expect(await read(`${url}?model=small`)).toMatchObject({ capabilities: { tools: [] } })
    const missing = await fetch(`${gateway.url}/v1/backends/none`)
    expect(missing.status).toBe(404)
    expect(await missing.json()).toMatchObject({ error: { code: 'not_found', param: 'name' } })
  })
})

describe('/v1/conversations', () => {
  it('names one before anything is said in it', async () => {
    await using gateway = await startGateway()
    const url = `${gateway.url}/v1/conversations`
    const named = await fetch(url, { method: 'POST', body: JSON.stringify({ id: 'conv_mine' }) })
    expect(named.status).toBe(201)
    expect(await named.json()).toMatchObject({ id: 'conv_mine', revision: 0, items: [] })
    const again = await fetch(url, { method: 'POST', body: JSON.stringify({ id: 'conv_mine' }) })
    expect(again.status).toBe(409)
    const unnamed = (await (await fetch(url, { method: 'POST' })).json()) as { id: string }
    expect(await read(`${url}/${unnamed.id}`)).toMatchObject({ id: unnamed.id, items: [] })
  })

  it.each([
    ['{', 'body', 'The body is not JSON.'],
    ['[]', 'body', 'The body is not an object.'],
    ['{"id":1}', 'id', 'An id is a text such as "conv_1", or is left out.'],
    ['{"id":"mine"}', 'id', expect.stringContaining('"conv_"')],
    ['{"ID":"conv_a"}', 'ID', 'There is no field ID here.'],
  ])('refuses to name one by %s', async (body, param, message) => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/conversations`, { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param, message } })
  })

  it('lists them newest first, page by page', async () => {
    await using gateway = await startGateway({ store: await filledStore(3) })
    const first = (await read(`${gateway.url}/v1/conversations?limit=2`)) as {
      data: object[]
      cursor: string
    }
    expect(first.data).toMatchObject([{ id: 'conv_3', title: 'Question 3', itemCount: 1 }, { id: 'conv_2' }])
    const rest = await read(`${gateway.url}/v1/conversations?limit=2&after=${first.cursor}`)
    expect(rest).toEqual({ data: [expect.objectContaining({ id: 'conv_1' })] })
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=two', 'limit'],
    ['after=nonsense', 'after'],
  ])('refuses ?%s by the name of the field', async (query, param) => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/conversations?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param } })
  })

  it('gives one with its items', async () => {
    await using gateway = await startGateway({ store: await filledStore(1) })
    expect(await read(`${gateway.url}/v1/conversations/conv_1`)).toMatchObject({
      id: 'conv_1',
      revision: 1,
      createdAt: 2000,
      updatedAt: 2000,
      items: [{ item: { id: 'item_1', role: 'user' }, at: 2000 }],
    })
  })

  it.each([
    ['GET', 'conv_none', 404],
    ['DELETE', 'conv_none', 404],
    ['GET', 'conv_none/export', 404],
    ['GET', 'none', 400],
    ['DELETE', `conv_${'x'.repeat(65)}`, 400],
    ['GET', 'conv_1/export?format=pdf', 400],
    ['GET', 'conv_1/export?audio=maybe', 400],
    ['GET', 'conv_1/export?format=html&time_zone=Mars/Base', 400],
    ['GET', 'conv_1/export?format=html&language=tlh', 400],
  ])('answers %s %s with %i', async (method, path, status) => {
    await using gateway = await startGateway({ store: await filledStore(1) })
    const response = await fetch(`${gateway.url}/v1/conversations/${path}`, { method })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({
      error: { param: expect.stringMatching(/id|format|audio|language|time_zone/) },
    })
  })

  it('deletes one for good', async () => {
    await using gateway = await startGateway({ store: await filledStore(2) })
    const url = `${gateway.url}/v1/conversations/conv_1`
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(url)).status).toBe(404)
    expect(await read(`${gateway.url}/v1/conversations`)).toMatchObject({ data: [{ id: 'conv_2' }] })
  })

  it('keeps what was learned of people when it goes, unless that is to go too', async () => {
    const store = await filledStore(2)
    for (const conversationId of ['conv_1', 'conv_2', undefined]) {
      // oxlint-disable-next-line no-await-in-loop
      await store.facts.put('ada', { id: `fact_${conversationId}`, text: 'Likes tea', conversationId })
    }
    await using gateway = await startGateway({ store })
    const url = `${gateway.url}/v1/conversations`
    expect((await fetch(`${url}/conv_1?facts=maybe`, { method: 'DELETE' })).status).toBe(400)
    expect((await fetch(`${url}/conv_1`, { method: 'DELETE' })).status).toBe(204)
    expect(await store.facts.list('ada')).toHaveLength(3)
    const both = await fetch(`${url}/conv_2?facts=true`, { method: 'DELETE' })
    expect(await both.json()).toEqual({ id: 'conv_2', deleted: true, facts: 1 })
    expect((await store.facts.list('ada')).map(({ id }) => id)).toEqual(['fact_conv_1', 'fact_undefined'])
  })

  it('takes back the facts of one that is gone', async () => {
    const store = await filledStore(1)
    await store.facts.put('ada', { id: 'fact_1', text: 'Likes tea', conversationId: 'conv_gone' })
    await using gateway = await startGateway({ store })
    const url = `${gateway.url}/v1/conversations/conv_gone?facts=true`
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(200)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404)
  })

  it.each(['markdown', 'html'])('answers no %s with nothing where it cannot be made', async (format) => {
    const store = memoryStore({ now: () => 9e15 })
    await store.append('conv_1', [], 0)
    await using gateway = await startGateway({ store })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_1/export?format=${format}`)
    expect(response.status).toBe(500)
  })

  it('exports one as a file, as JSON and as Markdown', async () => {
    await using gateway = await startGateway({ store: await filledStore(1) })
    const json = await fetch(`${gateway.url}/v1/conversations/conv_1/export`)
    expect(json.headers.get('content-disposition')).toBe('attachment; filename="conv_1.json"')
    expect(await json.json()).toMatchObject({ id: 'conv_1', items: [{}] })
    const markdown = await fetch(`${gateway.url}/v1/conversations/conv_1/export?format=markdown`)
    expect(markdown.headers.get('content-disposition')).toBe('attachment; filename="conv_1.md"')
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(await markdown.text()).toContain('**You** (1 Jan 1970, 00:00 UTC): Question 1')
  })
})

describe('health', () => {
  it('is ready when everything answers', async () => {
    await using gateway = await startGateway({ checks: new Map([['engines', async () => undefined]]) })
    expect(await read(`${gateway.url}/healthz`)).toEqual({ status: 'ok' })
    expect(await read(`${gateway.url}/readyz`)).toEqual({ status: 'ready', missing: [] })
  })

  it('names what is not ready, without an inner message', async () => {
    const store: ContextStore = {
      ...memoryStore(),
      list: () => Promise.reject(new RealtimeError('store_unavailable', 'disk /dev/x is gone')),
    }
    const checks = new Map([
      ['engines', async () => 'are warming up'],
      ['stuck', () => new Promise<never>(() => undefined)],
    ])
    await using gateway = await startGateway({ store, checks, limits: { readinessTimeoutMs: 20 } })
    const response = await fetch(`${gateway.url}/readyz`)
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({
      status: 'not_ready',
      missing: [
        { name: 'store', reason: 'does not work' },
        { name: 'engines', reason: 'are warming up' },
        { name: 'stuck', reason: 'did not answer in time' },
      ],
    })
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  })

  it('is not ready while draining', async () => {
    await using gateway = await startGateway()
    await gateway.gateway.drain()
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  })
})

describe('anything else', () => {
  it('is answered with an OpenAI-shaped 404', async () => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/nothing`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({
      error: { code: 'not_found', type: 'invalid_request_error' },
    })
  })

  it('is refused when its body is too large, whether its length is told or not', async () => {
    await using gateway = await startGateway({ limits: { maxBodyBytes: 100 } })
    const url = `${gateway.url}/v1/realtime/client_secrets`
    const text = JSON.stringify({ session: { instructions: 'x'.repeat(200) } })
    const bodies = [text, new Blob([text]).stream()]
    for (const body of bodies) {
      const response = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit)
      expect(response.status).toBe(413)
      expect(await response.json()).toMatchObject({ error: { param: 'body' } })
    }
  })

  it.each(['recrod', 'conversation'])('is refused with %s in a client secret', async (param) => {
    await using gateway = await startGateway()
    const response = await fetch(`${gateway.url}/v1/realtime/client_secrets`, {
      method: 'POST',
      body: JSON.stringify({ expires_after: { seconds: 60 }, [param]: 'audio', of_a_vendor: 1 }),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'unknown_parameter', param } })
  })

  it('hides what went wrong inside, and logs it without its message', async () => {
    const store: ContextStore = {
      ...memoryStore(),
      list: () => Promise.reject(new Error('password is hush')),
    }
    await using gateway = await startGateway({ store })
    const response = await fetch(`${gateway.url}/v1/conversations`)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('hush')
    expect(await gateway.whenLogged('request failed')).toMatchObject({ level: 'error', error: 'Error' })
    expect(JSON.stringify(gateway.logged)).not.toContain('hush')
  })
})
