import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ContextEntry } from '../../storage/context-store.ts'
import {
  finished,
  openTestSession,
  silence,
  speaking,
  testSession,
  toldBackend,
  toldClient,
} from '../../testing/session-fixture.ts'
import type { TestSession, TestSessionOptions } from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const words = 'one two three four five six seven eight nine ten'
const speech: ServerEvent = {
  type: 'input_audio_buffer.speech_started',
  event_id: 'e',
  audio_start_ms: 0,
  item_id: 'u',
}

const play = (session: TestSession, events: readonly ServerEvent[], at = 0) =>
  events.flatMap((event) => session.provider(event, at))
const stored = (outputs: readonly SessionOutput[]): readonly ContextEntry[] =>
  outputs.flatMap((output) => (output.to === 'store' ? output.entries : []))
const heard = (outputs: readonly SessionOutput[]) => stored(outputs).filter(({ type }) => type === 'heard')
const update = (session: TestSession, audio_ms: number, at: number, item_id = 'i1') =>
  session.client(
    {
      type: 'extension',
      dialect: 'openai-ga',
      event: { type: 'parley.playback.update', event_id: 'p', item_id, content_index: 0, audio_ms },
    },
    at,
  )
const reached = (session: TestSession, at: number) => session.input({ from: 'clock', reached: at, at })
const leave = (session: TestSession, at: number) => session.input({ from: 'clock', end: undefined, at })

/** A session that was sent ten seconds of sound, a second for each word, at once. */
function answered(options: TestSessionOptions = {}): TestSession {
  const session = openTestSession(options)
  play(session, [...speaking('r1', 'i1', { words, ms: 10_000 }), ...finished('r1', 'i1', { words })])
  return session
}

const upTo = (session: TestSession, itemId = 'i1') => {
  const item = session.state().conversation.items.get(itemId)
  return item?.type === 'message' && item.role === 'assistant' ? item.content[0]?.transcript : undefined
}

describe('an answer sent faster than it sounds', () => {
  it('leaves nothing to say when it was heard to its end', () => {
    const session = answered()
    expect(heard(session.provider(speech, 10_000))).toEqual([])
    expect(heard(leave(session, 12_000))).toEqual([])
    expect(upTo(session)).toBe(words)
  })

  it.each([
    ['the user speaks', (session: TestSession) => session.provider(speech, 4_100)],
    ['the client leaves', (session: TestSession) => leave(session, 4_100)],
  ])('is kept as far as it was heard when %s', (_name, stop) => {
    const session = answered()
    expect(heard(stop(session))).toMatchObject([
      { itemId: 'i1', contentIndex: 0, generatedMs: 10_000, heardMs: 4_100, by: 'clock' },
    ])
    expect(upTo(session)).toMatch(/^one two three( four)?$/)
  })

  it('is said to have been interrupted, after the client knows that the user speaks', () => {
    const session = answered()
    const outputs = session.provider(speech, 4_100)
    expect(outputs[0]).toEqual({ to: 'client', event: speech })
    expect(stored(outputs).at(-1)).toMatchObject({
      type: 'life',
      event: 'interrupted',
      detail: 'turn_detected',
    })
  })

  it('is not stored twice when the client leaves after an interruption', () => {
    const session = answered()
    session.provider(speech, 4_100)
    expect(heard(leave(session, 5_000))).toEqual([])
  })

  it('is kept with those behind it, of which nothing was heard', () => {
    const session = answered()
    play(session, [
      ...speaking('r2', 'i2', { words: 'and more', ms: 1_000 }),
      ...finished('r2', 'i2', { words: 'and more' }),
    ])
    expect(heard(session.provider(speech, 4_100))).toMatchObject([
      { itemId: 'i1', heardMs: 4_100 },
      { itemId: 'i2', heardMs: 0, heardTranscript: '' },
    ])
  })
})

describe('an answer that is cut while it is made', () => {
  it('is stored with what was heard when it is done', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 5_000 }))
    expect(heard(session.provider(speech, 2_000))).toEqual([])
    const outputs = play(session, finished('r1', 'i1', { words, status: 'cancelled' }))
    expect(stored(outputs)).toMatchObject([
      { type: 'item', item: { id: 'i1' } },
      { type: 'heard', generatedMs: 5_000, heardMs: 2_000 },
      { type: 'response', responseId: 'r1', status: 'cancelled', itemIds: ['i1'], backend: 'backend' },
    ])
    expect(upTo(session)).toBe('one two three four')
  })

  it('was not heard where no sound had come', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 0 }).slice(0, 4))
    session.provider(speech, 2_000)
    expect(heard(play(session, finished('r1', 'i1', { words, status: 'cancelled' })))).toMatchObject([
      { heardMs: 0, heardTranscript: '' },
    ])
  })

  it('has nothing to be heard when it is written', () => {
    const session = openTestSession()
    const [created, added, placed] = speaking('r1', 'i1', { words, ms: 0 })
    if (!created || !added || !placed) throw new Error('the fixture has these events')
    const place = { event_id: 'e', response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
    play(session, [created, added, placed, { ...place, type: 'response.output_text.delta', delta: 'One' }])
    session.client({ type: 'response.cancel' }, 100)
    const item = {
      id: 'i1',
      type: 'message' as const,
      role: 'assistant' as const,
      content: [{ type: 'output_text' as const, text: 'One' }],
    }
    const done = session.provider({
      type: 'conversation.item.done',
      event_id: 'e',
      item,
      previous_item_id: null,
    })
    expect(heard(done)).toEqual([])
    expect(upTo(session)).toBeUndefined()
    expect(toldBackend(reached(session, 1_000))).toEqual([])
  })

  it('leaves out an item that began after the listener had stopped it', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 5_000 }))
    session.provider(speech, 2_000)
    play(session, speaking('r1', 'i2', { words: 'and more', ms: 500 }).slice(1))
    const outputs = play(session, finished('r1', 'i2', { words: 'and more', status: 'cancelled' }))
    expect(heard(outputs)).toMatchObject([{ itemId: 'i2', heardMs: 0, heardTranscript: '' }])
  })
})

describe('an answer whose backend broke off', () => {
  it('goes on sounding to the end of what was sent, and can be interrupted until then', () => {
    const session = openTestSession({ recovers: true })
    play(session, speaking('r1', 'i1', { words, ms: 10_000 }))
    const lost = new RealtimeError('backend_unavailable', 'gone')
    const outputs = session.input({ from: 'provider', lost, at: 1_000 })
    expect(heard(outputs)).toMatchObject([{ heardMs: 10_000, heardTranscript: words }])
    expect(heard(update(session, 2_000, 2_000))).toEqual([])
    expect(heard(leave(session, 4_100))).toMatchObject([{ heardMs: 4_100, by: 'playback' }])
  })
})

describe('a client that does not say what it has played', () => {
  it('has the backend told in its place, once', () => {
    const session = answered()
    const interrupted = session.provider(speech, 4_100)
    expect(interrupted).toContainEqual({ to: 'clock', wakeAt: 4_600 })
    expect(toldBackend(reached(session, 4_599))).toEqual([])
    expect(toldBackend(reached(session, 4_600))).toMatchObject([
      { type: 'conversation.item.truncate', item_id: 'i1', content_index: 0, audio_end_ms: 4_100 },
    ])
    expect(toldBackend(reached(session, 9_000))).toEqual([])
    const answer = { event_id: 'e', item_id: 'i1', content_index: 0, audio_end_ms: 4_100 }
    const outputs = session.provider({ type: 'conversation.item.truncated', ...answer })
    expect(stored(outputs)).toEqual([])
    expect(toldClient(outputs)).toMatchObject([{ parley: { heard_transcript: 'one two three four' } }])
  })

  it('is told by the session where the backend cannot forget', () => {
    const session = answered({ capabilities: { truncation: 'none' } })
    session.provider(speech, 4_100)
    const outputs = reached(session, 4_600)
    expect(toldBackend(outputs)).toEqual([])
    expect(toldClient(outputs)).toMatchObject([{ type: 'conversation.item.truncated', audio_end_ms: 4_100 }])
  })

  it('hears nothing of a refusal', () => {
    const session = answered()
    session.provider(speech, 4_100)
    const [own] = toldBackend(reached(session, 4_600))
    const event_id = own?.type === 'conversation.item.truncate' ? own.event_id : undefined
    const error = { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', event_id }
    expect(session.provider({ type: 'error', event_id: 'e', error })).toEqual([])
  })

  it('is left to a backend that cuts by itself', () => {
    const session = answered()
    const turn_detection = { type: 'server_vad', auto_truncate: true }
    const cutting = { ...testSession, extensions: { turn_detection } }
    session.provider({ type: 'session.updated', event_id: 'e', session: cutting })
    const outputs = session.provider(speech, 4_100)
    expect(outputs.some(({ to }) => to === 'clock')).toBe(false)
    expect(heard(outputs)).toMatchObject([{ heardMs: 4_100, by: 'clock' }])
  })
})

describe('a client that truncates', () => {
  const truncate = (session: TestSession, audio_end_ms: number, at: number) =>
    session.client({ type: 'conversation.item.truncate', item_id: 'i1', content_index: 0, audio_end_ms }, at)
  const truncated = (session: TestSession, audio_end_ms: number) =>
    session.provider({
      type: 'conversation.item.truncated',
      event_id: 'e',
      item_id: 'i1',
      content_index: 0,
      audio_end_ms,
    })

  it('is believed, and the session keeps quiet', () => {
    const session = answered()
    session.provider(speech, 4_100)
    expect(toldBackend(truncate(session, 3_100, 4_300))).toMatchObject([{ audio_end_ms: 3_100 }])
    expect(toldBackend(reached(session, 4_600))).toEqual([])
    expect(heard(truncated(session, 3_100))).toMatchObject([
      { heardMs: 3_100, heardTranscript: 'one two three', by: 'truncate' },
    ])
  })

  it('has the next answer sound at once', () => {
    const session = answered()
    truncate(session, 1_500, 1_500)
    play(
      session,
      [
        ...speaking('r2', 'i2', { words: 'and more', ms: 8_000 }),
        ...finished('r2', 'i2', { words: 'and more' }),
      ],
      2_000,
    )
    const place = { item_id: 'i2', content_index: 0 }
    expect(
      toldBackend(
        session.client({ type: 'conversation.item.truncate', ...place, audio_end_ms: 1_400 }, 3_500),
      ),
    ).toMatchObject([{ audio_end_ms: 1_400 }])
  })

  it('may still say less when the session has spoken for it', () => {
    const session = answered()
    session.provider(speech, 4_100)
    reached(session, 4_600)
    truncated(session, 4_100)
    expect(toldBackend(truncate(session, 2_100, 4_900))).toMatchObject([{ audio_end_ms: 2_100 }])
    expect(heard(truncated(session, 2_100))).toMatchObject([{ heardMs: 2_100, by: 'truncate' }])
  })

  it('corrects only the log when it says more than the backend still holds', () => {
    const session = answered()
    session.provider(speech, 4_100)
    reached(session, 4_600)
    truncated(session, 4_100)
    const outputs = truncate(session, 4_400, 4_900)
    expect(toldBackend(outputs)).toEqual([])
    expect(heard(outputs)).toMatchObject([{ heardMs: 4_400, by: 'truncate' }])
    expect(toldClient(outputs)).toMatchObject([{ type: 'conversation.item.truncated', audio_end_ms: 4_400 }])
  })
})

describe('a client that acknowledges', () => {
  it('is believed before the clock', () => {
    const session = answered()
    update(session, 1_000, 3_000)
    expect(session.state().acknowledges).toBe(true)
    expect(heard(session.provider(speech, 3_200))).toMatchObject([{ heardMs: 1_200, by: 'playback' }])
  })

  it('may be ahead of the clock', () => {
    const session = answered()
    update(session, 5_000, 3_000)
    expect(heard(leave(session, 3_000))).toMatchObject([{ heardMs: 5_000, by: 'playback' }])
  })

  it('moves what is queued behind', () => {
    const session = answered()
    play(session, [
      ...speaking('r2', 'i2', { words: 'and more', ms: 1_000 }),
      ...finished('r2', 'i2', { words: 'and more' }),
    ])
    update(session, 9_000, 9_800)
    expect(session.state().playoutEndsAt).toBe(11_800)
    expect(heard(session.provider(speech, 11_300))).toMatchObject([{ itemId: 'i2', heardMs: 500 }])
  })

  it('says after the interruption how far it came', () => {
    const session = answered()
    update(session, 4_000, 4_000)
    session.provider(speech, 4_900)
    expect(upTo(session)).toBe('one two three four five')
    expect(heard(update(session, 6_300, 5_000))).toMatchObject([
      { heardMs: 6_300, heardTranscript: 'one two three four five six', by: 'playback' },
    ])
    expect(toldBackend(reached(session, 5_400))).toMatchObject([{ audio_end_ms: 6_300 }])
  })

  it('says nothing new after its truncate', () => {
    const session = answered({ capabilities: { truncation: 'none' } })
    session.provider(speech, 4_900)
    session.client(
      { type: 'conversation.item.truncate', item_id: 'i1', content_index: 0, audio_end_ms: 4_800 },
      5_000,
    )
    expect(update(session, 6_300, 5_100)).toEqual([])
  })

  it.each([
    [{ item_id: undefined }, 'missing_required_parameter', 'item_id'],
    [{ item_id: 'other' }, 'invalid_value', 'item_id'],
    [{ content_index: 0.5 }, 'invalid_value', 'content_index'],
    [{ content_index: 1 }, 'invalid_value', 'content_index'],
    [{ audio_ms: undefined }, 'missing_required_parameter', 'audio_ms'],
    [{ audio_ms: -1 }, 'invalid_value', 'audio_ms'],
    [{ audio_ms: '7' }, 'invalid_value', 'audio_ms'],
    [{ audio_ms: 499 }, 'invalid_value', 'audio_ms'],
    [{ audio_ms: 11_001 }, 'invalid_value', 'audio_ms'],
  ])('is told what is wrong with %j', (change, code, param) => {
    const session = answered()
    update(session, 500, 500)
    const event = {
      type: 'parley.playback.update',
      event_id: 'p',
      item_id: 'i1',
      content_index: 0,
      audio_ms: 600,
    }
    const outputs = session.client(
      { type: 'extension', dialect: 'openai-ga', event: { ...event, ...change } },
      600,
    )
    expect(toldClient(outputs)).toMatchObject([{ type: 'error', error: { code, param, event_id: 'p' } }])
  })

  it('is told of a type that does not exist', () => {
    const event = { type: 'parley.unknown', event_id: 'p' }
    const outputs = answered().client({ type: 'extension', dialect: 'openai-ga', event })
    expect(toldBackend(outputs)).toEqual([])
    expect(toldClient(outputs)).toMatchObject([{ error: { code: 'invalid_value', param: 'type' } }])
  })

  it('may count a little more than was sent', () => {
    const session = answered()
    update(session, 10_400, 10_000)
    expect(heard(leave(session, 10_001))).toEqual([])
  })

  it('may go on with an item of an earlier session', () => {
    const item = {
      id: 'old',
      type: 'message' as const,
      role: 'assistant' as const,
      content: [{ type: 'output_audio' as const, transcript: 'Before.' }],
    }
    const session = openTestSession({ items: [item] })
    expect(update(session, 300, 300, 'old')).toEqual([])
  })
})

describe('word times of the backend', () => {
  const time = (index: number, text: string): ServerEvent => ({
    type: 'extension',
    dialect: 'voice-live',
    event: {
      type: 'response.audio_timestamp.delta',
      event_id: 'e',
      response_id: 'r1',
      item_id: 'i1',
      output_index: 0,
      content_index: 0,
      audio_offset_ms: index < 2 ? index * 100 : 5_000 + index * 400,
      audio_duration_ms: 90,
      text,
      timestamp_type: 'word',
    },
  })

  it.each([
    [89, ''],
    [90, 'one'],
    [189, 'one'],
    [190, 'one two'],
    [5_889, 'one two'],
    [5_890, 'one two three'],
    [9_000, 'one two three four five six seven eight nine ten'],
  ])('say what was heard after %d ms: %j', (ms, text) => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 10_000 }))
    play(
      session,
      words.split(' ').map((word, index) => time(index, word)),
    )
    play(session, finished('r1', 'i1', { words }))
    update(session, ms, ms)
    expect(heard(session.provider(speech, ms))).toMatchObject([{ heardMs: ms, heardTranscript: text }])
  })

  it('reach a client that asked for them only', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 10_000 }))
    expect(session.provider(time(0, 'one'))).toEqual([])
  })
})

describe('the log of turns', () => {
  it('names what was asked, what came of it and what it cost', () => {
    const session = openTestSession()
    session.client({ type: 'response.create', event_id: 'mine' })
    play(session, speaking('r1', 'i1', { words, ms: 100 }))
    const events = finished('r1', 'i1', { words }).map((event) =>
      event.type === 'response.done'
        ? { ...event, response: { ...event.response, usage: { total_tokens: 7 } } }
        : event,
    )
    const outputs = play(session, events)
    expect(stored(outputs).at(-1)).toEqual({
      type: 'response',
      responseId: 'r1',
      status: 'completed',
      itemIds: ['i1'],
      backend: 'backend',
      usage: { total_tokens: 7 },
      requestedBy: 'mine',
    })
    const kinds = outputs.map((output) => (output.to === 'client' ? output.event.type : output.to))
    expect(kinds.slice(-2)).toEqual(['store', 'response.done'])
  })

  it('has no responses out of band', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words, ms: 100, conversation: null }))
    expect(stored(play(session, finished('r1', 'i1', { words, conversation: null })))).toEqual([])
    expect(stored(leave(session, 50))).toEqual([])
  })

  it('says that the client left, and why a session ended', () => {
    const left = answered()
    expect(stored(leave(left, 20_000))).toEqual([{ type: 'life', event: 'disconnected', backend: 'backend' }])
  })
})

it('sound that comes after an interruption of nothing counts from its own beginning', () => {
  const session = openTestSession()
  session.provider(speech, 1_000)
  play(session, speaking('r1', 'i1', { words, ms: 1_000 }), 2_000)
  const more = { event_id: 'e', response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
  session.provider({ ...more, type: 'response.output_audio.delta', delta: silence(1_000) }, 2_100)
  play(session, finished('r1', 'i1', { words }), 2_200)
  expect(heard(leave(session, 3_500))).toMatchObject([{ generatedMs: 2_000, heardMs: 1_500 }])
})
