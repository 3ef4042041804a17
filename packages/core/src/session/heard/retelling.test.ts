import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import {
  finished,
  openTestSession,
  placed,
  refusal,
  speaking,
  testSuccessor,
  toldBackend,
  toldClient,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import type { SessionOutput } from '../session-state.ts'

const question: Item = {
  id: 'u1',
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'Count.' }],
}

const speech: ServerEvent = {
  type: 'input_audio_buffer.speech_started',
  event_id: 'e',
  item_id: 'u2',
  audio_start_ms: 0,
}

const gone: ServerEvent = { type: 'conversation.item.deleted', event_id: 'e', item_id: 'a1' }

const again: Item = {
  id: 'a1',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'one' }],
}

/** An answer of four seconds was sent at once, and another backend took over while it sounds. */
function sounding(capabilities: Partial<Capabilities> = {}): TestSession {
  const session = openTestSession({ recovers: true })
  const words = { words: 'one two three four', ms: 4_000 }
  const events = [
    ...placed(question),
    ...speaking('r1', 'a1', words).map(behindQuestion),
    ...finished('r1', 'a1', words).map(behindQuestion),
  ]
  for (const event of events) session.provider(event)
  session.input({
    from: 'provider',
    lost: new RealtimeError('backend_unavailable', 'It fell over.'),
    at: 100,
  })
  session.input({ from: 'upstream', ready: testSuccessor({ capabilities }), at: 200 })
  return session
}

function behindQuestion(event: ServerEvent): ServerEvent {
  if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return event
  return { ...event, previous_item_id: 'u1' }
}

/** The backend has taken in what it was told. */
function echoed(session: TestSession): TestSession {
  for (const item of [question, again]) for (const event of placed(item)) session.provider(event, 300)
  return session
}

function corrections(outputs: readonly SessionOutput[]) {
  return toldBackend(outputs).filter(({ type }) => type.startsWith('conversation.item.'))
}

describe('an answer that a new backend was told as text, and that is interrupted then', () => {
  it('is told once more, at its place and as it was heard', () => {
    const session = echoed(sounding())
    expect(corrections(session.provider(speech, 1_000))).toMatchObject([
      { type: 'conversation.item.delete', item_id: 'a1' },
      { type: 'conversation.item.create', previous_item_id: 'u1', item: again },
    ])
  })

  it('waits until the backend has taken in what it was told first', () => {
    const session = sounding()
    expect(corrections(session.provider(speech, 1_000))).toEqual([])
    const taken = [question, again].flatMap(placed).flatMap((event) => session.provider(event, 1_001))
    expect(corrections(taken)).toMatchObject([
      { type: 'conversation.item.delete', item_id: 'a1' },
      { type: 'conversation.item.create', item: again },
    ])
  })

  it('stays in the conversation for the client, which hears nothing of it', () => {
    const session = echoed(sounding())
    session.provider(speech, 1_000)
    const told = [gone, ...placed(again)].flatMap((event) => session.provider(event, 1_001))
    expect(told).toEqual([])
    expect(session.state().conversation.order).toEqual(['u1', 'a1'])
    expect(session.state().upstream.sent).toEqual([])
  })

  it('is told anew when the client knows better how much was heard, after the first change is done', () => {
    const session = echoed(sounding())
    session.provider(speech, 1_000)
    const truncate = {
      type: 'conversation.item.truncate',
      item_id: 'a1',
      content_index: 0,
      audio_end_ms: 1,
    } as const
    expect(corrections(session.client(truncate, 1_001))).toEqual([])
    const outputs = [gone, ...placed(again)].flatMap((event) => session.provider(event, 1_002))
    // Nothing was heard of it: nothing is left to be told.
    expect(corrections(outputs)).toMatchObject([{ type: 'conversation.item.delete', item_id: 'a1' }])
  })

  it('can be deleted by the client all the same', () => {
    const session = echoed(sounding())
    session.provider(speech, 1_000)
    session.client({ type: 'conversation.item.delete', item_id: 'a1' }, 1_001)
    expect(session.provider(gone, 1_002)).toEqual([])
    for (const event of placed(again)) session.provider(event, 1_002)
    expect(toldClient(session.provider(gone, 1_003))).toMatchObject([{ type: 'conversation.item.deleted' }])
    expect(session.state().conversation.order).toEqual(['u1'])
  })

  it('is left as it was told where the backend forgets nothing, or refuses to', () => {
    const none = echoed(sounding({ itemDeletion: 'none' }))
    expect(corrections(none.provider(speech, 1_000))).toEqual([])
    const session = echoed(sounding())
    const [forget] = corrections(session.provider(speech, 1_000))
    const eventId = forget && 'event_id' in forget ? String(forget.event_id) : ''
    expect(session.provider(refusal('item_delete_invalid_item_id', { eventId }), 1_001)).toEqual([])
    expect(toldClient(session.provider(gone, 1_002))).toHaveLength(1)
  })
})
