import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import { notesTitle, replacesEarlier } from '../../events/parley-events.ts'
import type { Item } from '../../events/items.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import {
  openTestSession,
  placed,
  testSuccessor,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const gate = { id: 'f1', text: 'The gate is blue.' }
const ada = { id: 'p1', text: 'My name is Ada.' }

const hello: Item = {
  id: 'item_a',
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'Hello.' }],
}

function pin(session: TestSession, ...entries: readonly ContextEntry[]): readonly SessionOutput[] {
  return session.input({ from: 'store', entries, at: 0 })
}

const pinned = ({ id, text } = gate): ContextEntry => ({ type: 'pinned', factId: id, text })

/** The item of notes the backend is told, with its text. */
function noteIn(outputs: readonly SessionOutput[]) {
  const create = toldBackend(outputs).find((event) => event.type === 'conversation.item.create')
  const { id, content } = create?.item.type === 'message' ? create.item : {}
  return { id, text: content?.map((part) => ('text' in part ? part.text : '')).join('') ?? '' }
}

/** The backend answers for items it was told to create and delete. */
function echo(session: TestSession, outputs: readonly SessionOutput[]): readonly SessionOutput[] {
  return toldBackend(outputs).flatMap((event) => answers(event).flatMap((each) => session.provider(each)))
}

function answers(event: ClientEvent): Parameters<TestSession['provider']>[0][] {
  if (event.type === 'conversation.item.create') return [...placed(event.item)]
  if (event.type !== 'conversation.item.delete') return []
  return [{ type: 'conversation.item.deleted', event_id: 'e', item_id: event.item_id }]
}

describe('a fact that is pinned while a session runs', () => {
  it('is told the backend at once, before all items, and the client sees nothing of it', () => {
    const session = openTestSession({ items: [hello] })
    const outputs = pin(session, pinned())
    expect(toldBackend(outputs)).toMatchObject([
      { type: 'conversation.item.create', previous_item_id: 'root', item: { role: 'system' } },
    ])
    expect(noteIn(outputs).text).toMatch(/^Notes kept.*\n- The gate is blue\.$/s)
    expect([...outputs, ...echo(session, outputs)].filter(({ to }) => to !== 'provider')).toEqual([])
    expect(session.state().conversation.order).toEqual(['item_a'])
  })

  it('has the notes replaced that the backend was told before, with all they said', () => {
    const session = openTestSession({ items: [hello], memory: { person: [ada] } })
    echo(session, session.began)
    const first = pin(session, pinned())
    expect(toldBackend(first).map(({ type }) => type)).toEqual([
      'conversation.item.delete',
      'conversation.item.create',
    ])
    expect(toldBackend(first)[0]).toMatchObject({ item_id: noteIn(session.began).id })
    expect(noteIn(first).text).toContain('My name is Ada.')
    expect(noteIn(first).id).not.toBe(noteIn(session.began).id)
    expect(toldClient(echo(session, first))).toEqual([])
    const second = pin(session, pinned({ id: 'f2', text: 'It has two doors.' }))
    expect(toldBackend(second)[0]).toMatchObject({ item_id: noteIn(first).id })
    expect(noteIn(second).text).toMatch(/Ada.*gate is blue.*two doors/s)
  })

  it('and unpinned leaves the backend nothing to know', () => {
    const session = openTestSession({ items: [hello] })
    const first = pin(session, pinned())
    echo(session, first)
    const gone = pin(session, { type: 'unpinned', factId: 'f1' })
    expect(toldBackend(gone)).toMatchObject([{ type: 'conversation.item.delete', item_id: noteIn(first).id }])
    expect(toldClient(echo(session, gone))).toEqual([])
  })

  it('is told once, however often the store tells of it', () => {
    const session = openTestSession({ items: [hello] })
    pin(session, pinned())
    expect(pin(session, pinned())).toEqual([])
  })

  it('has an id that backends take', () => {
    const { id = '' } = noteIn(pin(openTestSession(), pinned()))
    // Real sessions have a seed of 16 letters, this one has one.
    expect(id.length + 15).toBeLessThanOrEqual(32)
  })

  it('waits for the next backend where there is none, and is told once then', () => {
    const session = openTestSession({ recovers: true, items: [hello] })
    session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'Gone.'), at: 1 })
    expect(pin(session, pinned())).toEqual([])
    const outputs = session.input({ from: 'upstream', ready: testSuccessor(), at: 2 })
    expect(JSON.stringify(toldBackend(outputs)).split('The gate is blue.')).toHaveLength(2)
  })

  it('replaces in a new session the notes that one was told', () => {
    const session = openTestSession({ recovers: true, items: [hello] })
    pin(session, pinned())
    session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'Gone.'), at: 1 })
    const seeded = session.input({ from: 'upstream', ready: testSuccessor(), at: 2 })
    const outputs = pin(session, pinned({ id: 'f2', text: 'It has two doors.' }))
    expect(toldBackend(outputs)[0]).toMatchObject({ item_id: noteIn(seeded).id })
  })

  it('is not told who only writes down speech, nor a backend that cannot be told', () => {
    expect(pin(openTestSession({ kind: 'transcription' }), pinned())).toEqual([])
    expect(pin(openTestSession({ capabilities: { historySeeding: 'none' } }), pinned())).toEqual([])
  })
})

describe('facts of a person', () => {
  it('deleted by others are told as gone', () => {
    const session = openTestSession({ memory: { person: [ada] } })
    echo(session, session.began)
    const outputs = session.input({ from: 'person', facts: [], byOthers: true, at: 0 })
    expect(toldBackend(outputs)).toMatchObject([
      { type: 'conversation.item.delete', item_id: noteIn(session.began).id },
    ])
  })

  it('learned from the talk are no news to the backend; one that is gone is', () => {
    const session = openTestSession({ memory: { person: [ada] } })
    echo(session, session.began)
    const ulm = { id: 'p2', text: 'I live in Ulm.' }
    expect(session.input({ from: 'person', facts: [ada, ulm], at: 0 })).toEqual([])
    const outputs = session.input({ from: 'person', facts: [ulm], at: 0 })
    expect(noteIn(outputs).text).toMatch(/- I live in Ulm\.$/)
    expect(noteIn(outputs).text).not.toContain('Ada')
  })
})

describe('at a backend that forgets no items', () => {
  const forgetsNothing = { itemDeletion: 'none' } as const

  it('newer notes come last and take the place of all before', () => {
    const session = openTestSession({
      capabilities: forgetsNothing,
      items: [hello],
      memory: { person: [ada] },
    })
    const outputs = pin(session, pinned())
    expect(toldBackend(outputs)).toHaveLength(1)
    expect(toldBackend(outputs)[0]).not.toHaveProperty('previous_item_id')
    expect(noteIn(outputs).text).toMatch(/^Notes kept[^\n]*forget what those said\.\n\n.*Ada.*gate is blue/s)
    expect(toldClient(echo(session, outputs))).toEqual([])
    const more = pin(session, pinned({ id: 'f2', text: 'It has two doors.' }))
    expect(noteIn(more).text.split(replacesEarlier)).toHaveLength(2)
    expect(noteIn(more).text).toMatch(/Ada.*gate is blue.*two doors/s)
  })

  it('an end of all facts is said, and what comes after that is not said before it', () => {
    const session = openTestSession({ capabilities: forgetsNothing, memory: { person: [ada] } })
    const gone = noteIn(session.input({ from: 'person', facts: [], byOthers: true, at: 0 }))
    expect(gone.text.startsWith(notesTitle)).toBe(true)
    expect(gone.text.endsWith(replacesEarlier)).toBe(true)
    expect(session.input({ from: 'person', facts: [], byOthers: true, at: 0 })).toEqual([])
    const [told] = toldBackend(pin(session, pinned()))
    expect(told).not.toHaveProperty('previous_item_id')
    expect(JSON.stringify(told)).toContain(replacesEarlier)
  })
})

describe('at a backend that is told in its instructions', () => {
  const inInstructions = { historySeeding: 'both', updatable: ['instructions'] } as const
  const ofUpdates = (outputs: readonly SessionOutput[]) =>
    toldBackend(outputs).flatMap((event) =>
      event.type === 'session.update' && event.session.type === 'realtime' ? event.session.instructions : [],
    )

  function opened(memory: Parameters<typeof openTestSession>[0] = {}) {
    const session = openTestSession({ capabilities: inInstructions, ...memory })
    const [told] = ofUpdates(
      session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'Be kind.' } }),
    )
    session.provider(updated({ instructions: told ?? '' }))
    return session
  }

  it('a fact goes behind the instructions of the client, who does not see it', () => {
    const session = opened()
    const outputs = pin(session, pinned())
    const [told] = ofUpdates(outputs)
    expect(told).toMatch(/^Be kind\.\n\nNotes kept.*- The gate is blue\.$/s)
    expect(session.provider(updated({ instructions: told ?? '' }))).toEqual([])
  })

  it('facts that are gone leave the instructions of the client', () => {
    const session = opened({ memory: { person: [ada] } })
    const outputs = session.input({ from: 'person', facts: [], byOthers: true, at: 0 })
    expect(ofUpdates(outputs)).toEqual(['Be kind.'])
  })

  it('facts that are gone are said to be where the client has no instructions', () => {
    const session = openTestSession({ capabilities: inInstructions, memory: { person: [ada] } })
    session.client({ type: 'response.create' })
    session.provider(updated({}))
    const outputs = session.input({ from: 'person', facts: [], byOthers: true, at: 0 })
    expect(ofUpdates(outputs)).toEqual([expect.stringMatching(/^Notes kept[^\n]*forget what those said\.$/)])
    expect(session.input({ from: 'person', facts: [], byOthers: true, at: 0 })).toEqual([])
    expect(ofUpdates(pin(session, pinned()))[0]).toMatch(/gate is blue/)
  })

  it('a report from before does not show the client a fact, and instructions under way are kept', () => {
    const session = opened({ memory: { person: [ada] } })
    const [before] = ofUpdates(
      session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } }),
    )
    const [after] = ofUpdates(pin(session, pinned()))
    expect(after).toMatch(/^Be brief\.\n\nNotes kept.*The gate is blue/s)
    const seen = toldClient(session.provider(updated({ instructions: before ?? '' })))
    expect(seen).toMatchObject([{ type: 'session.updated', session: { instructions: 'Be brief.' } }])
  })

  it('the first update of the client brings all of it where it has said nothing', () => {
    const session = openTestSession({ capabilities: inInstructions, memory: { person: [ada] } })
    expect(pin(session, pinned())).toEqual([])
    const outputs = session.client({ type: 'session.update', session: { type: 'realtime' } })
    expect(ofUpdates(outputs)[0]).toMatch(/Ada.*gate is blue/s)
  })

  it('instructions that can no longer change are left alone', () => {
    const session = opened({ capabilities: { ...inInstructions, updatable: [] } })
    session.client({ type: 'input_audio_buffer.clear' })
    session.client({ type: 'response.create' })
    expect(pin(session, pinned())).toEqual([])
  })
})
