import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { SessionConfig } from '../../events/session-config.ts'
import {
  openTestSession,
  refusal,
  silence,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import { maxHeldBytes } from './pending-updates.ts'

const update = (session: Partial<SessionConfig> = {}, eventId?: string): ClientEvent => ({
  type: 'session.update',
  ...(eventId === undefined ? {} : { event_id: eventId }),
  session: { type: 'realtime', ...session } as SessionConfig,
})
const append: ClientEvent = { type: 'input_audio_buffer.append', audio: silence(120) }
const types = (events: readonly { type: string }[]): readonly string[] => events.map(({ type }) => type)

describe('the first update', () => {
  it('lets sound pass that comes before it', () => {
    const session = openTestSession()
    expect(toldBackend(session.client(append))).toEqual([append])
  })

  it('holds back everything else until the backend has taken it, and then keeps the order', () => {
    const session = openTestSession()
    session.client(update())
    expect(session.client(append)).toEqual([])
    expect(session.client({ type: 'input_audio_buffer.commit' })).toEqual([])
    expect(session.client({ type: 'response.create' })).toEqual([])
    expect(types(toldBackend(session.provider(updated())))).toEqual([
      'input_audio_buffer.append',
      'input_audio_buffer.commit',
      'response.create',
    ])
    expect(toldBackend(session.client(append))).toEqual([append])
  })

  it('tells the client before the backend hears more', () => {
    const session = openTestSession()
    session.client(update())
    session.client(append)
    expect(session.provider(updated()).map(({ to }) => to)).toEqual(['client', 'provider'])
  })

  it('waits for all updates sent meanwhile', () => {
    const session = openTestSession()
    session.client(update({}, 'a'))
    session.client(append)
    expect(types(toldBackend(session.client(update({ instructions: 'x' }, 'b'))))).toEqual(['session.update'])
    expect(toldBackend(session.provider(updated()))).toEqual([])
    expect(toldBackend(session.provider(updated()))).toEqual([append])
  })

  it('lets go when the backend refuses it, and passes the error on', () => {
    const session = openTestSession()
    session.client(update({ instructions: 'x' }, 'a'))
    session.client(append)
    const outputs = session.provider(
      refusal('invalid_value', { param: 'session.instructions', eventId: 'a' }),
    )
    expect(types(toldClient(outputs))).toEqual(['error'])
    expect(toldBackend(outputs)).toEqual([append])
  })

  it('takes an error without an id or a field for its answer, and no other', () => {
    const session = openTestSession()
    session.client(update())
    session.client(append)
    expect(toldBackend(session.provider(refusal('invalid_value', { param: 'item.content' })))).toEqual([])
    expect(toldBackend(session.provider(refusal('invalid_value')))).toEqual([append])
  })

  it('gives up waiting in time, and says so', () => {
    const session = openTestSession()
    expect(session.client(update({}, 'a'), 100)).toContainEqual({ to: 'clock', wakeAt: 10_100 })
    session.client(append)
    expect(session.input({ from: 'clock', reached: 9_000, at: 9_000 })).toEqual([])
    const outputs = session.input({ from: 'clock', reached: 10_100, at: 10_100 })
    expect(toldClient(outputs)).toMatchObject([
      { type: 'error', error: { code: 'backend_unavailable', event_id: 'a' } },
    ])
    expect(toldBackend(outputs)).toEqual([append])
  })

  it('does not wait a second time', () => {
    const session = openTestSession()
    session.client(update())
    session.provider(updated())
    expect(session.client(update())).toHaveLength(1)
    expect(toldBackend(session.client(append))).toEqual([append])
  })

  it('keeps no more than it may', () => {
    const session = openTestSession()
    session.client(update())
    const long: ClientEvent = {
      type: 'input_audio_buffer.append',
      event_id: 'big',
      audio: silence(maxHeldBytes / 48 - 1),
    }
    expect(session.client(long)).toEqual([])
    expect(toldClient(session.client({ ...append, event_id: 'one too many' }))).toMatchObject([
      { type: 'error', error: { code: 'buffer_overflow', event_id: 'one too many' } },
    ])
    expect(toldBackend(session.provider(updated()))).toEqual([long])
  })
})

describe('a field the backend refuses', () => {
  const withTracing = { capabilities: { sessionFields: ['instructions', 'tracing', 'include'] as const } }

  it.each([
    ['unknown_parameter', 'session.tracing', 'a'],
    ['invalid_value', 'session.tracing.workflow_name', null],
    ['unsupported', 'session.tracing', null],
  ])('is left out with a warning: %s at %s', (code, param, eventId) => {
    const session = openTestSession(withTracing)
    session.client(update({ tracing: 'auto', instructions: 'x' } as Partial<SessionConfig>, 'a'))
    session.client(append)
    const outputs = session.provider(refusal(code, { param, eventId }))
    expect(toldClient(outputs)).toMatchObject([
      { type: 'warning', warning: { code: 'unsupported', param: 'session.tracing' } },
    ])
    expect(toldBackend(outputs)).toEqual([
      { type: 'session.update', event_id: 'a', session: { type: 'realtime', instructions: 'x' } },
    ])
    expect(toldBackend(session.provider(updated()))).toEqual([append])
  })

  it('is left out once: a second refusal is told', () => {
    const session = openTestSession(withTracing)
    session.client(update({ tracing: 'auto' } as Partial<SessionConfig>, 'a'))
    const refused = refusal('unknown_parameter', { param: 'session.tracing', eventId: 'a' })
    session.provider(refused)
    expect(types(toldClient(session.provider(refused)))).toEqual(['error'])
  })

  it('is left out where it is an extension, under either name', () => {
    for (const param of ['session.extensions.turn_detection', 'session.audio.input.turn_detection.type']) {
      const session = openTestSession({ capabilities: { sessionExtensions: ['turn_detection'] } })
      session.client(
        update({ extensions: { turn_detection: { type: 'azure_semantic_vad' } } } as Partial<SessionConfig>),
      )
      const outputs = session.provider(refusal('invalid_value', { param }))
      expect(toldBackend(outputs)).toEqual([{ type: 'session.update', session: { type: 'realtime' } }])
      expect(toldClient(outputs)).toMatchObject([{ warning: { param: 'session.extensions.turn_detection' } }])
    }
  })

  it('is told where the client would miss it', () => {
    const session = openTestSession({ capabilities: { sessionExtensions: ['avatar'] } })
    session.client(update({ extensions: { avatar: { character: 'lisa' } } } as Partial<SessionConfig>))
    const outputs = session.provider(refusal('invalid_value', { param: 'session.extensions.avatar' }))
    expect(types(toldClient(outputs))).toEqual(['error'])
    expect(toldBackend(outputs)).toEqual([])
  })

  it('changes nothing here: the formats are those of before', () => {
    const session = openTestSession()
    const format = { type: 'audio/pcmu' as const }
    session.client(update({ audio: { input: { format } } }, 'a'))
    expect(session.state().settings.input.client).toEqual(format)
    session.provider(refusal('invalid_value', { param: 'session.audio', eventId: 'a' }))
    expect(session.state().settings.input.client).toEqual({ type: 'audio/pcm', rate: 24_000 })
  })
})
