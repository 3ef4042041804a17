import { openaiGa } from '@parley/core'
import { memoryStore } from '@parley/core/storage'
import type { ContextEntry, ContextStore } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { adoptSession } from './adopt-session.ts'
import type { LiveSessions, SessionRecord } from './live-sessions.ts'

const record = {
  id: 'live_1',
  conversationId: 'conv_1',
  openedAt: 0,
  gapAt: 0,
  standing: { sent: 0, received: 0, taken: 0, isAtRest: false, snapshot: undefined },
} as unknown as SessionRecord

const said = (id: string): ContextEntry => ({
  type: 'item',
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: id }] },
  previousItemId: null,
})

/** A store in which a write of the dead process arrives between the first look and the first append. */
function withLateWrite(memory: ContextStore): ContextStore {
  let isLate = true
  return {
    ...memory,
    async append(id, entries, revision) {
      if (isLate) {
        isLate = false
        await memory.append(id, [said('late')], revision)
      }
      return await memory.append(id, entries, revision)
    },
    [Symbol.asyncDispose]: () => memory[Symbol.asyncDispose](),
  }
}

describe('a session whose process has died', () => {
  it('is taken over with what that process had under way, and keeps out what comes later', async () => {
    await using memory = memoryStore()
    await memory.append('conv_1', [said('a')], 0)
    const sessions = { frames: async () => [] } as unknown as LiveSessions
    const adopted = await adoptSession({
      record,
      dialect: openaiGa,
      after: 0,
      backend: { backend: 'openai', model: undefined },
      sessions,
      store: withLateWrite(memory),
      newId: (prefix) => `${prefix}_1`,
    })
    const stored = await memory.load('conv_1')
    expect(stored?.entries.map(({ entry }) => entry.type)).toEqual([
      'erased',
      'erased',
      'deleted',
      'deleted',
      'life',
    ])
    expect(adopted.redone.itemIds).toEqual(new Set())
    await expect(memory.append('conv_1', [said('later')], 2)).rejects.toMatchObject({
      code: 'revision_conflict',
    })
  })

  it('does not take again what it stores because the client was told of it', async () => {
    await using memory = memoryStore()
    const [encoder, { item }] = [openaiGa.acceptor(), said('a') as Extract<ContextEntry, { type: 'item' }>]
    const done = { type: 'conversation.item.done', event_id: 'e', item, previous_item_id: null } as const
    const frames = encoder.encode(done).map((frame, index) => ({ number: index + 1, frame }))
    const adopted = await adoptSession({
      record,
      dialect: openaiGa,
      after: 1,
      backend: { backend: 'openai', model: undefined },
      sessions: { frames: async () => frames } as unknown as LiveSessions,
      store: memory,
      newId: (prefix) => `${prefix}_1`,
    })
    expect((await memory.load('conv_1'))?.entries.map(({ entry }) => entry.type)).toEqual(['item', 'life'])
    expect(adopted.redone.itemIds).toEqual(new Set(['a']))
  })
})
