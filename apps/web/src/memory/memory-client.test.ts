import { afterEach, describe, expect, it, vi } from 'vitest'
import { GatewayError } from '../gateway-request.ts'
import { memoryClient } from './memory-client.ts'

const memory = memoryClient('https://gateway.test')

/** Answers every request with this and gives what was asked. */
function answering(response: Response): { readonly asked: () => readonly string[] } {
  const fetched = vi.fn((_url: string, _init?: { readonly method?: string; readonly body?: string }) =>
    Promise.resolve(response.clone()),
  )
  vi.stubGlobal('fetch', fetched)
  return {
    asked: () =>
      fetched.mock.calls.map(([url, init]) =>
        [init?.method ?? 'GET', url.replace('https://gateway.test/v1/', ''), init?.body ?? '']
          .join(' ')
          .trim(),
      ),
  }
}

afterEach(() => vi.unstubAllGlobals())

describe('what the gateway remembers', () => {
  it.each([
    [
      'adds a pinned fact',
      () => memory.pinned('c/1').add('Nuts.'),
      'POST conversations/c%2F1/facts {"text":"Nuts."}',
    ],
    [
      'changes a fact of a person',
      () => memory.person('Ada').change({ id: 'f', text: 'Oslo' }),
      'PATCH people/Ada/facts/f {"text":"Oslo"}',
    ],
    ['deletes one of them', () => memory.person('Ada').remove('f'), 'DELETE people/Ada/facts/f'],
    ['deletes all of them', () => memory.person('Ada').removeAll(), 'DELETE people/Ada/facts'],
    [
      'keeps for ever',
      () => memory.setRetention('c', null),
      'PUT conversations/c/retention {"seconds":null}',
    ],
    [
      'goes on from an item',
      () => memory.fork('c', 'item_2'),
      'POST conversations/c/fork {"item_id":"item_2"}',
    ],
  ])('%s', async (_title, act, request) => {
    const { asked } = answering(Response.json({ id: 'conv_2', data: [] }))
    await act()
    expect(asked()).toEqual([request])
  })

  it('asks for a preview by what was chosen, and leaves the rest to the gateway', async () => {
    const { asked } = answering(Response.json({}))
    const { signal } = new AbortController()
    await memory.preview('c', { backend: 'local', strategy: '', budget: 0, person: '' }, signal)
    await memory.preview('c', { backend: 'local', strategy: 'recent', budget: 2000, person: 'Ada' }, signal)
    expect(asked()).toEqual([
      'GET conversations/c/context?backend=local',
      'GET conversations/c/context?backend=local&strategy=recent&budget=2000&person=Ada',
    ])
  })

  it('has no sound where none was kept, and says any other refusal', async () => {
    answering(Response.json({ error: { message: 'None.' } }, { status: 404 }))
    expect(await memory.soundOf('c', 'i', 0)).toBeUndefined()
    answering(Response.json({ error: { message: 'Later.' } }, { status: 503 }))
    await expect(memory.soundOf('c', 'i', 0)).rejects.toThrow('Later.')
  })

  it('names the field of a file that does not fit', async () => {
    answering(Response.json({ error: { message: 'No text.', param: 'items.3.item' } }, { status: 400 }))
    const refused = memory.importConversation(new Blob(['{}']))
    await expect(refused).rejects.toMatchObject({ status: 400, message: 'No text.', param: 'items.3.item' })
    await expect(refused).rejects.toBeInstanceOf(GatewayError)
  })
})
