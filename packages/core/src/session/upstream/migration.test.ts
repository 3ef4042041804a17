import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import {
  calling,
  finished,
  openTestSession,
  placed,
  silence,
  speaking,
  testSuccessor,
  toldBackend,
  toldClient,
  updated,
} from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import type { SessionOutput } from '../session-state.ts'

const lost = new RealtimeError('backend_unavailable', 'It fell over.')

const userText = (id: string, text: string): Item => ({
  id,
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
})

function open(options: Parameters<typeof openTestSession>[0] = {}): TestSession {
  return openTestSession({ recovers: true, ...options })
}

function play(session: TestSession, events: readonly ServerEvent[], at = 0): readonly SessionOutput[] {
  return events.flatMap((event) => session.provider(atTheEnd(event), at))
}

/** Items of the fixture stand first; here they stand where they come. */
function atTheEnd(event: ServerEvent): ServerEvent {
  if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return event
  const { previous_item_id: _first, ...rest } = event
  return rest
}

function lose(session: TestSession, at = 0): readonly SessionOutput[] {
  return session.input({ from: 'provider', lost, at })
}

function replace(session: TestSession, options: Parameters<typeof testSuccessor>[0] = {}, at = 0) {
  return session.input({ from: 'upstream', ready: testSuccessor(options), at })
}

function types(events: readonly { readonly type: string }[]): readonly string[] {
  return events.map(({ type }) => type)
}

/** The events of Parley's own among what the client was told. */
function migrations(outputs: readonly SessionOutput[]): readonly object[] {
  return toldClient(outputs).flatMap((event) => (event.type === 'extension' ? [event.event] : []))
}

function stored(outputs: readonly SessionOutput[]) {
  return outputs.flatMap((output) => (output.to === 'store' ? output.entries : []))
}

const say = (text: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
})

describe('a backend that is lost while nothing happens', () => {
  it('is dialled again, and the client is told nothing yet', () => {
    const session = open()
    expect(lose(session)).toEqual([{ to: 'upstream', dial: { cause: lost } }])
    expect(session.state().phase).toBe('open')
  })

  it('is replaced by one that knows what was said and asked, and the client is told', () => {
    const session = open()
    session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
    session.provider(updated())
    play(session, placed(userText('u1', 'hi')))
    play(session, [
      ...speaking('r1', 'a1', { words: 'Hello.', ms: 100 }),
      ...finished('r1', 'a1', { words: 'Hello.' }),
    ])
    lose(session)
    const outputs = replace(session)
    expect(outputs[0]).toEqual({ to: 'upstream', takeOver: true })
    expect(toldBackend(outputs)).toMatchObject([
      { type: 'session.update', session: { instructions: 'Be brief.' } },
      { type: 'conversation.item.create', item: { id: 'u1', role: 'user' } },
      { type: 'conversation.item.create', item: { id: 'a1', role: 'assistant' } },
    ])
    expect(migrations(outputs)).toMatchObject([
      {
        type: 'parley.session.migrated',
        reason: 'lost',
        from: { backend: 'backend' },
        to: { backend: 'backend' },
        restored: 'transcript',
        unfinished_item_id: null,
        context: { items: 2 },
      },
    ])
    expect(stored(outputs)).toMatchObject([{ type: 'life', event: 'migrated', detail: 'lost' }])
  })

  it('says failover when another backend goes on', () => {
    const session = open()
    lose(session)
    expect(migrations(replace(session, { backend: 'other', model: 'm' }))).toMatchObject([
      { reason: 'failover', from: { backend: 'backend' }, to: { backend: 'other', model: 'm' } },
    ])
  })

  it('keeps the echo of what the backend is told again from the client', () => {
    const session = open()
    play(session, placed(userText('u1', 'hi')))
    lose(session)
    replace(session)
    expect(play(session, placed(userText('u1', 'hi')))).toEqual([])
  })

  it('ends the session when none can be had', () => {
    const session = open()
    lose(session)
    const outputs = session.input({ from: 'upstream', failed: lost, at: 0 })
    expect(toldClient(outputs)).toMatchObject([{ type: 'error', error: { code: 'backend_unavailable' } }])
    expect(outputs.at(-1)).toEqual({ to: 'end', close: { code: 1011, reason: 'backend_unavailable' } })
  })
})

describe('what the client says without a backend', () => {
  it('waits, and is said in order once the next has agreed to the settings', () => {
    const session = open()
    session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'x' } })
    session.provider(updated())
    lose(session)
    expect(session.client({ type: 'input_audio_buffer.append', audio: silence(20) })).toEqual([])
    expect(session.client(say('a'))).toEqual([])
    expect(session.client({ type: 'response.create' })).toEqual([])
    expect(types(toldBackend(replace(session)))).toEqual(['session.update'])
    expect(types(toldBackend(session.provider(updated())))).toEqual([
      'input_audio_buffer.append',
      'conversation.item.create',
      'response.create',
    ])
  })

  it('goes at once to a backend that has nothing to agree to', () => {
    const session = open()
    lose(session)
    session.client(say('a'))
    expect(types(toldBackend(replace(session)))).toEqual(['conversation.item.create'])
  })

  it('is refused beyond a bound', () => {
    const session = open()
    lose(session)
    const audio = silence(60_000)
    session.client({ type: 'input_audio_buffer.append', audio })
    const outputs = session.client({ type: 'input_audio_buffer.append', audio, event_id: 'x' })
    expect(toldClient(outputs)).toMatchObject([{ error: { code: 'buffer_overflow', event_id: 'x' } }])
  })

  it('hears the answer to an update that was under way, once', () => {
    const session = open()
    session.client({ type: 'session.update', session: { type: 'realtime', instructions: 'x' } })
    lose(session)
    replace(session)
    expect(types(toldClient(session.provider(updated())))).toEqual(['session.updated'])
    expect(types(toldClient(session.provider(updated())))).toEqual(['session.updated'])
  })
})

describe('what was under way when the backend was lost', () => {
  it('an item it had not acknowledged is in the conversation all the same, once', () => {
    const session = open()
    session.client({ ...say('hi'), event_id: 'c1' } as ClientEvent)
    const outputs = lose(session)
    expect(types(toldClient(outputs))).toEqual(['conversation.item.added', 'conversation.item.done'])
    expect(stored(outputs)).toMatchObject([{ type: 'item', item: { role: 'user' } }])
    expect(toldBackend(replace(session))).toMatchObject([
      { type: 'conversation.item.create', item: { content: [{ text: 'hi' }] } },
    ])
  })

  it('an item it had announced and not finished is finished', () => {
    const session = open()
    session.client({
      type: 'conversation.item.create',
      item: { id: 'u1', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
    })
    const [added] = placed(userText('u1', 'hi'))
    if (added) session.provider(added)
    expect(types(toldClient(lose(session)))).toEqual(['conversation.item.done'])
  })

  it('a deletion is done', () => {
    const session = open()
    play(session, placed(userText('u1', 'hi')))
    session.client({ type: 'conversation.item.delete', item_id: 'u1' })
    const outputs = lose(session)
    expect(types(toldClient(outputs))).toEqual(['conversation.item.deleted'])
    expect(toldBackend(replace(session))).toEqual([])
  })

  it('an answer that was asked for and not begun is asked for again', () => {
    const session = open()
    session.client({ type: 'response.create', event_id: 'c1', response: { instructions: 'Sing.' } })
    lose(session)
    expect(toldBackend(replace(session))).toMatchObject([
      { type: 'response.create', response: { instructions: 'Sing.' } },
    ])
  })

  it('an answer of which nothing came is ended and asked for again', () => {
    const session = open()
    session.client({ type: 'response.create' })
    play(session, speaking('r1', 'a1', { words: '', ms: 0 }).slice(0, 1))
    const outputs = lose(session)
    expect(toldClient(outputs)).toMatchObject([{ type: 'response.done', response: { id: 'r1' } }])
    expect(types(toldBackend(replace(session)))).toEqual(['response.create'])
  })

  it('an answer that costs every backend is given up after a while, and the session goes on', () => {
    const session = open()
    session.client({ type: 'response.create', event_id: 'c1' })
    for (let n = 0; n < 2; n += 1) {
      expect(toldClient(lose(session))).toEqual([])
      expect(types(toldBackend(replace(session)))).toEqual(['response.create'])
    }
    expect(toldClient(lose(session))).toMatchObject([
      { type: 'error', error: { code: 'backend_unavailable', event_id: 'c1' } },
    ])
    expect(toldBackend(replace(session))).toEqual([])
    expect(types(toldBackend(session.client({ type: 'response.create' })))).toEqual(['response.create'])
  })

  it('an answer that was cancelled is not', () => {
    const session = open()
    session.client({ type: 'response.create' })
    play(session, speaking('r1', 'a1', { words: '', ms: 0 }).slice(0, 1))
    session.client({ type: 'response.cancel' })
    lose(session)
    expect(toldBackend(replace(session))).toEqual([])
  })

  it('an answer under way is stored as far as it came, and not asked for again', () => {
    const session = open()
    play(session, placed(userText('u1', 'hi')))
    session.client({ type: 'response.create' })
    play(session, speaking('r1', 'a1', { words: 'One two.', ms: 400 }))
    const outputs = lose(session)
    expect(types(toldClient(outputs))).toEqual([
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    const swapped = replace(session)
    expect(migrations(swapped)).toMatchObject([{ unfinished_item_id: 'a1' }])
    expect(toldBackend(swapped)).toMatchObject([
      { item: { id: 'u1' } },
      { item: { id: 'a1', content: [{ type: 'output_text', text: 'One two.' }] } },
    ])
  })

  it('an answer that was finished is stored whole, though the conversation was not told of it any more', () => {
    const session = open()
    play(session, placed(userText('u1', 'hi')))
    play(session, speaking('r1', 'a1', { words: 'One two.', ms: 400 }))
    const [, itemDone] = finished('r1', 'a1', { words: 'One two.' })
    play(session, itemDone === undefined ? [] : [itemDone])
    const outputs = lose(session)
    const entries = outputs.flatMap((output) => (output.to === 'store' ? output.entries : []))
    expect(entries.filter(({ type }) => type === 'item')).toMatchObject([
      { item: { id: 'a1', status: 'completed' } },
    ])
    expect(toldClient(outputs)).toMatchObject([
      { type: 'conversation.item.done', item: { id: 'a1', status: 'completed' } },
      { type: 'response.done', response: { output: [{ id: 'a1', status: 'completed' }] } },
    ])
  })

  it('an answer a turn was to get without being asked for is asked for', () => {
    const session = open()
    userSpeaks(session, 'u1', 'What is it?')
    lose(session)
    const outputs = replace(session)
    expect(toldBackend(outputs)).toMatchObject([{ item: { id: 'u1' } }, { type: 'response.create' }])
  })

  it('an output of a call the old backend waited for goes with its call', () => {
    const session = open()
    session.client({ type: 'response.create' })
    play(session, [...calling('r1', ['c1']), ...finished('r1', 'x', { words: '' }).slice(-1)])
    lose(session)
    expect(toldBackend(replace(session))).toMatchObject([{ item: { type: 'function_call', call_id: 'c1' } }])
    expect(toldBackend(session.client(output))).toMatchObject([{ item: { call_id: 'c1', output: '7' } }])
  })

  it('an output of a call the next backend was not told of brings its call with it', () => {
    const session = open()
    session.client({ type: 'response.create' })
    play(session, [...calling('r1', ['c1']), ...finished('r1', 'x', { words: '' }).slice(-1)])
    lose(session)
    replace(session, { capabilities: { historySeeding: 'none' } })
    expect(toldBackend(session.client(output))).toMatchObject([
      { item: { type: 'function_call', call_id: 'c1', id: 'item_c1' } },
      { item: { type: 'function_call_output', call_id: 'c1' } },
    ])
    expect(
      play(
        session,
        placed({ id: 'item_c1', type: 'function_call', name: 'look_up', call_id: 'c1', arguments: '{}' }),
      ),
    ).toEqual([])
  })
})

const output: ClientEvent = {
  type: 'conversation.item.create',
  item: { id: 'o1', type: 'function_call_output', call_id: 'c1', output: '7' },
}

/** A turn the backend's own detection has found, with its words. */
function userSpeaks(session: TestSession, id: string, words: string | undefined): void {
  const speech = { event_id: 'e', item_id: id }
  session.client({ type: 'input_audio_buffer.append', audio: silence(3_000) })
  session.provider({ ...speech, type: 'input_audio_buffer.speech_started', audio_start_ms: 1_000 })
  session.provider({ ...speech, type: 'input_audio_buffer.speech_stopped', audio_end_ms: 2_500 })
  session.provider({ ...speech, type: 'input_audio_buffer.committed' })
  play(
    session,
    placed({ id, type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] }),
  )
  if (words === undefined) return
  session.provider({
    ...speech,
    type: 'conversation.item.input_audio_transcription.completed',
    content_index: 0,
    transcript: words,
    usage: { type: 'duration', seconds: 1 },
  })
}

describe('what the user said and nobody has answered', () => {
  it('is said again in sound where there are no words, under the id the client knows', () => {
    const session = open()
    userSpeaks(session, 'u1', undefined)
    lose(session)
    const outputs = replace(session)
    expect(outputs.filter(({ to }) => to === 'upstream')).toEqual([
      { to: 'upstream', takeOver: true },
      { to: 'upstream', resend: { startMs: 1_000, endMs: 2_500 }, judged: false },
      { to: 'upstream', resend: { startMs: 2_500, endMs: 3_000 }, judged: false },
    ])
    expect(types(toldBackend(outputs))).toEqual(['input_audio_buffer.commit'])
    const committed = session.provider({
      type: 'input_audio_buffer.committed',
      event_id: 'e',
      item_id: 'new',
    })
    expect(toldClient(committed)).toEqual([])
    expect(types(toldBackend(committed))).toEqual(['response.create'])
    const said: Item = { id: 'new', type: 'message', role: 'user', content: [{ type: 'input_audio' }] }
    expect(play(session, placed(said))).toEqual([])
    const words = session.provider({
      type: 'conversation.item.input_audio_transcription.completed',
      event_id: 'e',
      item_id: 'new',
      content_index: 0,
      transcript: 'Hello there.',
      usage: { type: 'duration', seconds: 1 },
    })
    expect(toldClient(words)).toMatchObject([{ item_id: 'u1', transcript: 'Hello there.' }])
  })

  it('is not asked about twice where the next backend finds the end of the turn itself', () => {
    const session = open()
    userSpeaks(session, 'u1', undefined)
    lose(session)
    replace(session)
    const speech = { event_id: 'e', item_id: 'new' }
    expect(
      session.provider({ ...speech, type: 'input_audio_buffer.speech_started', audio_start_ms: 0 }),
    ).toEqual([])
    expect(
      session.provider({ ...speech, type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900 }),
    ).toEqual([])
    expect(session.provider({ ...speech, type: 'input_audio_buffer.committed' })).toEqual([])
  })

  it('goes on under its id where it was cut in the middle, on the clock the client knows', () => {
    const session = open()
    session.client({ type: 'input_audio_buffer.append', audio: silence(3_000) })
    session.provider({
      type: 'input_audio_buffer.speech_started',
      event_id: 'e',
      item_id: 'u1',
      audio_start_ms: 1_000,
    })
    lose(session)
    expect(replace(session).filter(({ to }) => to === 'upstream')).toEqual([
      { to: 'upstream', takeOver: true },
      { to: 'upstream', resend: { startMs: 1_000, endMs: 3_000 }, judged: false },
    ])
    const speech = { event_id: 'e', item_id: 'new' }
    expect(
      session.provider({ ...speech, type: 'input_audio_buffer.speech_started', audio_start_ms: 0 }),
    ).toEqual([])
    expect(
      toldClient(
        session.provider({ ...speech, type: 'input_audio_buffer.speech_stopped', audio_end_ms: 2_400 }),
      ),
    ).toMatchObject([{ item_id: 'u1', audio_end_ms: 3_400 }])
    expect(toldClient(session.provider({ ...speech, type: 'input_audio_buffer.committed' }))).toMatchObject([
      { item_id: 'u1' },
    ])
  })

  it('is committed again where the commit was not answered, once the settings are acknowledged', () => {
    const session = open()
    session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: null } } },
    })
    session.provider(updated())
    session.client({ type: 'input_audio_buffer.append', audio: silence(500) })
    session.client({ type: 'input_audio_buffer.commit', event_id: 'c1' })
    session.client({ type: 'input_audio_buffer.append', audio: silence(200) })
    lose(session)
    const outputs = replace(session)
    expect(outputs.filter(({ to }) => to === 'upstream')).toEqual([{ to: 'upstream', takeOver: true }])
    expect(types(toldBackend(outputs))).toEqual(['session.update'])
    // Sound would be answered by the settings of before.
    const configured = session.provider(updated())
    expect(configured.filter(({ to }) => to === 'upstream')).toEqual([
      { to: 'upstream', resend: { startMs: 0, endMs: 500 }, judged: false },
      { to: 'upstream', resend: { startMs: 500, endMs: 700 }, judged: false },
    ])
    expect(types(toldBackend(configured))).toEqual(['input_audio_buffer.commit'])
    expect(
      toldClient(session.provider({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: 'n' })),
    ).toMatchObject([{ type: 'input_audio_buffer.committed', item_id: 'n' }])
  })
})

describe('a session that only writes down speech', () => {
  it('is one of the next backend where that has them, and a quiet one elsewhere', () => {
    const session = open({ kind: 'transcription', capabilities: { transcriptionSessions: true } })
    lose(session)
    expect(toldBackend(replace(session, { capabilities: { transcriptionSessions: true } }))).toEqual([])
    lose(session)
    expect(toldBackend(replace(session))).toMatchObject([
      {
        type: 'session.update',
        session: { type: 'realtime', audio: { input: { turn_detection: { create_response: false } } } },
      },
    ])
    expect(session.client({ type: 'response.create' })).toEqual([])
    expect(toldClient(session.provider(updated()))).toMatchObject([{ type: 'error' }])
  })

  it('asks for another backend where it cannot be had', () => {
    const session = open({ kind: 'transcription', capabilities: { transcriptionSessions: true } })
    lose(session)
    const unable = { turnsWithoutResponse: false, inputTranscription: 'none' } as const
    expect(replace(session, { capabilities: unable })).toMatchObject([
      { to: 'upstream', dial: { cause: { code: 'unsupported' } } },
    ])
  })
})

describe('settings while there is no backend', () => {
  it('stay in their order, whenever they are said', () => {
    const session = open()
    const update = (instructions: string): ClientEvent => ({
      type: 'session.update',
      session: { type: 'realtime', instructions },
    })
    session.client(update('a'))
    session.provider(updated())
    lose(session)
    session.client(update('b'))
    replace(session)
    expect(session.client(update('c'))).toEqual([])
    expect(toldBackend(session.provider(updated()))).toMatchObject([
      { session: { instructions: 'b' } },
      { session: { instructions: 'c' } },
    ])
  })
})

describe('another kind of backend', () => {
  it('is told what it can do of the settings, and the client what was left out', () => {
    const session = open()
    session.client({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'x',
        output_modalities: ['text'],
        audio: { output: { voice: 'bob', speed: 1.2 }, input: { format: { type: 'audio/pcmu' } } },
      },
    })
    session.provider(updated())
    lose(session)
    const outputs = replace(session, {
      backend: 'other',
      capabilities: {
        outputModalities: ['audio'],
        voices: [{ name: 'zoe', languages: ['en'] }],
        sessionFields: ['instructions'],
      },
    })
    expect(toldBackend(outputs)).toMatchObject([{ session: { instructions: 'x', audio: { output: {} } } }])
    expect(toldBackend(outputs)[0]).not.toHaveProperty('session.output_modalities')
    expect(toldBackend(outputs)[0]).not.toHaveProperty('session.audio.output.voice')
    const warnings = toldClient(outputs).flatMap((event) =>
      event.type === 'warning' ? [event.warning.param] : [],
    )
    expect(warnings).toEqual([
      'session.output_modalities',
      'session.audio.output.voice',
      'session.audio.output.speed',
    ])
    expect(session.state().settings.input).toEqual({
      client: { type: 'audio/pcmu' },
      provider: { type: 'audio/pcm', rate: 24_000 },
    })
  })

  it('gets back what was left out when the first goes on again', () => {
    const session = open()
    session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { voice: 'bob' } } },
    })
    session.provider(updated())
    lose(session)
    replace(session, { capabilities: { voices: [{ name: 'zoe', languages: ['en'] }] } })
    lose(session)
    expect(toldBackend(replace(session))).toMatchObject([
      { session: { audio: { output: { voice: 'bob' } } } },
    ])
  })
})

describe('a limit of the backend', () => {
  const limited = () => openTestSession({ recovers: true, capabilities: { sessionLimitMinutes: 10 } })
  const soon = 10 * 60_000 - 60_000

  it('has a second one dialled ahead, which takes over when a turn has ended', () => {
    const session = limited()
    play(session, speaking('r1', 'a1', { words: 'Hi.', ms: 100 }), soon - 10)
    expect(session.input({ from: 'clock', reached: soon, at: soon })).toEqual([
      { to: 'upstream', dial: { cause: undefined } },
      { to: 'clock', wakeAt: soon + 55_000 },
    ])
    expect(replace(session, {}, soon)).toEqual([])
    const outputs = play(session, finished('r1', 'a1', { words: 'Hi.' }), soon + 200)
    expect(migrations(outputs)).toMatchObject([{ reason: 'limit', unfinished_item_id: null }])
    expect(toldClient(outputs).at(-1)?.type).toBe('extension')
  })

  it('lets an answer be heard to its end before the change', () => {
    const session = limited()
    session.input({ from: 'clock', reached: soon, at: soon })
    play(session, speaking('r1', 'a1', { words: 'Hi.', ms: 5_000 }), soon)
    replace(session, {}, soon)
    const outputs = play(session, finished('r1', 'a1', { words: 'Hi.' }), soon + 200)
    expect(migrations(outputs)).toEqual([])
    expect(outputs).toContainEqual({ to: 'clock', wakeAt: soon + 5_000 })
    expect(
      migrations(session.input({ from: 'clock', reached: soon + 5_000, at: soon + 5_000 })),
    ).toMatchObject([{ reason: 'limit' }])
  })

  it('is not waited for longer than the margin allows', () => {
    const session = limited()
    session.input({ from: 'clock', reached: soon, at: soon })
    play(session, speaking('r1', 'a1', { words: 'Hi.', ms: 100 }), soon)
    replace(session, {}, soon)
    const latest = soon + 55_000
    const outputs = session.input({ from: 'clock', reached: latest, at: latest })
    expect(types(toldClient(outputs))).toContain('response.done')
    expect(migrations(outputs)).toMatchObject([{ reason: 'limit', unfinished_item_id: 'a1' }])
  })

  it('uses the one that stands by when the first ends too early', () => {
    const session = limited()
    session.input({ from: 'clock', reached: soon, at: soon })
    play(session, speaking('r1', 'a1', { words: 'Hi.', ms: 100 }), soon)
    replace(session, {}, soon)
    expect(migrations(lose(session, soon + 10))).toMatchObject([
      { reason: 'limit', unfinished_item_id: 'a1' },
    ])
  })

  it('is prepared for again when the successor could not be had', () => {
    const session = limited()
    session.input({ from: 'clock', reached: soon, at: soon })
    expect(session.input({ from: 'upstream', failed: lost, at: soon })).toEqual([
      { to: 'clock', wakeAt: soon + 5_000 },
    ])
    expect(session.input({ from: 'clock', reached: soon + 5_000, at: soon + 5_000 })[0]).toEqual({
      to: 'upstream',
      dial: { cause: undefined },
    })
  })

  it('is told by the backend itself: nothing is told to the client but the change', () => {
    const session = open()
    const error = { type: 'invalid_request_error', code: 'session_expired', message: 'Over.', param: null }
    expect(
      session.provider({ type: 'error', event_id: 'e', error: { ...error, event_id: null } }),
    ).toMatchObject([{ to: 'upstream', dial: { cause: { code: 'session_expired' } } }])
    expect(migrations(replace(session))).toMatchObject([{ reason: 'notice' }])
  })
})

describe('a backend that falls silent', () => {
  it('is lost when it was asked for an answer', () => {
    const session = open({ capabilities: { keepAlive: 'ping' } })
    expect(session.client({ type: 'response.create' }, 100)).toContainEqual({ to: 'clock', wakeAt: 20_100 })
    expect(session.input({ from: 'clock', reached: 20_100, at: 20_100 })).toMatchObject([
      { to: 'upstream', dial: { cause: { code: 'backend_unavailable' } } },
    ])
  })

  it('is not when it has said anything since, or has no wire', () => {
    const session = open({ capabilities: { keepAlive: 'ping' } })
    session.client({ type: 'response.create' }, 100)
    play(session, placed(userText('u1', 'x')), 5_000)
    expect(session.input({ from: 'clock', reached: 20_100, at: 20_100 })).toEqual([
      { to: 'clock', wakeAt: 25_000 },
    ])
    const local = open()
    expect(local.client({ type: 'response.create' }, 100).filter(({ to }) => to === 'clock')).toEqual([])
  })
})

describe('a session another process began', () => {
  const user = userText('u1', 'Are you there?')
  const resumed = {
    session: { type: 'realtime', instructions: 'x' },
    backend: 'old',
    model: undefined,
  } as const

  it('goes on without being announced anew, and answers what nobody has answered', () => {
    const session = openTestSession({ recovers: true, resumed, items: [user] })
    expect(session.state().phase).toBe('open')
    expect(types(toldBackend(session.provider(updated())))).toEqual(['response.create'])
  })

  it('tells the client that it was restarted', () => {
    const opened = openTestSession({ recovers: true, resumed })
    expect(opened.began.flatMap((output) => (output.to === 'client' ? [output.event] : []))).toMatchObject([
      { type: 'extension', event: { reason: 'restart', from: { backend: 'old' } } },
    ])
  })
})

describe('a session that is asked to leave', () => {
  it('does so at once when nothing is under way', () => {
    const session = open()
    expect(session.input({ from: 'clock', leave: true, at: 0 }).at(-1)).toEqual({
      to: 'end',
      close: { code: 1012, reason: 'restart' },
    })
  })

  it('waits for the answer and until it was heard', () => {
    const session = open()
    play(session, speaking('r1', 'a1', { words: 'Hi.', ms: 500 }))
    expect(session.input({ from: 'clock', leave: true, at: 0 })).toEqual([])
    expect(play(session, finished('r1', 'a1', { words: 'Hi.' }), 100).at(-1)).toEqual({
      to: 'clock',
      wakeAt: 500,
    })
    expect(session.input({ from: 'clock', reached: 500, at: 500 }).at(-1)).toMatchObject({ to: 'end' })
  })
})
