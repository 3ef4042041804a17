import { describe, expect, it } from 'vitest'
import type { ServerEvent } from '../../events/server-events.ts'
import { startCall, wordsOf, type Call, type CallOptions } from './__fixtures__/call.ts'

const lookup = { type: 'function', name: 'lookup', parameters: { type: 'object', properties: {} } } as const
const search = { ...lookup, name: 'search' }

async function configured(
  session: Parameters<Call['configure']>[0] = {},
  options: CallOptions = {},
): Promise<Call> {
  const call = await startCall(options)
  call.configure(session)
  await call.next('session.updated')
  return call
}

const transcribing = { audio: { input: { transcription: {} } } }
const pushToTalk = { audio: { input: { turn_detection: null, transcription: {} } } }

function typesOf(events: readonly ServerEvent[]): readonly string[] {
  return events.map(({ type }) => type)
}

describe('a turn with Gemini Live', () => {
  it('is cut off by speech, and the speech is answered', async () => {
    await using call = await configured(transcribing)
    call.write('count to 400')
    call.respond()
    await call.next('response.output_audio.delta')
    call.speak()
    const started = await call.next('input_audio_buffer.speech_started')
    const cut = await call.next('response.done')
    expect(cut.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [{ status: 'incomplete' }],
    })
    expect(call.events.indexOf(started)).toBeLessThan(call.events.indexOf(cut))
    const answer = await call.next('response.done')
    expect([answer.response.status, wordsOf(answer.response)]).toEqual(['completed', 'I heard you.'])
    const committed = await call.next('input_audio_buffer.committed')
    expect(committed.item_id).toBe(started.item_id)
    expect(call.upstream.violations).toEqual([])
  })

  it.each(['resume', 'anew'])('goes on over a lost connection and is heard whole, by %s', async (how) => {
    await using call = await configured(transcribing)
    await call.ask('remember this')
    const chunks = (): number =>
      call.received('realtimeInput').filter((input) => 'audio' in Object(input)).length
    call.speak({ silence: false })
    await expect.poll(chunks).toBe(25)
    if (how === 'anew') call.upstream.forgetHandles()
    call.upstream.dropAll()
    call.speak()
    const started = await call.next('input_audio_buffer.speech_started')
    const committed = await call.next('input_audio_buffer.committed')
    expect(committed.item_id).toBe(started.item_id)
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
    const types = typesOf(call.events)
    expect(types.filter((type) => type === 'input_audio_buffer.speech_started')).toHaveLength(1)
    expect(types.filter((type) => type === 'input_audio_buffer.committed')).toHaveLength(1)
    const written = await call.next('conversation.item.input_audio_transcription.completed')
    expect(written).toMatchObject({ item_id: started.item_id, transcript: 'hello upstream' })
    expect(chunks()).toBe(25 + 25 + 75)
    expect(call.upstream.violations).toEqual([])
  })

  it('held by the client goes on over a lost connection', async () => {
    await using call = await configured(pushToTalk)
    const marks = (name: string): number =>
      call.received('realtimeInput').filter((input) => name in Object(input)).length
    call.speak({ silence: false })
    await expect.poll(() => marks('audio')).toBe(25)
    call.upstream.dropAll()
    await expect.poll(() => marks('audio')).toBe(50)
    call.send({ type: 'input_audio_buffer.commit' })
    call.respond()
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
    expect(marks('activityStart')).toBe(2)
    expect(call.upstream.violations).toEqual([])
  })

  it.each([
    ['before it is asked about', 'resume'],
    ['before it is asked about', 'anew'],
    ['before it is answered', 'resume'],
    ['before it is answered', 'anew'],
  ])('ended by the client is heard again over a connection lost %s, by %s', async (when, how) => {
    await using call = await configured(pushToTalk, { upstream: { deltaIntervalMs: 100 } })
    expect(await call.ask('remember this')).toBe('You said: remember this.')
    const marks = (name: string): number =>
      call.received('realtimeInput').filter((input) => name in Object(input)).length
    call.speak({ silence: false })
    call.send({ type: 'input_audio_buffer.commit' })
    if (when === 'before it is answered') call.respond()
    await expect.poll(() => marks(when === 'before it is answered' ? 'activityEnd' : 'audio')).not.toBe(0)
    await expect.poll(() => marks('audio')).toBe(25)
    if (how === 'anew') call.upstream.forgetHandles()
    call.upstream.dropAll()
    await expect.poll(() => marks('audio')).toBe(50)
    if (when === 'before it is asked about') call.respond()
    const { response } = await call.next('response.done')
    expect([response.status, wordsOf(response)]).toEqual(['completed', 'I heard you.'])
    const written = await call.next('conversation.item.input_audio_transcription.completed')
    expect(written.transcript).toBe('hello upstream')
    expect(typesOf(call.events).filter((type) => type === 'input_audio_buffer.committed')).toHaveLength(1)
    expect([marks('activityStart'), marks('audio')]).toEqual([2, 50])
    const knew = await call.ask('what did I say before?')
    expect(knew.split('hello upstream')).toHaveLength(2)
    expect(call.upstream.violations).toEqual([])
  })

  it('writes down speech before its answer ends, though the words come late', async () => {
    await using call = await configured(transcribing, { upstream: { lateTranscripts: true } })
    call.speak()
    const written = await call.next('conversation.item.input_audio_transcription.completed')
    const started = await call.next('input_audio_buffer.speech_started')
    expect(written).toMatchObject({ item_id: started.item_id, transcript: 'hello upstream' })
    expect(typesOf(call.events).filter((type) => type === 'input_audio_buffer.speech_started')).toHaveLength(
      1,
    )
  })

  it('keeps the transcript of speech to itself unless it is asked for', async () => {
    await using call = await configured()
    call.speak()
    await call.next('response.done')
    expect(typesOf(call.events).filter((type) => type.includes('transcription'))).toEqual([])
  })

  it('is ended by the client in push to talk, and answered on request only', async () => {
    await using call = await configured(pushToTalk)
    call.speak()
    call.send({ type: 'input_audio_buffer.commit' })
    await call.next('conversation.item.done')
    expect(call.received('realtimeInput').filter((input) => 'activityEnd' in Object(input))).toEqual([])
    call.respond()
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
    const written = await call.next('conversation.item.input_audio_transcription.completed')
    expect(written.transcript).toBe('hello upstream')
    expect(typesOf(call.events)).not.toContain('input_audio_buffer.speech_started')
    expect(call.upstream.violations).toEqual([])
  })

  it('calls a function and speaks its result', async () => {
    await using call = await configured({ tools: [lookup] })
    call.write('call lookup')
    call.respond()
    const { response } = await call.next('response.done')
    expect(response).toMatchObject({
      status: 'completed',
      output: [{ type: 'function_call', name: 'lookup', arguments: '{"q":"lookup"}', status: 'completed' }],
    })
    expect(call.typesSince('response.created')).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    const [called] = response.output ?? []
    const callId = called?.type === 'function_call' ? (called.call_id ?? '') : ''
    call.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: callId, output: '{"found":3}' },
    })
    call.respond()
    expect(wordsOf((await call.next('response.done')).response)).toBe('The tool said: {"found":3}.')
    expect(call.received('toolResponse')).toEqual([
      { functionResponses: [{ id: callId, name: 'lookup', response: { found: 3 } }] },
    ])
    expect(call.upstream.violations).toEqual([])
  })

  it('calls functions in parallel and hands over their results together', async () => {
    await using call = await configured({ tools: [lookup, search] })
    call.write('call lookup and search')
    call.respond()
    const { response } = await call.next('response.done')
    const calls = (response.output ?? []).flatMap((item) => (item.type === 'function_call' ? [item] : []))
    expect(calls.map(({ name }) => name)).toEqual(['lookup', 'search'])
    for (const { call_id: callId = '', name } of calls.toReversed()) {
      call.send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: callId, output: `${name} result` },
      })
    }
    call.respond()
    expect(wordsOf((await call.next('response.done')).response)).toBe(
      'The tool said: lookup result | search result.',
    )
    expect(call.received('toolResponse')).toHaveLength(1)
    expect(call.upstream.violations).toEqual([])
  })

  it('forgets a call that speech has cancelled, and says so when its output comes', async () => {
    await using call = await configured({ tools: [lookup] })
    call.write('call lookup')
    call.respond()
    const { response } = await call.next('response.done')
    call.speak()
    await call.next('response.done')
    const [called] = response.output ?? []
    call.send({
      type: 'conversation.item.create',
      item: {
        type: 'function_call_output',
        call_id: called?.type === 'function_call' ? (called.call_id ?? '') : '',
        output: 'too late',
      },
    })
    expect((await call.next('warning')).warning.param).toBe('item.call_id')
    expect(await call.ask('still there')).toBe('You said: still there.')
    expect(call.received('toolResponse')).toEqual([])
    expect(call.upstream.violations).toEqual([])
  })

  it('can be cancelled, and the next one is not mixed up with the rest of it', async () => {
    await using call = await configured()
    call.write('count to 300')
    call.respond()
    await call.next('response.output_audio.delta')
    call.send({ type: 'response.cancel' })
    expect((await call.next('response.done')).response).toMatchObject({
      status: 'cancelled',
      status_details: { reason: 'client_cancelled' },
    })
    expect(await call.ask('hello')).toBe('You said: hello.')
    expect(call.upstream.violations).toEqual([])
  })

  it('shows images', async () => {
    await using call = await configured()
    const image = 'data:image/png;base64,iVBORw0KGgo='
    call.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_image', image_url: image }] },
    })
    call.respond()
    expect(wordsOf((await call.next('response.done')).response)).toBe('I see an image.')
    call.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_image', image_url: 'https://example.test/a.png' }],
      },
    })
    expect((await call.next('error')).error).toMatchObject({
      code: 'unsupported',
      param: 'item.content[0].image_url',
    })
    expect(call.upstream.violations).toEqual([])
  })

  it('is written where text is asked for', async () => {
    await using call = await configured({ output_modalities: ['text'] })
    expect(await call.ask('hello')).toBe('You said: hello.')
    expect(typesOf(call.events).filter((type) => type.includes('audio'))).toEqual([])
  })

  it('counts tokens as GA does', async () => {
    await using call = await configured()
    call.write('hello')
    call.respond()
    expect((await call.next('response.done')).response.usage).toEqual({
      total_tokens: 138,
      input_tokens: 120,
      output_tokens: 18,
      input_token_details: {
        text_tokens: 20,
        audio_tokens: 100,
        image_tokens: 0,
        cached_tokens: 0,
        cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 3, audio_tokens: 15 },
    })
  })

  it('ends as failed when the service gives up', async () => {
    await using call = await configured()
    call.write('fail please')
    call.respond()
    expect((await call.next('response.done')).response).toMatchObject({
      status: 'failed',
      status_details: { error: { code: 'response_rejected' } },
    })
    expect(await call.ask('hello')).toBe('You said: hello.')
  })

  it('passes on what Parley does not know', async () => {
    await using call = await configured()
    await call.ask('an odd event')
    expect(await call.next('extension')).toMatchObject({
      dialect: 'gemini-live',
      event: { type: 'gemini.message', weatherReport: { skyColour: 'blue', clouds: [1, 2] } },
    })
  })

  it.each<[string, NonNullable<CallOptions['upstream']>]>([
    ['text frames', { binaryFrames: false }],
    ['snake_case', { snakeCase: true }],
    ['several keys in a message', { combinedKeys: true }],
    ['a late end of the turn', { turnEndDelayMs: 30 }],
  ])('is the same with %s', async (_, upstream) => {
    await using call = await configured(transcribing, { upstream })
    expect(await call.ask('hello')).toBe('You said: hello.')
    call.speak()
    expect(wordsOf((await call.next('response.done')).response)).toBe('I heard you.')
    expect(call.upstream.violations).toEqual([])
  })

  it('knows a long history', async () => {
    await using call = await startCall()
    for (let index = 0; index < 200; index++) {
      call.write(`fact ${index}`)
      call.send({
        type: 'conversation.item.create',
        item: {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: `noted ${index}` }],
        },
      })
    }
    call.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Answer in German.' }] },
    })
    call.configure({ instructions: 'Be kind.' })
    const answer = await call.ask('what did I say')
    expect(answer).toContain('fact 0 | fact 1 |')
    expect(answer).toContain('fact 199 || noted 0 |')
    expect(await call.ask('and now')).toBe('Das ist Deutsch.')
    expect(call.upstream.violations).toEqual([])
  })
})
