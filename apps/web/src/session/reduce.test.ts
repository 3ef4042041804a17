import { parseServerEvent, type ServerEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { reduce, type SessionInput } from './reduce.ts'
import { splitHeard } from './turns.ts'
import { activityOf, emptyView, isAnswering, type SessionView } from './view.ts'

function server(event: Readonly<Record<string, unknown>>, at = 0): SessionInput {
  return { kind: 'server', event: eventOf(event), at }
}

function eventOf(event: Readonly<Record<string, unknown>>): ServerEvent {
  return parseServerEvent({ event_id: 'event_1', ...event })
}

function run(inputs: readonly SessionInput[], view: SessionView = emptyView): SessionView {
  return inputs.reduce(reduce, view)
}

const message = (id: string, role: string, content: readonly object[] = []): object => ({
  id,
  object: 'realtime.item',
  type: 'message',
  role,
  content,
})
const response = (status: string, more: object = {}): object => ({
  id: 'resp_1',
  object: 'realtime.response',
  status,
  status_details: null,
  output: [],
  usage: null,
  ...more,
})
const place = { response_id: 'resp_1', item_id: 'item_a', output_index: 0, content_index: 0 }

const spoken: readonly SessionInput[] = [
  server({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'item_u' }, 500),
  server({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: 900, item_id: 'item_u' }, 1000),
  server({ type: 'input_audio_buffer.committed', item_id: 'item_u', previous_item_id: null }),
  server({
    type: 'conversation.item.added',
    previous_item_id: null,
    item: message('item_u', 'user', [{ type: 'input_audio', transcript: null }]),
  }),
  server({
    type: 'conversation.item.done',
    previous_item_id: null,
    item: message('item_u', 'user', [{ type: 'input_audio', transcript: null }]),
  }),
]
const transcribed = server({
  type: 'conversation.item.input_audio_transcription.completed',
  item_id: 'item_u',
  content_index: 0,
  transcript: ' What is Parley? ',
})
const answering: readonly SessionInput[] = [
  server({ type: 'response.created', response: response('in_progress') }),
  server({
    type: 'response.output_item.added',
    response_id: 'resp_1',
    output_index: 0,
    item: message('item_a', 'assistant'),
  }),
  server({
    type: 'conversation.item.added',
    previous_item_id: 'item_u',
    item: message('item_a', 'assistant'),
  }),
  server({ type: 'response.output_audio_transcript.delta', ...place, delta: 'One endpoint ' }),
  server({ type: 'response.output_audio_transcript.delta', ...place, delta: 'for every backend.' }),
]
const restarted: SessionInput = { kind: 'restarted', heardShares: new Map() }
const done = (status = 'completed', more: object = {}): SessionInput =>
  server({ type: 'response.done', response: response(status, more) })

describe('a spoken turn', () => {
  it('shows who speaks before a word is known, then the words', () => {
    const heard = run(spoken.slice(0, 1))
    expect(heard.turns).toMatchObject([{ itemId: 'item_u', role: 'user', text: '', status: 'live' }])
    expect(activityOf(heard)).toBe('hearing')
    expect(run([...spoken, transcribed]).turns).toMatchObject([{ text: 'What is Parley?', status: 'done' }])
  })

  it('keeps the user before the answer when the transcript comes last', () => {
    const { turns } = run([...spoken, ...answering, done(), transcribed])
    expect(turns.map(({ text }) => text)).toEqual(['What is Parley?', 'One endpoint for every backend.'])
  })

  it('leaves no line for speech that never became a turn', () => {
    const noise = server({ type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'item_n' })
    expect(run([noise, ...spoken, transcribed]).turns.map(({ itemId }) => itemId)).toEqual(['item_u'])
  })

  it('says so when the speech could not be understood', () => {
    const failed = server({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: 'item_u',
      content_index: 0,
      error: { message: 'unintelligible' },
    })
    const view = run([...spoken, failed])
    expect(view.turns[0]?.status).toBe('failed')
    expect(activityOf(view)).toBe('quiet')
    expect(view.problem).toBeUndefined()
  })

  it('says what to do when a language needs a download first', () => {
    const failed = server({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: 'item_u',
      content_index: 0,
      error: {
        code: 'model_not_downloaded',
        message: 'Recognition of language de needs the download whisper-base.',
      },
    })
    const view = run([...spoken, failed])
    expect(view.problem?.code).toBe('model_not_downloaded')
    expect(activityOf(view)).toBe('quiet')
  })
})

describe('an answer', () => {
  it('is thought, spoken and over', () => {
    const made = run([...spoken, ...answering])
    expect(activityOf(run(spoken))).toBe('thinking')
    expect(isAnswering(made)).toBe(true)
    const sounding = run([{ kind: 'started', itemId: 'item_a', outputLatencyMs: 0, at: 1100 }, done()], made)
    expect(isAnswering(sounding)).toBe(false)
    expect(activityOf(sounding)).toBe('speaking')
    expect(activityOf(run([{ kind: 'silent', itemId: 'item_a' }], sounding))).toBe('quiet')
  })

  it('has its latency as soon as it sounds, and the parts once the server has told them', () => {
    const started: SessionInput = { kind: 'started', itemId: 'item_a', outputLatencyMs: 5, at: 1155 }
    const early = run([...spoken, ...answering, started])
    expect(early.turns[1]?.latency?.totalMs).toBe(560)
    const timings = { speech_stopped_ms: 440, transcript_ms: 450, first_text_ms: 460, first_audio_ms: 570 }
    const late = run([done('completed', { parley: { timings } })], early)
    expect(late.turns[1]?.latency).toMatchObject({ origin: 'speech', totalMs: 600 })
    expect(late.turns[1]?.latency?.parts).toHaveLength(5)
  })

  it('keeps the moment of its first sound when it goes on after a pause', () => {
    const start = (at: number): SessionInput => ({
      kind: 'started',
      itemId: 'item_a',
      outputLatencyMs: 0,
      at,
    })
    const view = run([...spoken, ...answering, start(1100), start(3000)])
    expect(view.turns[1]?.latency?.totalMs).toBe(500)
  })

  it('to a typed message is counted from its sending', () => {
    const view = run([
      { kind: 'asked', by: 'text', at: 2000 },
      ...answering,
      { kind: 'started', itemId: 'item_a', outputLatencyMs: 0, at: 2120 },
    ])
    expect(view.turns[0]?.latency).toMatchObject({ origin: 'text', totalMs: 120 })
  })

  it('marks what was not heard when it is cut off, also of words that come later', () => {
    const truncated = server({
      type: 'conversation.item.truncated',
      item_id: 'item_a',
      content_index: 0,
      audio_end_ms: 700,
      parley: { heard_transcript: 'One endpoint' },
    })
    const late = server({ type: 'response.output_audio_transcript.delta', ...place, delta: ' Truly.' })
    const turn = run([...spoken, ...answering, truncated, late, done('cancelled')]).turns[1]
    expect(turn && splitHeard(turn)).toEqual({ heard: 'One endpoint', unheard: ' for every backend. Truly.' })
  })

  it('that failed tells why', () => {
    const failure = {
      status_details: { type: 'failed', error: { type: 'server_error', code: 'backend_unavailable' } },
    }
    expect(run([...spoken, ...answering, done('failed', failure)]).problem).toMatchObject({
      code: 'backend_unavailable',
    })
  })
})

describe('the session', () => {
  it('goes on with everything on its way while the connection is lost', () => {
    const open = run([...spoken, transcribed, ...answering])
    const lost = run([{ kind: 'connection', connection: 'reconnecting' }], open)
    expect(lost).toEqual({ ...open, connection: 'reconnecting' })
  })

  it('keeps what was said and nothing that was on its way when another one goes on', () => {
    const begun = run([...spoken, transcribed, ...answering, restarted])
    expect(begun.turns.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(activityOf(begun)).toBe('quiet')
  })

  it('says nothing of a lost connection that a restart explains', () => {
    const resumed = run([{ kind: 'notice', notice: { kind: 'resumed' }, at: 1 }])
    const restarted = {
      type: 'parley.session.migrated',
      reason: 'restart',
      from: { backend: 'local' },
      to: { backend: 'local' },
      restored: 'transcript',
      unfinished_item_id: null,
    }
    const { turns } = run([server(restarted)], resumed)
    expect(turns.map(({ notice }) => notice?.kind)).toEqual(['migrated'])
  })

  it('remembers the conversation it was given', () => {
    expect(
      run([server({ type: 'conversation.created', conversation: { id: 'conv_7' } })]).conversationId,
    ).toBe('conv_7')
  })

  it('shows an error, and no word about one that follows from a race', () => {
    const error = (code: string): SessionInput =>
      server({ type: 'error', error: { type: 'invalid_request_error', code, message: 'No.' } })
    expect(run([error('conversation_in_use')]).problem).toEqual({
      code: 'conversation_in_use',
      detail: 'No.',
    })
    expect(run([error('response_cancel_not_active')]).problem).toBeUndefined()
  })

  it('drops an item that was deleted', () => {
    expect(run([...spoken, server({ type: 'conversation.item.deleted', item_id: 'item_u' })]).turns).toEqual(
      [],
    )
  })
})

describe('a warning of the gateway', () => {
  const warning = server({
    type: 'warning',
    warning: { message: 'This backend knows no tracing.', code: 'unsupported', param: 'session.tracing' },
  })

  it('is a quiet line of the transcript and no problem', () => {
    const view = run([warning])
    expect(view.turns).toMatchObject([
      { role: 'notice', notice: { kind: 'warned', detail: 'This backend knows no tracing.' } },
    ])
    expect(view.problem).toBeUndefined()
  })

  it('is said once, however often a session is taken up again', () => {
    expect(run([warning, warning]).turns).toHaveLength(1)
  })
})

describe('a session that another backend goes on with', () => {
  const context = { strategy: 'summary', way: 'items', budget_tokens: 8000, tokens: 90, items: 2 }
  const migrated = (more: object): SessionInput =>
    server(
      {
        type: 'parley.session.migrated',
        reason: 'failover',
        from: { backend: 'openai' },
        to: { backend: 'local' },
        restored: 'transcript',
        unfinished_item_id: 'item_a',
        context,
        ...more,
      },
      5000,
    )

  it('says so at its place, marks the answer that broke off, and shows who goes on', () => {
    const view = run([...spoken, transcribed, ...answering, migrated({})])
    expect(view.turns.map(({ itemId, brokeOff, status }) => ({ itemId, brokeOff, status }))).toMatchObject([
      { itemId: 'item_u', brokeOff: undefined },
      { itemId: 'item_a', brokeOff: true, status: 'done' },
      { status: 'done' },
    ])
    expect(view.turns.at(-1)?.notice).toMatchObject({ kind: 'migrated', reason: 'failover' })
    expect(view.backend).toEqual({ backend: 'local', model: undefined })
    expect(view.context).toMatchObject({ tokens: 90, items: 2 })
  })

  it('takes the warning away that nobody answered', () => {
    const problem = { code: 'backend_unavailable', detail: undefined } as const
    expect(run([{ kind: 'problem', problem }, migrated({})]).problem).toBeUndefined()
    const other = { code: 'microphone_lost', detail: undefined } as const
    expect(run([{ kind: 'problem', problem: other }, migrated({})]).problem).toEqual(other)
  })

  it('is with whoever the next session names, which says what it was told', () => {
    const created = {
      type: 'conversation.created',
      conversation: { id: 'conv_1', object: 'realtime.conversation' },
      parley: { context: { ...context, tokens: 12 }, backend: { backend: 'openai' } },
    }
    const view = run([migrated({}), server(created)])
    expect(view.backend).toEqual({ backend: 'openai', model: undefined })
    expect(view.context?.tokens).toBe(12)
  })

  it('changes nothing where the event cannot be read', () => {
    expect(run([migrated({ to: null })])).toEqual(emptyView)
  })
})

describe('a store that is late', () => {
  const warning = (code: string, at: number): SessionInput =>
    server({ type: 'warning', warning: { code, message: 'In English.', param: null } }, at)
  const kinds = (inputs: readonly SessionInput[]) => run(inputs).turns.map(({ notice }) => notice?.kind)

  it('is said in the words of the page', () => {
    expect(kinds([warning('store_behind', 1000)])).toEqual(['behind'])
    expect(kinds([warning('store_behind', 1000), warning('store_caught_up', 60_000)])).toEqual([
      'behind',
      'caughtUp',
    ])
  })

  it('leaves no line where it was late for a moment', () => {
    expect(kinds([warning('store_behind', 1000), warning('store_caught_up', 1900)])).toEqual([])
  })

  it('is of no interest any more where another gateway goes on', () => {
    const gone: SessionInput = { kind: 'notice', notice: { kind: 'continued', unfinished: false }, at: 2000 }
    expect(kinds([warning('store_behind', 1000), gone])).toEqual(['continued'])
  })
})
