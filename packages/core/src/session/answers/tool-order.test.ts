import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import {
  calling,
  openTestSession,
  placed,
  refusal,
  speaking,
  toldBackend,
  toldClient,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'

const play = (session: TestSession, events: readonly ServerEvent[]) =>
  events.flatMap((event) => session.provider(event))
const output = (callId: string, eventId = `for ${callId}`): ClientEvent => ({
  type: 'conversation.item.create',
  event_id: eventId,
  item: { type: 'function_call_output', call_id: callId, output: '1' },
})
const create: ClientEvent = { type: 'response.create' }
const done = (id: string): ServerEvent => ({
  type: 'response.done',
  event_id: 'e',
  response: { id, status: 'completed', conversation_id: 'conv_1', output: [] },
})
const kinds = (events: readonly ClientEvent[]): readonly string[] =>
  events.map((event) =>
    event.type === 'conversation.item.create' && event.item.type === 'function_call_output'
      ? event.item.call_id
      : event.type,
  )

describe('outputs of function calls', () => {
  it('wait until the response that made the calls is done, and the next response with them', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a', 'b']))
    expect(session.client(output('a'))).toEqual([])
    expect(session.client(output('b'))).toEqual([])
    expect(session.client(create)).toEqual([])
    const outputs = session.provider(done('r1'))
    expect(outputs.map(({ to }) => to)).toEqual(['store', 'client', 'provider', 'provider', 'provider'])
    expect(kinds(toldBackend(outputs))).toEqual(['a', 'b', 'response.create'])
  })

  it('pass at once when that response is done', () => {
    const session = openTestSession()
    play(session, [...calling('r1', ['a']), done('r1')])
    expect(kinds(toldBackend(session.client(output('a'))))).toEqual(['a'])
    expect(kinds(toldBackend(session.client(create)))).toEqual(['response.create'])
  })

  it('keep their place before other items', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a']))
    session.client(output('a'))
    const message: ClientEvent = {
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [] },
    }
    expect(session.client(message)).toEqual([])
    expect(kinds(toldBackend(session.provider(done('r1'))))).toEqual(['a', 'conversation.item.create'])
  })

  it('are taken once', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a']))
    session.client(output('a'))
    expect(toldClient(session.client(output('a', 'again')))).toMatchObject([
      { error: { code: 'invalid_value', param: 'item.call_id', event_id: 'again' } },
    ])
    session.provider(done('r1'))
    expect(toldClient(session.client(output('a', 'again')))).toMatchObject([{ type: 'error' }])
    play(session, placed({ id: 'o', type: 'function_call_output', call_id: 'a', output: '1' }))
    expect(toldClient(session.client(output('a', 'again')))).toMatchObject([{ type: 'error' }])
  })

  it('may be sent again when the backend refused the first, or it was deleted', () => {
    const session = openTestSession()
    play(session, [...calling('r1', ['a']), done('r1')])
    session.client(output('a', 'first'))
    session.provider(refusal('invalid_value', { eventId: 'first' }))
    expect(toldBackend(session.client(output('a')))).toHaveLength(1)
    play(session, placed({ id: 'o', type: 'function_call_output', call_id: 'a', output: '1' }))
    session.provider({ type: 'conversation.item.deleted', event_id: 'e', item_id: 'o' })
    expect(toldBackend(session.client(output('a')))).toHaveLength(1)
  })
})

describe('a response asked for while one runs', () => {
  it('waits once after function calls, and is refused a second time', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a']))
    expect(session.client(create)).toEqual([])
    expect(toldClient(session.client({ ...create, event_id: 'two' }))).toMatchObject([
      { error: { code: 'conversation_already_has_active_response', event_id: 'two' } },
    ])
  })

  it('is refused without function calls', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 10 }))
    expect(toldClient(session.client(create))).toMatchObject([
      { error: { code: 'conversation_already_has_active_response' } },
    ])
  })

  it('is refused at once for what is wrong with it', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a']))
    const event: ClientEvent = { type: 'response.create', response: { audio: { output: { voice: 'zoe' } } } }
    expect(toldClient(session.client(event))).toMatchObject([{ error: { code: 'invalid_value' } }])
  })

  it('goes out only when a response that came between is done, too', () => {
    const session = openTestSession()
    play(session, calling('r1', ['a']))
    session.client(create)
    // The user spoke, and the backend began to answer at once.
    const between = play(session, speaking('r2', 'i2', { words: 'Yes?', ms: 10 }))
    expect(toldBackend(between)).toEqual([])
    expect(kinds(toldBackend(session.provider(done('r2'))))).toEqual(['response.create'])
  })
})
