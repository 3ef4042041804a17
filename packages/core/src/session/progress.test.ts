import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { finished, openTestSession, placed, silence, speaking, updated } from '../testing/session-fixture.ts'
import type { SessionProgressNote } from './ports.ts'
import { createProgress } from './progress.ts'

const append: ClientEvent = { type: 'input_audio_buffer.append', audio: silence(1_000) }

/** A session whose progress is noted; `store` lets what was written be stored. */
function start({ slow = false } = {}) {
  const session = openTestSession({ recovers: true })
  const notes: SessionProgressNote[] = []
  const progress = createProgress((note) => notes.push(note))
  let stored: Promise<void> = Promise.resolve()
  let release: () => void = () => undefined
  const settle = async (): Promise<SessionProgressNote> => {
    await stored.catch(() => undefined)
    await Promise.resolve()
    const last = notes.at(-1)
    if (!last) throw new Error('nothing was told')
    return last
  }
  const after = (): void => {
    if (slow) {
      const { promise, resolve } = Promise.withResolvers<void>()
      stored = promise
      release = resolve
    }
    progress.taken(session.state(), stored)
  }
  return {
    notes,
    client(event: ClientEvent) {
      progress.taking(event)
      session.client(event)
      after()
    },
    provider(...events: readonly ServerEvent[]) {
      for (const event of events) session.provider(event)
      after()
    },
    lose() {
      session.input({ from: 'provider', lost: new RealtimeError('backend_unavailable', 'x'), at: 0 })
      after()
    },
    release: () => release(),
    last: settle,
  }
}

describe('what of a client has led to something that is stored', () => {
  it('is everything at once where nothing is under way, with what the client has asked for', async () => {
    const session = start()
    session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'x' } })
    expect(await session.last()).toMatchObject({ taken: 1, durable: 0 })
    session.provider(updated())
    expect(await session.last()).toEqual({
      taken: 1,
      durable: 1,
      snapshot: { session: { type: 'realtime', instructions: 'x' }, backend: 'backend', model: undefined },
    })
  })

  it('is not an item before the backend has it', async () => {
    const session = start()
    const item = { id: 'u1', type: 'message', role: 'user', content: [] } as const
    session.client({ type: 'conversation.item.create', item: { ...item, content: [] } })
    expect(await session.last()).toMatchObject({ taken: 1, durable: 0 })
    session.provider(...placed({ ...item, content: [] }))
    expect(await session.last()).toMatchObject({ taken: 1, durable: 1 })
  })

  it('is not what the store has not confirmed', async () => {
    const session = start({ slow: true })
    session.client({ type: 'input_audio_buffer.clear' })
    expect(session.notes.at(-1)).toMatchObject({ taken: 1, durable: 0 })
    session.release()
    expect(await session.last()).toMatchObject({ durable: 1 })
  })

  it('is not a request before its answer is over', async () => {
    const session = start()
    session.client({ type: 'response.create' })
    session.provider(...speaking('r1', 'a1', { words: 'Hi.', ms: 10 }))
    expect(await session.last()).toMatchObject({ taken: 1, durable: 0 })
    session.provider(...finished('r1', 'a1', { words: 'Hi.' }))
    expect(await session.last()).toMatchObject({ taken: 1, durable: 1 })
  })

  it('is sound in which nobody spoke, but for the last of it', async () => {
    const session = start()
    for (let n = 0; n < 10; n += 1) session.client(append)
    expect(await session.last()).toMatchObject({ taken: 10, durable: 8 })
  })

  it('is not sound since speech began, until its words are stored', async () => {
    const session = start()
    for (let n = 0; n < 5; n += 1) session.client(append)
    const speech = { event_id: 'e', item_id: 'u1' }
    session.provider({ ...speech, type: 'input_audio_buffer.speech_started', audio_start_ms: 3_500 })
    for (let n = 0; n < 5; n += 1) session.client(append)
    expect(await session.last()).toMatchObject({ taken: 10, durable: 3 })
    session.provider({ ...speech, type: 'input_audio_buffer.speech_stopped', audio_end_ms: 6_000 })
    session.provider({ ...speech, type: 'input_audio_buffer.committed' })
    session.provider(
      ...placed({ id: 'u1', type: 'message', role: 'user', content: [{ type: 'input_audio' }] }),
    )
    expect(await session.last()).toMatchObject({ durable: 3 })
    session.provider({
      ...speech,
      type: 'conversation.item.input_audio_transcription.completed',
      content_index: 0,
      transcript: 'Hello.',
      usage: { type: 'duration', seconds: 1 },
    })
    expect(await session.last()).toMatchObject({ taken: 10, durable: 8 })
  })

  it('is nothing that waits for a backend', async () => {
    const session = start()
    session.client({ type: 'input_audio_buffer.clear' })
    session.lose()
    session.client({ type: 'input_audio_buffer.clear' })
    session.client({ type: 'input_audio_buffer.clear' })
    expect(await session.last()).toMatchObject({ taken: 3, durable: 1 })
  })
})
