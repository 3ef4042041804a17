import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { TurnDetection } from '../../events/session-config.ts'
import {
  finished,
  openTestSession,
  placed,
  refusal,
  silence,
  speaking,
  testSession,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const deaf = { capabilities: { turnDetection: [] } } as const
const play = (session: TestSession, events: readonly ServerEvent[], at = 0) =>
  events.flatMap((event) => session.provider(event, at))
const types = (events: readonly { type: string }[]): readonly string[] => events.map(({ type }) => type)
const hears = (session: TestSession, speech: 'started' | 'stopped', ms: number): readonly SessionOutput[] =>
  session.input({ from: 'detector', speech, ms, at: ms })
const committed = (itemId: string): ServerEvent => ({
  type: 'input_audio_buffer.committed',
  event_id: 'e',
  item_id: itemId,
  previous_item_id: null,
})
const listen = (changes: Partial<TurnDetection> = {}): ClientEvent => ({
  type: 'session.update',
  session: {
    type: 'realtime',
    audio: { input: { turn_detection: { type: 'server_vad', ...changes } as TurnDetection } },
  },
})

/** A session whose client has set its turn detection. */
function listening(changes: Partial<TurnDetection> = {}): TestSession {
  const session = openTestSession(deaf)
  session.client(listen(changes))
  session.provider(updated())
  return session
}

describe('turns on a backend that hears none', () => {
  it('are told, committed and answered', () => {
    const session = openTestSession(deaf)
    session.client({ type: 'input_audio_buffer.append', audio: silence(1_000) })
    const [started] = toldClient(hears(session, 'started', 200))
    expect(started).toMatchObject({ type: 'input_audio_buffer.speech_started', audio_start_ms: 200 })
    const outputs = hears(session, 'stopped', 900)
    expect(toldClient(outputs)).toMatchObject([
      { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900 },
    ])
    expect(types(toldBackend(outputs))).toEqual(['input_audio_buffer.commit', 'response.create'])
  })

  it('keep the id they were announced with, both ways', () => {
    const session = openTestSession(deaf)
    const [started] = toldClient(hears(session, 'started', 200))
    const id = started?.type === 'input_audio_buffer.speech_started' ? started.item_id : ''
    hears(session, 'stopped', 900)
    const item = {
      id: 'backend_1',
      type: 'message' as const,
      role: 'user' as const,
      content: [{ type: 'input_audio' as const }],
    }
    const outputs = play(session, [committed('backend_1'), ...placed(item)])
    expect(toldClient(outputs)).toMatchObject([{ item_id: id }, { item: { id } }, { item: { id } }])
    expect(outputs).toContainEqual({
      to: 'store',
      entries: [{ type: 'item', item: { ...item, id }, previousItemId: null }],
    })
    expect(toldBackend(session.client({ type: 'conversation.item.delete', item_id: id }))).toMatchObject([
      { item_id: 'backend_1' },
    ])
    const next = { type: 'conversation.item.added', event_id: 'e', item: { ...item, id: 'next' } } as const
    expect(session.provider({ ...next, previous_item_id: 'backend_1' })).toMatchObject([
      { event: { previous_item_id: id } },
    ])
  })

  it('are detected as long as the client wants it', () => {
    const session = openTestSession(deaf)
    const off: ClientEvent = {
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: null } } },
    }
    expect(toldBackend(session.client(off))).toEqual([off])
    expect(hears(session, 'started', 200)).toEqual([])
  })

  it('are not answered when the client wants none', () => {
    const session = listening({ create_response: false })
    hears(session, 'started', 200)
    expect(types(toldBackend(hears(session, 'stopped', 900)))).toEqual(['input_audio_buffer.commit'])
  })

  it('interrupt an answer, which ends as interrupted', () => {
    const session = openTestSession(deaf)
    play(session, speaking('r1', 'i1', { words: 'Hi', ms: 1_000 }))
    const outputs = hears(session, 'started', 200)
    expect(outputs[0]).toEqual({ to: 'outbox', dropAudioOf: 'r1' })
    expect(toldBackend(outputs)).toMatchObject([{ type: 'response.cancel', response_id: 'r1' }])
    const ended = play(session, finished('r1', 'i1', { words: 'Hi', status: 'cancelled' }))
    expect(toldClient(ended).at(-1)).toMatchObject({
      type: 'response.done',
      response: { status_details: { type: 'cancelled', reason: 'turn_detected' } },
    })
  })

  it('stop an answer that was asked for as soon as it begins, and are answered after it', () => {
    const session = openTestSession(deaf)
    hears(session, 'started', 200)
    hears(session, 'stopped', 900)
    hears(session, 'started', 1_000)
    const begun = play(session, speaking('r1', 'i1', { words: 'Hi', ms: 1_000 }))
    expect(toldBackend(begun)).toMatchObject([{ type: 'response.cancel', response_id: 'r1' }])
    expect(types(toldClient(begun))).not.toContain('response.output_audio.delta')
    expect(types(toldBackend(hears(session, 'stopped', 1_900)))).toEqual(['input_audio_buffer.commit'])
    expect(
      types(toldBackend(play(session, finished('r1', 'i1', { words: 'Hi', status: 'cancelled' })))),
    ).toEqual(['response.create'])
  })

  it('let an answer go on when the client wants that, and are answered after it', () => {
    const session = listening({ interrupt_response: false })
    play(session, speaking('r1', 'i1', { words: 'Hi', ms: 1_000 }))
    expect(toldBackend(hears(session, 'started', 200))).toEqual([])
    expect(types(toldBackend(hears(session, 'stopped', 900)))).toEqual(['input_audio_buffer.commit'])
    expect(types(toldBackend(play(session, finished('r1', 'i1', { words: 'Hi' }))))).toEqual([
      'response.create',
    ])
  })

  it('are shown to the client as it asked for them', () => {
    const session = openTestSession(deaf)
    expect(toldBackend(session.client(listen({ silence_duration_ms: 700 })))).toMatchObject([
      { session: { audio: { input: { turn_detection: null } } } },
    ])
    const quiet = { ...testSession, audio: { ...testSession.audio, input: { turn_detection: null } } }
    const [told] = toldClient(session.provider(updated(quiet)))
    expect(told).toHaveProperty('session.audio.input.turn_detection', {
      type: 'server_vad',
      threshold: 0.5,
      prefix_padding_ms: 300,
      silence_duration_ms: 700,
      idle_timeout_ms: null,
      create_response: true,
      interrupt_response: true,
    })
  })

  it('that the backend found too short are no errors of the client', () => {
    const session = openTestSession(deaf)
    hears(session, 'started', 200)
    hears(session, 'stopped', 900)
    expect(session.provider(refusal('input_audio_buffer_commit_empty'))).toEqual([])
    expect(session.provider(refusal('conversation_already_has_active_response'))).toEqual([])
    expect(toldClient(session.provider(refusal('input_audio_buffer_commit_empty')))).toHaveLength(1)
  })
})

describe('silence of the user', () => {
  it('is answered after the time the client set, once the answer was played', () => {
    const session = listening({ idle_timeout_ms: 5_000 } as Partial<TurnDetection>)
    const answer = [
      ...speaking('r1', 'i1', { words: 'Hi', ms: 1_000 }),
      ...finished('r1', 'i1', { words: 'Hi' }),
    ]
    expect(play(session, answer, 100)).toContainEqual({ to: 'clock', wakeAt: 6_100 })
    const outputs = session.input({ from: 'clock', reached: 6_100, at: 6_100 })
    expect(types(toldClient(outputs))).toEqual(['input_audio_buffer.timeout_triggered'])
    expect(types(toldBackend(outputs))).toEqual(['input_audio_buffer.commit', 'response.create'])
  })

  it('is over when the user speaks', () => {
    const session = listening({ idle_timeout_ms: 5_000 } as Partial<TurnDetection>)
    play(
      session,
      [...speaking('r1', 'i1', { words: 'Hi', ms: 1_000 }), ...finished('r1', 'i1', { words: 'Hi' })],
      100,
    )
    hears(session, 'started', 2_000)
    expect(session.input({ from: 'clock', reached: 6_100, at: 6_100 })).toEqual([])
  })
})
