import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { TranscriptionSessionConfig } from '../../events/session-config.ts'
import { initialState } from '../session-state.ts'
import { step } from '../step.ts'
import { fullCapabilities } from '../../testing/full-capabilities.ts'
import {
  openTestSession,
  placed,
  silence,
  speaking,
  testSession,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'

const transcription = { model: 'any' }
const update = (input: NonNullable<TranscriptionSessionConfig['audio']>['input'] = {}): ClientEvent => ({
  type: 'session.update',
  session: { type: 'transcription', audio: { input } },
})
const types = (events: readonly { type: string }[]): readonly string[] => events.map(({ type }) => type)
const quiet = { type: 'server_vad', create_response: false, interrupt_response: false }

describe('a session that only writes down speech', () => {
  it('is a spoken one that never answers, where the backend has no other', () => {
    const session = openTestSession()
    expect(toldBackend(session.client(update({ transcription })))).toEqual([
      {
        type: 'session.update',
        session: { type: 'realtime', audio: { input: { transcription, turn_detection: quiet } } },
      },
    ])
  })

  it('is shown as what it was asked for', () => {
    const session = openTestSession()
    session.client(
      update({ transcription, turn_detection: { type: 'server_vad', silence_duration_ms: 300 } }),
    )
    const effective = {
      ...testSession,
      audio: { input: { transcription, turn_detection: { ...quiet, silence_duration_ms: 300 } } },
    }
    const [told] = toldClient(session.provider(updated(effective as Partial<typeof testSession>)))
    expect(told).toMatchObject({
      session: {
        type: 'transcription',
        id: 'sess_1',
        audio: { input: { transcription, turn_detection: { type: 'server_vad', silence_duration_ms: 300 } } },
      },
    })
    expect(told).not.toHaveProperty('session.audio.output')
    expect(told).not.toHaveProperty('session.audio.input.turn_detection.create_response')
  })

  it('leaves turns to the client when asked', () => {
    const session = openTestSession()
    expect(toldBackend(session.client(update({ turn_detection: null })))).toMatchObject([
      { session: { audio: { input: { turn_detection: null } } } },
    ])
    session.provider(updated())
    const again = update({ transcription })
    expect(toldBackend(session.client(again))).toEqual([
      { type: 'session.update', session: { type: 'realtime', audio: { input: { transcription } } } },
    ])
  })

  it('refuses what belongs to a conversation', () => {
    const session = openTestSession()
    session.client(update())
    session.provider(updated())
    for (const event of [
      { type: 'response.create' },
      { type: 'conversation.item.create', item: { type: 'message', role: 'user', content: [] } },
    ] as const satisfies readonly ClientEvent[]) {
      expect(toldClient(session.client(event as unknown as ClientEvent))).toMatchObject([
        { error: { code: 'unsupported', param: 'type' } },
      ])
    }
  })

  it('tells what is heard, and nothing of an answer, which it stops', () => {
    const session = openTestSession()
    session.client(update())
    session.provider(updated())
    const heard = placed({ id: 'u', type: 'message', role: 'user', content: [{ type: 'input_audio' }] })
    expect(types(heard.flatMap((event) => toldClient(session.provider(event))))).toEqual([
      'conversation.item.added',
      'conversation.item.done',
    ])
    const [created] = speaking('r1', 'i1', { words: 'Hi', ms: 10 })
    if (!created) throw new Error('no response')
    const outputs = session.provider(created)
    expect(toldClient(outputs)).toEqual([])
    expect(toldBackend(outputs)).toMatchObject([{ type: 'response.cancel', response_id: 'r1' }])
  })

  it('begins as one when the client says so in connecting: no sound goes out before the backend is quiet', () => {
    const state = initialState({
      capabilities: fullCapabilities,
      conversationId: 'c',
      items: [],
      idSeed: 't',
      kind: 'transcription',
    })
    const created = { type: 'session.created', event_id: 'e', session: testSession } as const
    const opened = step(state, { from: 'provider', event: created, at: 0 })
    expect(toldClient(opened.outputs)).toMatchObject([
      { type: 'session.created', session: { type: 'transcription' } },
      { type: 'conversation.created' },
    ])
    expect(toldBackend(opened.outputs)).toMatchObject([
      { type: 'session.update', session: { audio: { input: { turn_detection: quiet } } } },
    ])
    const append: ClientEvent = { type: 'input_audio_buffer.append', audio: silence(20) }
    const held = step(opened.state, { from: 'client', event: append, at: 0 })
    expect(held.outputs).toEqual([])
    const agreed = step(held.state, { from: 'provider', event: updated(), at: 0 })
    expect(agreed.outputs).toEqual([{ to: 'provider', event: append }])
  })

  it("is the backend's own where it has one", () => {
    const session = openTestSession({ capabilities: { transcriptionSessions: true }, kind: 'transcription' })
    const event = update({ transcription })
    expect(toldBackend(session.client(event))).toEqual([event])
    expect(toldBackend(session.client(update({ format: { type: 'audio/pcmu' } })))).toMatchObject([
      {
        session: { type: 'transcription', audio: { input: { format: { type: 'audio/pcm', rate: 24_000 } } } },
      },
    ])
    const own = { type: 'transcription', audio: { input: { format: { type: 'audio/pcm' } } } } as const
    expect(toldClient(session.provider({ ...updated(), session: own } as never))).toMatchObject([
      { session: { audio: { input: { format: { type: 'audio/pcmu' } } } } },
    ])
  })

  it.each([
    ['answers every turn', { turnsWithoutResponse: false }],
    ['writes nothing down', { inputTranscription: 'none' }],
  ] as const)('is refused on a backend that %s', (_what, capabilities) => {
    const session = openTestSession({ capabilities })
    expect(toldClient(session.client(update()))).toMatchObject([
      { error: { code: 'unsupported', param: 'session.type' } },
    ])
    const refused = openTestSession({ capabilities, kind: 'transcription' })
    expect(refused.state().phase).toBe('closed')
  })

  it('is possible with a second engine', () => {
    const session = openTestSession({ capabilities: { inputTranscription: 'none' }, canTranscribe: true })
    expect(toldBackend(session.client(update({ transcription })))).toMatchObject([
      { session: { type: 'realtime', audio: { input: { turn_detection: quiet } } } },
    ])
  })

  it('stays what it is', () => {
    const session = openTestSession()
    session.client(update())
    const spoken: ClientEvent = { type: 'session.update', session: { type: 'realtime' } }
    expect(toldClient(session.client(spoken))).toMatchObject([
      { error: { code: 'invalid_value', param: 'session.type' } },
    ])
    const other = openTestSession()
    other.client(spoken)
    expect(toldClient(other.client(update()))).toMatchObject([
      { error: { code: 'invalid_value', param: 'session.type' } },
    ])
  })
})
