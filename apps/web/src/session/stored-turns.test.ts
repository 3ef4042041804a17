import { describe, expect, it } from 'vitest'
import type { StoredConversation } from '../gateway-client.ts'
import { storedTurns } from './stored-turns.ts'

const said = (id: string, role: 'user' | 'assistant', text: string, at: number) => ({
  at,
  item: {
    id,
    type: 'message' as const,
    role,
    content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
  },
})
const conversation = {
  id: 'conv_1',
  revision: 6,
  items: [
    said('item_1', 'user', 'Hello.', 100),
    { ...said('item_2', 'assistant', 'Hello there.', 200), heard: { audioEndMs: 300, transcript: 'Hello' } },
    said('item_3', 'user', 'Again.', 400),
  ],
  life: [
    { at: 300, event: 'migrated', backend: 'local', detail: 'failover' },
    { at: 500, event: 'disconnected', backend: 'local' },
  ],
  responses: [
    { at: 200, responseId: 'resp_1', status: 'completed', backend: 'openai', model: 'gpt-realtime' },
  ],
  audio: [{ itemId: 'item_2', contentIndex: 1 }],
  // Items are as the wire has them; only what the turns show is given here.
} as unknown as StoredConversation

describe('a stored conversation', () => {
  it('shows what was heard, whose sound is kept, and where another backend went on', () => {
    const turns = storedTurns(conversation)
    expect(turns.map(({ itemId, notice }) => notice?.kind ?? itemId)).toEqual([
      'item_1',
      'item_2',
      'migrated',
      'item_3',
    ])
    expect(turns[1]).toMatchObject({ text: 'Hello there.', heard: 'Hello', sound: 1 })
    expect(turns[0]?.sound).toBeUndefined()
    expect(turns[2]?.notice).toMatchObject({
      reason: 'failover',
      from: { backend: 'openai', model: 'gpt-realtime' },
      to: { backend: 'local' },
      restored: undefined,
    })
  })

  it('names who answered, and marks where a person chose another backend', () => {
    const turns = storedTurns({
      ...conversation,
      life: [
        { at: 50, event: 'connected', backend: 'openai' },
        { at: 350, event: 'connected', backend: 'local' },
        { at: 380, event: 'connected', backend: 'local' },
      ],
      responses: [
        { at: 250, responseId: 'resp_1', itemIds: ['item_2'], status: 'completed', backend: 'openai' },
      ],
    })
    expect(turns[1]?.by?.backend).toBe('openai')
    expect(turns.filter(({ notice }) => notice).map(({ notice }) => notice)).toEqual([
      {
        kind: 'switched',
        from: { backend: 'openai', model: undefined },
        to: { backend: 'local', model: undefined },
      },
    ])
  })

  it('says of an answer that broke off what was said of it then', () => {
    const [, answer] = storedTurns({
      ...conversation,
      responses: [
        { at: 250, responseId: 'resp_1', itemIds: ['item_2'], status: 'failed', backend: 'openai' },
      ],
    })
    expect(answer).toMatchObject({ brokeOff: true, heard: 'Hello' })
  })

  it('says where it is from, when it is a copy', () => {
    const turns = storedTurns({ ...conversation, life: [{ at: 900, event: 'forked', detail: 'conv_0' }] })
    expect(turns.at(-1)?.notice).toEqual({ kind: 'copied', how: 'forked', origin: 'conv_0' })
  })
})
