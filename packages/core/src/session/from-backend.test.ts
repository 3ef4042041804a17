import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { Item } from '../events/items.ts'
import {
  openTestSession,
  placed,
  refusal,
  speaking,
  toldBackend,
  toldClient,
} from '../testing/session-fixture.ts'
import type { TestSession } from '../testing/session-fixture.ts'

const play = (session: TestSession, events: readonly ServerEvent[]) =>
  events.flatMap((event) => session.provider(event))
const message: Item & { readonly id: string } = {
  id: 'm',
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'hi' }],
}

describe('events Parley does not know', () => {
  const event: ClientEvent = {
    type: 'extension',
    dialect: 'voice-live',
    event: { type: 'session.avatar.connect', event_id: 'c' },
  }

  it('pass to a backend that speaks their dialect', () => {
    const session = openTestSession({ capabilities: { dialect: 'voice-live' } })
    expect(toldBackend(session.client(event))).toEqual([event])
  })

  it.each(['openai-ga', undefined] as const)('are unsupported on a backend that speaks %s', (dialect) => {
    const session = openTestSession({ capabilities: { dialect } })
    const [told] = toldClient(session.client(event))
    expect(told).toMatchObject({ error: { code: 'unsupported', param: 'type', event_id: 'c' } })
    expect(told).toHaveProperty('error.message', expect.stringContaining('session.avatar.connect'))
  })

  it('pass to the client, without deltas of an answer it no longer hears', () => {
    const session = openTestSession()
    const viseme = (type: string): ServerEvent => ({
      type: 'extension',
      dialect: 'voice-live',
      event: { type, response_id: 'r1' },
    })
    play(session, speaking('r1', 'i1', { words: 'Hi', ms: 10 }))
    expect(session.provider(viseme('response.animation_viseme.delta'))).toHaveLength(1)
    session.client({ type: 'response.cancel' })
    expect(session.provider(viseme('response.animation_viseme.delta'))).toEqual([])
    expect(session.provider(viseme('response.animation_viseme.done'))).toHaveLength(1)
  })
})

describe('an item on a backend that forgets nothing', () => {
  it('is deleted here, and said so once', () => {
    const session = openTestSession({ capabilities: { itemDeletion: 'none' } })
    play(session, [...placed(message), ...placed({ ...message, id: 'n' })])
    const outputs = session.client({ type: 'conversation.item.delete', item_id: 'm' })
    expect(toldBackend(outputs)).toEqual([])
    expect(outputs).toContainEqual({ to: 'store', entries: [{ type: 'deleted', itemId: 'm' }] })
    expect(toldClient(outputs).map(({ type }) => type)).toEqual(['warning', 'conversation.item.deleted'])
    expect(
      toldClient(session.client({ type: 'conversation.item.delete', item_id: 'n' })).map(({ type }) => type),
    ).toEqual(['conversation.item.deleted'])
    expect(session.state().conversation.order).toEqual([])
  })
})

describe('errors of the backend', () => {
  it.each([
    'response_cancel_not_active',
    'input_audio_buffer_commit_empty',
    'conversation_already_has_active_response',
    'item_truncate_invalid_item_id',
  ])('%s is told and ends nothing', (code) => {
    const session = openTestSession()
    expect(session.provider(refusal(code)).map(({ to }) => to)).toEqual(['client'])
    expect(session.state().phase).toBe('open')
  })

  it('that answer what the session did by itself are warnings', () => {
    const session = openTestSession({ items: [message] })
    const [id] = session.state().own.keys()
    expect(toldClient(session.provider(refusal('invalid_value', { eventId: id ?? '' })))).toMatchObject([
      { type: 'warning', warning: { message: 'No.' } },
    ])
    expect(toldClient(session.provider(refusal('invalid_value', { eventId: id ?? '' })))).toMatchObject([
      { type: 'error' },
    ])
  })

  it('that end its session end this one: what ran is stored, told, and closed with the code', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two', ms: 100 }))
    const outputs = session.provider(refusal('session_expired'))
    expect(outputs[0]).toMatchObject({
      to: 'store',
      entries: [{ item: { id: 'i1', status: 'incomplete' } }, { type: 'heard', itemId: 'i1' }],
    })
    expect(toldClient(outputs).map(({ type }) => type)).toEqual([
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'error',
    ])
    expect(outputs.at(-1)).toEqual({ to: 'end', close: { code: 1001, reason: 'session_expired' } })
  })
})
