import { describe, expect, it } from 'vitest'
import { blockItemId } from '../../context/plan-context.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { RealtimeError } from '../../errors.ts'
import {
  openTestSession,
  placed,
  testSuccessor,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const pinned = [{ id: 'f1', text: 'The gate is blue.' }]

const hello: Item = {
  id: 'item_a',
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'Hello.' }],
}

/** Instructions the backend was told, in order. */
function instructionsIn(outputs: readonly SessionOutput[]): readonly (string | undefined)[] {
  return toldBackend(outputs).flatMap((event) =>
    event.type === 'session.update' && event.session.type === 'realtime' ? event.session.instructions : [],
  )
}

describe('a session with something to remember', () => {
  it('tells items with the facts before them, and the client what was told', () => {
    const session = openTestSession({ items: [hello], memory: { pinned } })
    const items = toldBackend(session.began).flatMap((event) =>
      event.type === 'conversation.item.create' ? event.item.id : [],
    )
    expect(items).toEqual([blockItemId, 'item_a'])
    const created = toldClient(session.began).find(({ type }) => type === 'conversation.created')
    expect(created).toMatchObject({ parley: { context: { way: 'items', items: 1, pinned: 1 } } })
    expect(created).toMatchObject({ parley: { backend: { backend: 'backend' } } })
  })

  it('hides from the client that its backend was told, also the item of its notes', () => {
    const session = openTestSession({ memory: { pinned } })
    const block: Item = { id: blockItemId, type: 'message', role: 'system', content: [] }
    for (const event of placed(block)) expect(session.provider(event)).toEqual([])
    expect(session.state().conversation.order).toEqual([])
  })

  it('puts what items cannot hold behind the instructions of the client, and takes it off what the client sees', () => {
    const session = openTestSession({ memory: { pinned }, capabilities: { historySeeding: 'both' } })
    const first = session.client({
      type: 'session.update',
      session: { type: 'realtime', instructions: 'Be kind.' },
    })
    const [told] = instructionsIn(first)
    expect(told).toMatch(/^Be kind\.\n\nNotes kept.*The gate is blue\.$/s)
    const seen = toldClient(session.provider(updated({ instructions: told })))
    expect(seen).toMatchObject([{ type: 'session.updated', session: { instructions: 'Be kind.' } }])
    // What leaves the instructions as they are needs nothing said again.
    const later = session.client({ type: 'session.update', session: { type: 'realtime', tools: [] } })
    expect(instructionsIn(later)).toEqual([undefined])
    const cleared = session.client({
      type: 'session.update',
      session: { type: 'realtime', instructions: '' },
    })
    expect(instructionsIn(cleared)[0]).toMatch(/^Notes kept/)
  })

  it('tells it before the first event of a client that sets nothing, and holds that event until it is known', () => {
    const session = openTestSession({ memory: { pinned }, capabilities: { historySeeding: 'instructions' } })
    const outputs = session.client({ type: 'response.create' })
    expect(toldBackend(outputs).map(({ type }) => type)).toEqual(['session.update'])
    expect(instructionsIn(outputs)[0]).toContain('The gate is blue.')
    const after = session.provider(updated({ instructions: instructionsIn(outputs)[0] }))
    expect(toldBackend(after).map(({ type }) => type)).toEqual(['response.create'])
    expect(toldClient(after)).toEqual([])
  })

  it('tells the next backend what was pinned, unpinned and learned since', () => {
    const session = openTestSession({ recovers: true, items: [hello], memory: { pinned } })
    session.input({
      from: 'store',
      entries: [{ type: 'pinned', factId: 'f2', text: 'It has two doors.' }],
      at: 0,
    })
    session.input({ from: 'store', entries: [{ type: 'unpinned', factId: 'f1' }], at: 0 })
    session.input({ from: 'person', facts: [{ id: 'p1', text: 'My name is Ada.' }], at: 0 })
    session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'Gone.'), at: 1 })
    const outputs = session.input({ from: 'upstream', ready: testSuccessor(), at: 2 })
    const told = JSON.stringify(toldBackend(outputs))
    expect(told).toContain('It has two doors.')
    expect(told).toContain('My name is Ada.')
    expect(told).not.toContain('The gate is blue.')
  })

  it('tells nothing to a backend that only writes down speech', () => {
    const session = openTestSession({ kind: 'transcription', items: [hello], memory: { pinned } })
    expect(toldBackend(session.began).map(({ type }) => type)).toEqual(['session.update'])
  })
})

const talk = (from: number, to: number): readonly Item[] =>
  Array.from({ length: to - from }, (_, index): Item => {
    const id = `item_${from + index}`
    const text = `${from + index}: ${'barley and oats '.repeat(10)}`
    return index % 2 === 0
      ? { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }
      : { id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }
  })

const ended = (id: string): readonly ServerEvent[] => [
  { type: 'response.created', event_id: 'e', response: { id, status: 'in_progress' } },
  { type: 'response.done', event_id: 'e', response: { id, status: 'completed', output: [] } },
]

describe('a summary', () => {
  const small = { options: { strategy: 'summary', budgetTokens: 1000 }, canSummarize: true } as const

  /** What the session asks of a summarizer when a response ends. */
  function asked(session: ReturnType<typeof openTestSession>, response = 'resp_1') {
    return ended(response)
      .flatMap((event) => session.provider(event))
      .flatMap((output) => (output.to === 'summarizer' ? output.request : []))
  }

  it('is asked for once the talk no longer fits, of all but its newest part', () => {
    const session = openTestSession({ items: talk(0, 40), memory: small })
    const [request] = asked(session)
    expect(request?.previous).toBeUndefined()
    expect(request?.items[0]?.id).toBe('item_0')
    expect(request?.throughItemId).toBe(request?.items.at(-1)?.id)
    expect(request?.items.length).toBeGreaterThan(20)
    expect(request?.items.length).toBeLessThan(40)
    // One at a time.
    expect(asked(session, 'resp_2')).toEqual([])
  })

  it('is not asked for while everything fits, or where nobody can write it', () => {
    expect(asked(openTestSession({ items: talk(0, 5), memory: small }))).toEqual([])
    expect(asked(openTestSession({ items: talk(0, 40), memory: { ...small, canSummarize: false } }))).toEqual(
      [],
    )
  })

  it('is stored, and is where the next one begins', () => {
    const session = openTestSession({ items: talk(0, 40), memory: small })
    const through = asked(session)[0]?.throughItemId ?? ''
    const summary = { throughItemId: through, text: 'Oats were spoken of.', by: 'm' }
    expect(session.input({ from: 'summarizer', summary, at: 0 })).toEqual([
      { to: 'store', entries: [{ type: 'summary', ...summary }] },
    ])
    for (const item of talk(40, 80)) {
      session.provider({ type: 'conversation.item.done', event_id: 'e', item })
    }
    const [next] = asked(session, 'resp_2')
    expect(next?.previous).toBe('Oats were spoken of.')
    expect(next?.items[0]?.id).toBe(`item_${Number(through.slice('item_'.length)) + 1}`)
  })

  it('that failed is asked for again later', () => {
    const session = openTestSession({ items: talk(0, 40), memory: small })
    expect(asked(session)).toHaveLength(1)
    expect(session.input({ from: 'summarizer', summary: undefined, at: 0 })).toEqual([])
    expect(asked(session, 'resp_2')).toHaveLength(1)
  })

  it('of something deleted meanwhile is thrown away', () => {
    const session = openTestSession({ items: talk(0, 40), memory: small })
    const through = asked(session)[0]?.throughItemId ?? ''
    session.provider({ type: 'conversation.item.deleted', event_id: 'e', item_id: 'item_3' })
    const summary = { throughItemId: through, text: 'Number 3 was secret.', by: 'm' }
    expect(session.input({ from: 'summarizer', summary, at: 0 })).toEqual([])
    expect(session.state().memory.summary).toBeUndefined()
  })
})
