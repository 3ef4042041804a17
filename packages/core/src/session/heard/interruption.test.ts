import { describe, expect, it } from 'vitest'
import type { ServerEvent } from '../../events/server-events.ts'
import {
  finished,
  openTestSession,
  silence,
  speaking,
  toldBackend,
  toldClient,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'

const play = (session: TestSession, events: readonly ServerEvent[]) =>
  events.flatMap((event) => session.provider(event))
const types = (events: readonly { type: string }[]): readonly string[] => events.map(({ type }) => type)
const late: ServerEvent = {
  type: 'response.output_audio.delta',
  event_id: 'e',
  response_id: 'r1',
  item_id: 'i1',
  output_index: 0,
  content_index: 0,
  delta: silence(100),
}
const uninterruptible = { capabilities: { interruption: 'none' } } as const

describe('on a backend that cannot be interrupted', () => {
  it('a cancelled response ends here, once, and what it still says is dropped', () => {
    const session = openTestSession(uninterruptible)
    play(session, speaking('r1', 'i1', { words: 'One two', ms: 100 }))
    const outputs = session.client({ type: 'response.cancel' }, 100)
    expect(toldBackend(outputs)).toEqual([])
    expect(outputs[0]).toEqual({ to: 'outbox', dropAudioOf: 'r1' })
    expect(toldClient(outputs)).toMatchObject([
      { type: 'conversation.item.done', item: { id: 'i1', status: 'incomplete' } },
      { type: 'response.output_item.done' },
      {
        type: 'response.done',
        response: {
          id: 'r1',
          status: 'cancelled',
          status_details: { type: 'cancelled', reason: 'client_cancelled' },
        },
      },
    ])
    expect(play(session, [late, ...finished('r1', 'i1', { words: 'One two three' })])).toEqual([])
    expect(session.state().conversation.items.get('i1')).toMatchObject({
      content: [{ type: 'output_audio', transcript: 'One two' }],
    })
  })

  it('speech of the user does the same', () => {
    const session = openTestSession(uninterruptible)
    play(session, speaking('r1', 'i1', { words: 'One two', ms: 100 }))
    const outputs = session.provider({
      type: 'input_audio_buffer.speech_started',
      event_id: 'e',
      audio_start_ms: 0,
      item_id: 'u',
    })
    expect(toldClient(outputs).at(-1)).toMatchObject({
      type: 'response.done',
      response: { status: 'cancelled', status_details: { reason: 'turn_detected' } },
    })
    expect(play(session, [late])).toEqual([])
  })

  it('the next response waits until the backend is done with the last', () => {
    const session = openTestSession(uninterruptible)
    play(session, speaking('r1', 'i1', { words: 'One two', ms: 100 }))
    session.client({ type: 'response.cancel' })
    expect(session.client({ type: 'response.create' })).toEqual([])
    expect(types(toldBackend(play(session, finished('r1', 'i1', { words: 'One two three' }))))).toEqual([
      'response.create',
    ])
  })

  it('a response that has not begun ends as soon as it does', () => {
    const session = openTestSession(uninterruptible)
    session.client({ type: 'response.create' })
    expect(session.client({ type: 'response.cancel' })).toEqual([])
    expect(types(toldClient(play(session, speaking('r1', 'i1', { words: 'One', ms: 100 }))))).toEqual([
      'response.created',
      'response.done',
    ])
    expect(play(session, finished('r1', 'i1', { words: 'One' }))).toEqual([])
  })
})
