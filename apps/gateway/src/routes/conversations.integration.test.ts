import { memoryStore } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'

/** A store with `conv_talk`: a question with its sound, and an answer that was cut off. */
async function talkedStore(): Promise<ContextStore> {
  const store = memoryStore()
  await store.append(
    'conv_talk',
    [
      { type: 'life', event: 'connected', backend: 'scripted' },
      {
        type: 'item',
        previousItemId: null,
        item: {
          id: 'item_1',
          type: 'message',
          role: 'user',
          content: [{ type: 'input_audio', transcript: 'How far?' }],
        },
      },
      {
        type: 'item',
        previousItemId: 'item_1',
        item: {
          id: 'item_2',
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_audio', transcript: 'Three hundred miles.' }],
        },
      },
      {
        type: 'heard',
        itemId: 'item_2',
        contentIndex: 0,
        generatedMs: 1400,
        heardMs: 500,
        heardTranscript: 'Three',
        by: 'playback',
      },
    ],
    0,
  )
  await store.putAudio('conv_talk', {
    itemId: 'item_1',
    contentIndex: 0,
    mediaType: 'audio/wav',
    durationMs: 20,
    bytes: new Uint8Array([1, 2, 3]),
  })
  return store
}

function put(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'PUT', body: JSON.stringify(body) })
}

describe('GET /v1/conversations/:id', () => {
  it('tells how much was made and heard, what happened, and what sound is kept', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_talk`)
    expect(await response.json()).toMatchObject({
      items: [
        { item: { id: 'item_1' } },
        { item: { id: 'item_2' }, heard: { audioEndMs: 500, generatedMs: 1400, by: 'playback' } },
      ],
      life: [{ event: 'connected', backend: 'scripted' }],
      audio: [{ itemId: 'item_1', contentIndex: 0, mediaType: 'audio/wav', byteLength: 3 }],
    })
  })
})

describe('the sound of a part', () => {
  it('is given as it was kept, for a player only', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_talk/audio/item_1/0`)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('never opens as a page, whatever it was imported as', async () => {
    const store = await talkedStore()
    const part = { itemId: 'item_2', contentIndex: 0, durationMs: 1, bytes: new Uint8Array([60]) }
    await store.putAudio('conv_talk', { ...part, mediaType: 'text/html' })
    await using gateway = await startGateway({ store })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_talk/audio/item_2/0`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
  })

  it.each([
    'conv_talk/audio/item_1/1',
    'conv_talk/audio/item_9/0',
    'conv_2/audio/item_1/0',
    'conv_talk/audio/item_1/x',
  ])('is not found at %s', async (path) => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await fetch(`${gateway.url}/v1/conversations/${path}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } })
  })
})

describe('the page of a conversation', () => {
  it('holds words and sound, and a browser that opens it can do nothing but show it', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_talk/export?format=html`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="conv_talk.html"')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    const page = await response.text()
    expect(page).toContain('Three <s title="Not heard">hundred miles.</s>')
    expect(page).toContain('data:audio/wav;base64,AQID')
  })
})

describe('PUT /v1/conversations/:id/retention', () => {
  it('sets a time after which it is deleted, and takes it back', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const url = `${gateway.url}/v1/conversations/conv_talk`

    const set = await put(`${url}/retention`, { seconds: 86_400 })
    expect(await set.json()).toEqual({ id: 'conv_talk', seconds: 86_400 })
    expect(await (await fetch(url)).json()).toMatchObject({ retentionSeconds: 86_400 })

    expect((await put(`${url}/retention`, { seconds: null })).status).toBe(200)
    expect(await (await fetch(url)).json()).not.toHaveProperty('retentionSeconds')
  })

  it.each([
    [{}],
    [{ seconds: 0 }],
    [{ seconds: 3599 }],
    [{ seconds: 9000.5 }],
    [{ seconds: '3600' }],
    [{ seconds: 4e9 }],
  ])('refuses %j by the name of the field', async (body) => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await put(`${gateway.url}/v1/conversations/conv_talk/retention`, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param: 'seconds' } })
  })

  it('is not found for an unknown conversation', async () => {
    await using gateway = await startGateway()
    const response = await put(`${gateway.url}/v1/conversations/conv_talk/retention`, { seconds: 3600 })
    expect(response.status).toBe(404)
  })
})

function post(url: string, body: unknown = {}): Promise<Response> {
  return fetch(url, { method: 'POST', body: JSON.stringify(body) })
}

describe('a fork', () => {
  it('begins a conversation of its own with everything up to an item, sound and cut included', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const url = `${gateway.url}/v1/conversations`
    const whole = await post(`${url}/conv_talk/fork`, { id: 'conv_whole' })
    expect(whole.status).toBe(201)
    expect(whole.headers.get('location')).toBe('/v1/conversations/conv_whole')
    expect(await whole.json()).toMatchObject({
      id: 'conv_whole',
      items: [{ item: { id: 'item_1' } }, { item: { id: 'item_2' }, heard: { transcript: 'Three' } }],
      life: [{ event: 'forked', detail: 'conv_talk' }],
      audio: [{ itemId: 'item_1' }],
    })

    const first = await post(`${url}/conv_talk/fork`, { item_id: 'item_1' })
    expect(await first.json()).toMatchObject({ items: [{ item: { id: 'item_1' } }] })
  })

  it.each([
    ['conv_talk', { item_id: 'item_9' }, 404, 'item_id'],
    ['conv_9', {}, 404, 'id'],
    ['conv_talk', { id: 'conv_talk' }, 409, 'id'],
    ['conv_talk', { id: 'nonsense' }, 400, 'id'],
    ['conv_talk', { item: 'item_1' }, 400, 'item'],
  ])('of %s by %j is refused with %i by the name of the field', async (from, body, status, param) => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const response = await post(`${gateway.url}/v1/conversations/${from}/fork`, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: { param } })
  })
})

describe('an export', () => {
  async function exported(store: ContextStore, query = ''): Promise<string> {
    await using gateway = await startGateway({ store })
    return (await fetch(`${gateway.url}/v1/conversations/conv_talk/export?${query}`)).text()
  }

  it('is imported elsewhere under its own id, with times, sound and retention time', async () => {
    const store = await talkedStore()
    await store.setRetention('conv_talk', 86_400)
    await using gateway = await startGateway()
    const url = `${gateway.url}/v1/conversations`
    const response = await fetch(`${url}/import`, { method: 'POST', body: await exported(store) })

    expect(response.status).toBe(201)
    const original = await store.load('conv_talk')
    expect(await response.json()).toMatchObject({
      id: 'conv_talk',
      createdAt: original?.createdAt,
      retentionSeconds: 86_400,
      items: [{ at: original?.entries[1]?.at }, { heard: { transcript: 'Three' } }],
      life: [{ event: 'connected' }, { event: 'imported' }],
    })
    const sound = await fetch(`${url}/conv_talk/audio/item_1/0`)
    expect(new Uint8Array(await sound.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('gets a new id where its own is taken, unless one is asked for', async () => {
    const store = await talkedStore()
    const body = await exported(store)
    await using gateway = await startGateway({ store })
    const url = `${gateway.url}/v1/conversations/import`

    const again = await fetch(url, { method: 'POST', body })
    expect(again.status).toBe(201)
    expect(await again.json()).not.toMatchObject({ id: 'conv_talk' })
    const taken = await fetch(`${url}?id=conv_talk`, { method: 'POST', body })
    expect(taken.status).toBe(409)
    const message = 'There is such a conversation already.'
    expect(await taken.json()).toMatchObject({ error: { param: 'id', message } })
    expect(await (await fetch(`${url}?id=conv_2`, { method: 'POST', body })).json()).toMatchObject({
      id: 'conv_2',
    })
  })

  it('leaves sound out where it is told to', async () => {
    const store = await talkedStore()
    expect(await exported(store)).toContain('"AQID"')
    expect(await exported(store, 'audio=false')).not.toContain('AQID')
    expect(await exported(store, 'format=html&audio=false')).not.toContain('<audio')
  })

  it('that is broken is refused by the name of the field, and leaves nothing', async () => {
    await using gateway = await startGateway()
    const url = `${gateway.url}/v1/conversations`
    const whole: { entries: { entry: object }[] } = JSON.parse(await exported(await talkedStore()))
    whole.entries[1] = { ...whole.entries[1], entry: { type: 'item', previousItemId: null } }
    const response = await post(`${url}/import`, whole)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { param: expect.stringMatching(/^entries\.1\./) } })
    expect(await (await fetch(url)).json()).toMatchObject({ data: [] })
  })

  it('may be larger than any other body', async () => {
    const store = await talkedStore()
    const bytes = new Uint8Array(2_000_000)
    const part = { itemId: 'item_2', contentIndex: 0, mediaType: 'audio/wav', durationMs: 1 }
    await store.putAudio('conv_talk', { ...part, bytes })
    await using gateway = await startGateway()
    const body = await exported(store)
    const response = await fetch(`${gateway.url}/v1/conversations/import`, { method: 'POST', body })
    expect(response.status).toBe(201)
  })
})
