import { memoryStore } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { startGateway } from '../testing/gateway-under-test.ts'

/** A store with `conv_1`: a question with its sound, and an answer that was cut off. */
async function talkedStore(): Promise<ContextStore> {
  const store = memoryStore()
  await store.append(
    'conv_1',
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
  await store.putAudio('conv_1', {
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
    const response = await fetch(`${gateway.url}/v1/conversations/conv_1`)
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
    const response = await fetch(`${gateway.url}/v1/conversations/conv_1/audio/item_1/0`)
    expect(response.headers.get('content-type')).toBe('audio/wav')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]))
  })

  it('never opens as a page, whatever it was imported as', async () => {
    const store = await talkedStore()
    const part = { itemId: 'item_2', contentIndex: 0, durationMs: 1, bytes: new Uint8Array([60]) }
    await store.putAudio('conv_1', { ...part, mediaType: 'text/html' })
    await using gateway = await startGateway({ store })
    const response = await fetch(`${gateway.url}/v1/conversations/conv_1/audio/item_2/0`)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
  })

  it.each([
    'conv_1/audio/item_1/1',
    'conv_1/audio/item_9/0',
    'conv_2/audio/item_1/0',
    'conv_1/audio/item_1/x',
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
    const response = await fetch(`${gateway.url}/v1/conversations/conv_1/export?format=html`)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="conv_1.html"')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    const page = await response.text()
    expect(page).toContain('Three <s title="Not heard">hundred miles.</s>')
    expect(page).toContain('data:audio/wav;base64,AQID')
  })
})

describe('PUT /v1/conversations/:id/retention', () => {
  it('sets a time after which it is deleted, and takes it back', async () => {
    await using gateway = await startGateway({ store: await talkedStore() })
    const url = `${gateway.url}/v1/conversations/conv_1`

    const set = await put(`${url}/retention`, { seconds: 86_400 })
    expect(await set.json()).toEqual({ id: 'conv_1', seconds: 86_400 })
    expect(await (await fetch(url)).json()).toMatchObject({ retentionSeconds: 86_400 })

    expect((await put(`${url}/retention`, { seconds: null })).status).toBe(200)
    expect(await (await fetch(url)).json()).not.toHaveProperty('retentionSeconds')
  })

  it.each([[{}], [{ seconds: 0 }], [{ seconds: 90.5 }], [{ seconds: '60' }], [{ seconds: 4e9 }]])(
    'refuses %j by the name of the field',
    async (body) => {
      await using gateway = await startGateway({ store: await talkedStore() })
      const response = await put(`${gateway.url}/v1/conversations/conv_1/retention`, body)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_value', param: 'seconds' } })
    },
  )

  it('is not found for an unknown conversation', async () => {
    await using gateway = await startGateway()
    const response = await put(`${gateway.url}/v1/conversations/conv_1/retention`, { seconds: 60 })
    expect(response.status).toBe(404)
  })
})
