import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { finished, openTestSession, silence, speaking, testSession } from '../testing/session-fixture.ts'
import type { TestSession } from '../testing/session-fixture.ts'
import type { SessionOutput } from './session-state.ts'

const userSays = (id: string, text: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
})

function play(session: TestSession, events: readonly ServerEvent[], at = 0): readonly SessionOutput[] {
  return events.flatMap((event) => session.provider(event, at))
}

function errorOf(outputs: readonly SessionOutput[]) {
  const [output] = outputs
  if (outputs.length !== 1 || output?.to !== 'client' || output.event.type !== 'error') {
    throw new Error(`not one error: ${JSON.stringify(outputs)}`)
  }
  const { code, param, event_id } = output.event.error
  return { code, param, event_id }
}

function clientTypes(outputs: readonly SessionOutput[]): readonly string[] {
  return outputs.flatMap((output) => (output.to === 'client' ? [output.event.type] : []))
}

describe('the beginning', () => {
  it('tells the session, then the conversation', () => {
    const session = openTestSession()
    expect(session.state().phase).toBe('open')
  })

  it('reminds the backend of a stored conversation and keeps the echo from the client', () => {
    const item = {
      id: 'old',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'hi' }],
    } as const
    const session = openTestSession({ items: [{ ...item, content: [...item.content] }] })
    const echo = { event_id: 'e', item: { ...item, content: [...item.content] }, previous_item_id: null }
    expect(session.provider({ type: 'conversation.item.added', ...echo })).toEqual([])
    expect(session.provider({ type: 'conversation.item.done', ...echo })).toEqual([])
    expect(session.client({ type: 'conversation.item.retrieve', item_id: 'old' })).toMatchObject([
      { to: 'client', event: { type: 'conversation.item.retrieved', item } },
    ])
  })
})

describe('refusals name the field and leave the session alive', () => {
  const cases: readonly (readonly [string, ClientEvent, object])[] = [
    [
      'an unknown type',
      { type: 'extension', dialect: 'openai-ga', event: { type: 'x.y', event_id: 'c1' } },
      { code: 'invalid_value', param: 'type', event_id: 'c1' },
    ],
    [
      'a commit of nothing',
      { type: 'input_audio_buffer.commit', event_id: 'c1' },
      { code: 'input_audio_buffer_commit_empty', event_id: 'c1' },
    ],
    [
      'a cancel without a response',
      { type: 'response.cancel', event_id: 'c1' },
      { code: 'response_cancel_not_active', event_id: 'c1' },
    ],
    [
      'a cancel of an unknown response',
      { type: 'response.cancel', response_id: 'r9' },
      { code: 'response_cancel_not_active', param: 'response_id' },
    ],
    [
      'retrieving an unknown item',
      { type: 'conversation.item.retrieve', item_id: 'x' },
      { code: 'item_retrieve_invalid_item_id', param: 'item_id' },
    ],
    [
      'deleting an unknown item',
      { type: 'conversation.item.delete', item_id: 'x' },
      { code: 'item_delete_invalid_item_id', param: 'item_id' },
    ],
    [
      'truncating an unknown item',
      { type: 'conversation.item.truncate', item_id: 'x', content_index: 0, audio_end_ms: 1 },
      { code: 'item_truncate_invalid_item_id', param: 'item_id' },
    ],
    [
      'an unknown place',
      { ...userSays('n', 'x'), previous_item_id: 'nowhere' } as ClientEvent,
      { code: 'invalid_value', param: 'previous_item_id' },
    ],
    [
      'an output without a call',
      { type: 'conversation.item.create', item: { type: 'function_call_output', call_id: 'c', output: '1' } },
      { code: 'invalid_value', param: 'item.call_id' },
    ],
    [
      'clearing the output buffer',
      { type: 'output_audio_buffer.clear' },
      { code: 'unsupported', param: 'type' },
    ],
    [
      'a voice the backend lacks',
      { type: 'session.update', session: { type: 'realtime', audio: { output: { voice: 'zoe' } } } },
      { code: 'invalid_value', param: 'session.audio.output.voice' },
    ],
    [
      'a tool kind the backend lacks',
      {
        type: 'session.update',
        session: { type: 'realtime', tools: [{ type: 'mcp', server_label: 's', server_url: 'https://s' }] },
      },
      { code: 'unsupported', param: 'session.tools[0].type' },
    ],
    [
      'an unknown item as input',
      { type: 'response.create', response: { input: [{ type: 'item_reference', id: 'x' }] } },
      { code: 'invalid_value', param: 'response.input[0].id' },
    ],
  ]

  it.each(cases)('%s', (_name, event, expected) => {
    const session = openTestSession()
    expect(errorOf(session.client(event))).toMatchObject(expected)
    expect(session.client({ type: 'response.create' })).toEqual([
      { to: 'provider', event: { type: 'response.create' } },
    ])
  })

  it('an id that is taken', () => {
    const session = openTestSession()
    const item = {
      id: 'a',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'hi' }],
    } as const
    session.provider({
      type: 'conversation.item.added',
      event_id: 'e',
      item: { ...item, content: [...item.content] },
      previous_item_id: null,
    })
    expect(errorOf(session.client(userSays('a', 'again')))).toMatchObject({
      code: 'invalid_value',
      param: 'item.id',
    })
  })
})

describe('one active response', () => {
  it('refuses a second while the first is asked for', () => {
    const session = openTestSession()
    session.client({ type: 'response.create' })
    expect(errorOf(session.client({ type: 'response.create', event_id: 'two' }))).toEqual({
      code: 'conversation_already_has_active_response',
      param: null,
      event_id: 'two',
    })
  })

  it('refuses a second while the first runs, and takes it once that is done', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    expect(errorOf(session.client({ type: 'response.create' })).code).toBe(
      'conversation_already_has_active_response',
    )
    play(session, finished('r1', 'i1', { words: 'Hi.' }))
    expect(session.client({ type: 'response.create' })).toHaveLength(1)
  })

  it('names the conversation as the client knows it', () => {
    const session = openTestSession()
    const outputs = [
      ...play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100, conversation: 'conv_of_the_backend' })),
      ...play(session, finished('r1', 'i1', { words: 'Hi.', conversation: 'conv_of_the_backend' })),
    ]
    const named = outputs.flatMap((output) =>
      output.to === 'client' &&
      (output.event.type === 'response.created' || output.event.type === 'response.done')
        ? [output.event.response.conversation_id]
        : [],
    )
    expect(named).toEqual(['conv_1', 'conv_1'])
  })

  it.each([
    ['by its id', 'one', 'one'],
    ['without saying which', 'one', null],
    ['that had no id', undefined, null],
  ])('takes a new request after the backend refused the first %s', (_name, asked, answered) => {
    const session = openTestSession()
    session.client({ type: 'response.create', ...(asked === undefined ? {} : { event_id: asked }) })
    const error = { type: 'invalid_request_error', code: 'x', message: 'no', param: null, event_id: answered }
    session.provider({ type: 'error', event_id: 'e', error })
    expect(session.client({ type: 'response.create' })).toMatchObject([{ to: 'provider' }])
  })

  it('keeps waiting when the backend refused something else', () => {
    const session = openTestSession()
    session.client({ type: 'response.create', event_id: 'one' })
    const error = { type: 'invalid_request_error', code: 'x', message: 'no', param: null, event_id: 'two' }
    session.provider({ type: 'error', event_id: 'e', error })
    expect(errorOf(session.client({ type: 'response.create' })).code).toBe(
      'conversation_already_has_active_response',
    )
  })

  it('lets any number run out of band', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    const outOfBand: ClientEvent = { type: 'response.create', response: { conversation: 'none' } }
    expect(session.client(outOfBand)).toHaveLength(1)
    expect(
      clientTypes(play(session, speaking('r2', 'i2', { words: 'Aside.', ms: 100, conversation: null }))),
    ).toContain('response.output_audio.delta')
    expect(session.state().responses.size).toBe(2)
  })

  it('ends the first when a backend starts a second', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    const outputs = play(session, speaking('r2', 'i2', { words: 'You.', ms: 100 }))
    expect(clientTypes(outputs).slice(0, 4)).toEqual([
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'response.created',
    ])
    expect([...session.state().responses.keys()]).toEqual(['r2'])
  })
})

describe('cancel and barge-in', () => {
  it('drops what a cancelled response still says, but not its end', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    expect(session.client({ type: 'response.cancel' }).slice(0, 2)).toEqual([
      { to: 'outbox', dropAudioOf: 'r1' },
      { to: 'provider', event: { type: 'response.cancel' } },
    ])
    const late = { event_id: 'e', response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
    expect(session.provider({ ...late, type: 'response.output_audio.delta', delta: silence(100) })).toEqual(
      [],
    )
    expect(clientTypes(play(session, finished('r1', 'i1', { words: 'Hi.', status: 'cancelled' })))).toEqual([
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
  })

  it('cancels a response that was asked for and has not begun', () => {
    const session = openTestSession()
    session.client({ type: 'response.create' })
    expect(session.client({ type: 'response.cancel' })).toEqual([
      { to: 'provider', event: { type: 'response.cancel' } },
    ])
  })

  it('drops queued sound when the user speaks', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    const speech = {
      type: 'input_audio_buffer.speech_started',
      event_id: 'e',
      audio_start_ms: 0,
      item_id: 'u',
    } as const
    expect(session.provider(speech, 50).slice(0, 2)).toEqual([
      { to: 'outbox', dropAudioOf: 'r1' },
      { to: 'client', event: speech },
    ])
  })

  it('goes on speaking when interruptions are off', () => {
    const session = openTestSession()
    const quiet = {
      ...testSession,
      audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false } } },
    } as const
    session.provider({ type: 'session.updated', event_id: 'e', session: quiet })
    play(session, speaking('r1', 'i1', { words: 'Hi.', ms: 100 }))
    session.provider(
      { type: 'input_audio_buffer.speech_started', event_id: 'e', audio_start_ms: 0, item_id: 'u' },
      50,
    )
    const more = { event_id: 'e', response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 }
    expect(
      session.provider({ ...more, type: 'response.output_audio.delta', delta: silence(100) }),
    ).toHaveLength(1)
  })
})

describe('truncation', () => {
  const truncate = (ms: number): ClientEvent => ({
    type: 'conversation.item.truncate',
    item_id: 'i1',
    content_index: 0,
    audio_end_ms: ms,
  })

  it.each([
    ['what the client says it played', 300, 500, 300, 'One'],
    ['what can have been heard by now', 2_400, 400, 400, 'One'],
    ['just below what was sent', 2_400, 60_000, 1_380, 'One two three.'],
  ])('is clamped to %s', (_name, asked, at, ms, heard) => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two three.', ms: 1_400 }))
    expect(session.client(truncate(asked), at)).toMatchObject([
      { to: 'provider', event: { audio_end_ms: ms, parley: { heard_transcript: heard } } },
    ])
  })

  it('is refused far beyond the sound', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two three.', ms: 1_400 }))
    expect(errorOf(session.client(truncate(2_401), 60_000))).toMatchObject({
      code: 'invalid_value',
      param: 'audio_end_ms',
    })
  })

  it('stores and tells what was heard, also when the answer is done later', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two three.', ms: 1_400 }))
    const truncated = { event_id: 'e', item_id: 'i1', content_index: 0, audio_end_ms: 300 }
    const entry = {
      type: 'heard',
      itemId: 'i1',
      contentIndex: 0,
      generatedMs: 1_400,
      heardMs: 300,
      heardTranscript: 'One',
      by: 'truncate',
    }
    session.client(truncate(300), 500)
    expect(session.provider({ type: 'conversation.item.truncated', ...truncated })).toMatchObject([
      { to: 'client', event: { parley: { heard_transcript: 'One' } } },
    ])
    const outputs = play(session, finished('r1', 'i1', { words: 'One two three.', status: 'cancelled' }))
    expect(outputs[0]).toMatchObject({ to: 'store', entries: [{ type: 'item' }, entry] })
    expect(session.state().conversation.items.get('i1')).toMatchObject({ content: [{ transcript: 'One' }] })
  })

  it('is done here for a backend that has none', () => {
    const session = openTestSession({ capabilities: { truncation: 'none' } })
    play(session, speaking('r1', 'i1', { words: 'One two three.', ms: 1_400 }))
    expect(clientTypes(session.client(truncate(300), 500))).toEqual(['conversation.item.truncated'])
  })

  it('still works when the response is done', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two three.', ms: 1_400 }))
    play(session, finished('r1', 'i1', { words: 'One two three.' }))
    expect(session.client(truncate(700), 800)).toMatchObject([
      { to: 'provider', event: { audio_end_ms: 700 } },
    ])
  })

  it('names the place of the audio', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One.', ms: 100 }))
    const wrong = { ...truncate(1), content_index: 3 } as ClientEvent
    expect(errorOf(session.client(wrong, 50))).toMatchObject({
      code: 'invalid_value',
      param: 'content_index',
    })
  })
})

describe('what is stored', () => {
  it('comes before its acknowledgement', () => {
    const session = openTestSession()
    const item = {
      id: 'a',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'hi' }],
    } as const
    const done = { event_id: 'e', item: { ...item, content: [...item.content] }, previous_item_id: null }
    expect(session.provider({ type: 'conversation.item.done', ...done })).toMatchObject([
      { to: 'store', entries: [{ type: 'item', item, previousItemId: null }] },
      { to: 'client', event: { type: 'conversation.item.done' } },
    ])
  })

  it('keeps what a lost backend had said, and ends its response', () => {
    const session = openTestSession()
    play(session, speaking('r1', 'i1', { words: 'One two', ms: 700 }))
    const lost = new RealtimeError('backend_unavailable', 'gone')
    const outputs = session.input({ from: 'provider', lost, at: 400 })
    expect(outputs).toContainEqual({
      to: 'store',
      entries: [
        {
          type: 'item',
          previousItemId: null,
          item: {
            id: 'i1',
            type: 'message',
            role: 'assistant',
            status: 'incomplete',
            content: [{ type: 'output_audio', transcript: 'One two' }],
          },
        },
        {
          type: 'heard',
          itemId: 'i1',
          contentIndex: 0,
          generatedMs: 700,
          heardMs: 400,
          heardTranscript: 'One',
          by: 'clock',
        },
      ],
    })
    expect(clientTypes(outputs).slice(-2)).toEqual(['response.done', 'error'])
    expect(outputs.at(-1)).toEqual({ to: 'end', close: { code: 1011, reason: 'backend_unavailable' } })
    expect(session.client({ type: 'response.create' })).toEqual([])
  })
})

describe('session updates', () => {
  it('supplies semantic turn detection where the backend has none, says so, and shows the client its own', () => {
    const session = openTestSession()
    const asked = { type: 'semantic_vad', eagerness: 'high' } as const
    const [warning, output] = session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: asked } } },
    })
    expect(warning).toMatchObject({
      to: 'client',
      event: {
        type: 'warning',
        warning: {
          param: 'session.audio.input.turn_detection',
          message: expect.stringContaining('300 ms of silence stand for semantic_vad'),
        },
      },
    })
    expect(output).toMatchObject({
      to: 'provider',
      event: {
        session: { audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 300 } } } },
      },
    })
    expect(session.provider({ type: 'session.updated', event_id: 'e', session: testSession })).toMatchObject([
      { event: { session: { audio: { input: { turn_detection: asked } } } } },
    ])
  })

  it.each([
    ['the defaults', {}, { eagerness: 'auto', create_response: true, interrupt_response: true }],
    ['what was asked', { interrupt_response: false }, { create_response: true, interrupt_response: false }],
  ])('completes the turn detection it supplies with %s', (_what, asked, shown) => {
    const session = openTestSession()
    session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: { type: 'semantic_vad', ...asked } } } },
    })
    expect(session.provider({ type: 'session.updated', event_id: 'e', session: testSession })).toMatchObject([
      { event: { session: { audio: { input: { turn_detection: { type: 'semantic_vad', ...shown } } } } } },
    ])
  })

  it('lets a client speak G.711 with a backend that does not', () => {
    const session = openTestSession()
    const [output] = session.client({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { format: { type: 'audio/pcmu' } }, output: { format: { type: 'audio/pcma' } } },
      },
    })
    expect(output).toMatchObject({
      event: {
        session: {
          audio: { input: { format: { type: 'audio/pcm' } }, output: { format: { type: 'audio/pcm' } } },
        },
      },
    })
    expect(session.state().settings).toMatchObject({
      input: { client: { type: 'audio/pcmu' }, provider: { type: 'audio/pcm', rate: 24_000 } },
      output: { client: { type: 'audio/pcma' } },
    })
  })

  it('takes the voices every OpenAI client knows for the default voice', () => {
    const session = openTestSession()
    const [output] = session.client({
      type: 'session.update',
      session: { type: 'realtime', audio: { output: { voice: 'marin', speed: 1.2 } } },
    })
    expect(output).toEqual({
      to: 'provider',
      event: { type: 'session.update', session: { type: 'realtime', audio: { output: { speed: 1.2 } } } },
    })
  })
})
