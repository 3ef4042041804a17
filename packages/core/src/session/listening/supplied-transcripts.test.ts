import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { openTestSession, placed, toldBackend, toldClient, updated } from '../../testing/session-fixture.ts'
import type { TestSession, TestSessionOptions } from '../../testing/session-fixture.ts'

const speech: Item = { id: 'u', type: 'message', role: 'user', content: [{ type: 'input_audio' }] }
const committed: ServerEvent = { type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'u' }
const ask: ClientEvent = {
  type: 'session.update',
  session: { type: 'realtime', audio: { input: { transcription: { model: 'any', language: 'de' } } } },
}
const silentBackend: TestSessionOptions = {
  capabilities: { inputTranscription: 'none' },
  canTranscribe: true,
}
const play = (session: TestSession, events: readonly ServerEvent[]) =>
  events.flatMap((event) => session.provider(event))

/** A session whose client has asked for transcripts. */
function asked(options = silentBackend): TestSession {
  const session = openTestSession(options)
  session.client(ask)
  session.provider(updated())
  return session
}

describe('transcripts by a second engine', () => {
  it('are asked of it instead of the backend, and the client sees its own wish', () => {
    const session = openTestSession(silentBackend)
    expect(toldBackend(session.client(ask))).toEqual([
      { type: 'session.update', session: { type: 'realtime', audio: { input: {} } } },
    ])
    expect(toldClient(session.provider(updated()))).toMatchObject([
      { session: { audio: { input: { transcription: { language: 'de' } } } } },
    ])
  })

  it('are made of the sound that was committed, once the item is there', () => {
    const session = asked()
    expect(session.provider(committed)).toContainEqual({ to: 'recorder', keep: 'u', span: undefined })
    expect(play(session, placed(speech)).at(-1)).toEqual({
      to: 'transcriber',
      itemId: 'u',
      language: 'de',
    })
  })

  it('are made of the part the backend took for speech', () => {
    const session = asked()
    const outputs = play(session, [
      { type: 'input_audio_buffer.speech_started', event_id: 'e', item_id: 'u', audio_start_ms: 300 },
      { type: 'input_audio_buffer.speech_stopped', event_id: 'e', item_id: 'u', audio_end_ms: 1_200 },
      committed,
    ])
    expect(outputs).toContainEqual({ to: 'recorder', keep: 'u', span: { startMs: 300, endMs: 1_200 } })
  })

  it('are told and stored as if they came from the backend', () => {
    const session = asked()
    play(session, [committed, ...placed(speech)])
    const outputs = session.input({
      from: 'transcriber',
      itemId: 'u',
      result: { text: 'hallo', seconds: 1.5 },
      at: 0,
    })
    expect(outputs).toMatchObject([
      { to: 'store', entries: [{ type: 'transcript', itemId: 'u', contentIndex: 0, transcript: 'hallo' }] },
      {
        to: 'client',
        event: {
          type: 'conversation.item.input_audio_transcription.completed',
          item_id: 'u',
          transcript: 'hallo',
          usage: { type: 'duration', seconds: 1.5 },
        },
      },
    ])
    expect(session.state().conversation.items.get('u')).toMatchObject({ content: [{ transcript: 'hallo' }] })
  })

  it('that fail are told', () => {
    const session = asked()
    play(session, [committed, ...placed(speech)])
    const error = new RealtimeError('engine_failed', 'It broke.')
    expect(session.input({ from: 'transcriber', itemId: 'u', result: { error }, at: 0 })).toMatchObject([
      {
        event: {
          type: 'conversation.item.input_audio_transcription.failed',
          error: { code: 'engine_failed', message: 'It broke.' },
        },
      },
    ])
  })

  it('of an item that was deleted meanwhile are dropped', () => {
    const session = asked()
    const result = { text: 'x', seconds: 1 }
    expect(session.input({ from: 'transcriber', itemId: 'u', result, at: 0 })).toEqual([])
  })

  it('are left out with a warning where there is no second engine', () => {
    const session = openTestSession({ capabilities: { inputTranscription: 'none' } })
    const outputs = session.client(ask)
    expect(toldClient(outputs)).toMatchObject([
      { type: 'warning', warning: { param: 'session.audio.input.transcription' } },
    ])
    session.provider(updated())
    expect(session.provider(committed).map(({ to }) => to)).toEqual(['client'])
  })

  it('stay with a backend that makes them itself', () => {
    const session = openTestSession({ canTranscribe: true })
    expect(toldBackend(session.client(ask))).toEqual([ask])
    session.provider(updated())
    expect(session.provider(committed).map(({ to }) => to)).toEqual(['client'])
  })

  it('end when the client asks for no more', () => {
    const session = asked()
    session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: null } } },
    })
    expect(session.provider(committed).map(({ to }) => to)).toEqual(['client'])
  })
})
