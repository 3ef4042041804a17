import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import {
  finished,
  openTestSession,
  refusal,
  speaking,
  testSuccessor,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const locked = { voiceLock: 'first-sound' } as const

const words = { words: 'Hello.', ms: 100 }

/** A session whose backend has spoken and keeps its voice. */
function spoken(capabilities: Partial<Capabilities> = {}): TestSession {
  const session = openTestSession({ recovers: true, capabilities: { ...locked, ...capabilities } })
  for (const event of [...speaking('r1', 'a1', words), ...finished('r1', 'a1', words)])
    session.provider(event)
  return session
}

const ask = (voice: string, more: object = {}): ClientEvent => ({
  type: 'session.update',
  event_id: 'mine',
  session: { type: 'realtime', ...more, audio: { output: { voice } } },
})

const ready = (session: TestSession, at: number): readonly SessionOutput[] =>
  session.input({ from: 'upstream', ready: testSuccessor({ capabilities: locked }), at })

const migrated = (outputs: readonly SessionOutput[]) =>
  toldClient(outputs).flatMap((event) => (event.type === 'extension' ? [event.event] : []))

describe('a voice that a backend can change only in a new session', () => {
  it('is asked of a new session, which takes over when the answer was heard', () => {
    const session = spoken()
    expect(session.client(ask('bob'), 10)).toEqual([{ to: 'upstream', dial: { cause: undefined } }])
    expect(ready(session, 50)).toEqual([{ to: 'clock', wakeAt: 100 }])
    const outputs = session.input({ from: 'clock', reached: 100, at: 100 })
    expect(toldBackend(outputs)).toMatchObject([
      { type: 'session.update', event_id: 'mine', session: { audio: { output: { voice: 'bob' } } } },
      { type: 'conversation.item.create', item: { id: 'a1' } },
    ])
    expect(migrated(outputs)).toMatchObject([{ reason: 'settings', restored: 'transcript' }])
    const now = updated({ audio: { output: { voice: 'bob' } } })
    expect(toldClient(session.provider(now, 120))).toMatchObject([
      { type: 'session.updated', session: { audio: { output: { voice: 'bob' } } } },
    ])
  })

  it('does not cut an answer short', () => {
    const session = spoken()
    for (const event of speaking('r2', 'a2', words)) session.provider(event, 200)
    session.client(ask('bob'), 210)
    expect(ready(session, 220)).toEqual([])
    const end = finished('r2', 'a2', words).flatMap((event) => session.provider(event, 250))
    expect(migrated(end)).toEqual([])
    expect(migrated(session.input({ from: 'clock', reached: 300, at: 300 }))).toHaveLength(1)
  })

  it('comes with what was asked beside it, and what was asked later counts more', () => {
    const session = spoken()
    session.client(ask('bob', { instructions: 'first' }), 10)
    const later = { type: 'realtime', instructions: 'second' } as const
    session.client({ type: 'session.update', session: later }, 20)
    session.provider(updated({ instructions: 'second' }), 30)
    ready(session, 50)
    const outputs = session.input({ from: 'clock', reached: 200, at: 200 })
    expect(toldBackend(outputs)[0]).toMatchObject({
      session: { instructions: 'second', audio: { output: { voice: 'bob' } } },
    })
  })

  it('comes with the next session when the one in use is lost before', () => {
    const session = spoken()
    session.client(ask('bob'), 10)
    session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'Gone.'), at: 20 })
    const outputs = ready(session, 50)
    expect(toldBackend(outputs)[0]).toMatchObject({ session: { audio: { output: { voice: 'bob' } } } })
    expect(migrated(outputs)).toMatchObject([{ reason: 'lost' }])
  })

  it('is refused when no session can be had, or the backend cannot be told what was said', () => {
    const session = spoken()
    session.client(ask('bob'), 10)
    const failed = new RealtimeError('backend_unavailable', 'No.')
    expect(toldClient(session.input({ from: 'upstream', failed, at: 20 }))).toMatchObject([
      { type: 'error', error: { code: 'backend_unavailable', event_id: 'mine' } },
    ])
    expect(session.state().settings.wanted).toBeUndefined()
    const forgetful = spoken({ historySeeding: 'none' })
    expect(toldClient(forgetful.client(ask('bob'), 10))).toMatchObject([
      { error: { code: 'cannot_update_voice', event_id: 'mine' } },
    ])
  })
})

it('an update under way at a loss that the next backend refuses is refused under the id the client gave it', () => {
  const session = openTestSession({ recovers: true })
  session.client(ask('bob'), 10)
  session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'Gone.'), at: 20 })
  const [update] = toldBackend(session.input({ from: 'upstream', ready: testSuccessor(), at: 30 }))
  expect(update).toMatchObject({ type: 'session.update', event_id: 'mine' })
  const refused = refusal('invalid_value', { param: 'session.audio.output.voice', eventId: 'mine' })
  expect(toldClient(session.provider(refused, 40))).toMatchObject([
    { type: 'error', error: { event_id: 'mine' } },
  ])
})
