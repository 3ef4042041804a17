import { describe, expect, it } from 'vitest'
import { at, objectOf, objectsOf } from './json.ts'
import { answerOf } from './raw-client.ts'
import { answer, ask, openScene, silence, sound, speak, type SceneOptions } from './raw-scene.ts'
import { pcm24, toneOf } from './sound.ts'
import type { WireObject } from './wire.ts'

const openai = (options?: SceneOptions) => openScene('openai', options)
const update = (session: WireObject) => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
})
const text = { type: 'session.update', session: { type: 'realtime', output_modalities: ['text'] } }

describe('the stand-in of OpenAI', () => {
  it('answers a text turn with the documented events', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    await client.next('session.created')
    client.send(text)
    await client.next('session.updated')
    ask(client, 'hi there')
    const types = (await client.upTo('response.done')).map(({ type }) => type)
    expect(types.filter((type) => type !== 'rate_limits.updated')).toEqual([
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      ...Array.from({ length: 4 }, () => 'response.output_text.delta'),
      'response.output_text.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(answerOf(client.events.at(-1) ?? {})).toBe('You said: hi there.')
    expect(upstream.violations).toEqual([])
  })

  it('has the voices of another vendor that speaks GA in place of its own', async () => {
    await using scene = await openai({ voices: ['Ara', 'Rex'] })
    const { client } = scene
    const created = objectOf((await client.next('session.created'))['session'])
    expect(at(created, 'audio.output.voice')).toBe('Ara')
    client.send(update({ audio: { output: { voice: 'Rex' } } }))
    await client.next('session.updated')
    expect(await answer(client, 'which voice')).toBe('My voice is Rex.')
    await using other = await openai({ voices: ['Ara', 'Rex'] })
    await other.client.next('session.created')
    other.client.send(update({ audio: { output: { voice: 'marin' } } }))
    expect(objectOf((await other.client.next('error'))['error'])).toMatchObject({ code: 'invalid_value' })
  })

  it('hears a spoken turn and answers with sound', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: { model: 'whisper-1' } } } },
    })
    await client.next('session.updated')
    speak(client)
    await client.next('input_audio_buffer.speech_started')
    await client.next('input_audio_buffer.speech_stopped')
    await client.next('input_audio_buffer.committed')
    const done = await client.next('response.done')
    expect(answerOf(done)).toBe('I heard you.')
    const transcripts = client.events.filter(({ type }) =>
      String(type).endsWith('input_audio_transcription.completed'),
    )
    expect(transcripts.map(({ transcript }) => transcript)).toEqual(['hello upstream'])
    const sound = client.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(sound.map(({ delta }) => Buffer.from(String(delta), 'base64').length)).toEqual([4800, 4800, 4800])
    expect(upstream.violations).toEqual([])
  })

  it('calls tools in parallel and speaks their outputs', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        output_modalities: ['text'],
        tools: ['look_up', 'add'].map((name) => ({ type: 'function', name })),
      },
    })
    ask(client, 'call add and look_up')
    const calls = objectsOf(objectOf((await client.next('response.done'))['response'])['output'])
    expect(calls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['add', '{"q":"add"}'],
      ['look_up', '{"q":"look_up"}'],
    ])
    for (const [at, call] of calls.entries())
      client.send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: call['call_id'], output: `out ${at}` },
      })
    client.send({ type: 'response.create' })
    expect(answerOf(await client.next('response.done'))).toBe('The tool said: out 0 | out 1.')
    expect(upstream.violations).toEqual([])
  })

  it('remembers what it was told, in order', async () => {
    await using scene = await openai()
    const { client } = scene
    client.send(text)
    await answer(client, 'first')
    await answer(client, 'second')
    expect(await answer(client, 'what did I say')).toBe(
      'You said before: first | second || You said: first. | You said: second..',
    )
  })
})

describe('an answer', () => {
  it('is cancelled by the client, its open item incomplete', async () => {
    await using scene = await openai({ deltaIntervalMs: 2 })
    const { client, upstream } = scene
    ask(client, 'count to 500')
    await client.next('response.output_audio.delta')
    client.send({ type: 'response.cancel' })
    const response = objectOf((await client.next('response.done'))['response'])
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { reason: 'client_cancelled' },
      output: [{ status: 'incomplete' }],
    })
    expect(upstream.violations).toEqual([])
  })

  it('is interrupted by speech', async () => {
    await using scene = await openai({ deltaIntervalMs: 2 })
    const { client } = scene
    ask(client, 'count to 500')
    await client.next('response.output_audio.delta')
    sound(client, 2)
    await client.next('input_audio_buffer.speech_started')
    const response = objectOf((await client.next('response.done'))['response'])
    expect(response['status_details']).toMatchObject({ reason: 'turn_detected' })
  })

  it('goes on under speech when interruption is off, and the turn is not answered', async () => {
    await using scene = await openai({ deltaIntervalMs: 2 })
    const { client } = scene
    client.send(
      update({ audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false } } } }),
    )
    await client.next('session.updated')
    ask(client, 'count to 100')
    await client.next('response.output_audio.delta')
    speak(client)
    await client.next(
      'error',
      ({ error }) => at(error, 'code') === 'conversation_already_has_active_response',
    )
    expect(objectOf((await client.next('response.done'))['response'])['status']).toBe('completed')
  })

  it('counts in words of 200 ms, faster than they sound', async () => {
    await using scene = await openai({ deltaIntervalMs: 1 })
    const from = performance.now()
    expect(await answer(scene.client, 'count to 12')).toBe(
      'one two three four five six seven eight nine ten 11 12',
    )
    expect(performance.now() - from).toBeLessThan(1200)
    const [first] = scene.client.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(Buffer.from(String(first?.['delta']), 'base64')).toHaveLength(9600)
  })

  it('ends incomplete at its token limit', async () => {
    await using scene = await openai()
    ask(scene.client, 'count to 9', { max_output_tokens: 3 })
    const done = await scene.client.next('response.done')
    expect(answerOf(done)).toBe('one two three')
    expect(done['response']).toMatchObject({
      status: 'incomplete',
      status_details: { reason: 'max_output_tokens' },
    })
  })

  it('fails when it is asked to', async () => {
    await using scene = await openai()
    ask(scene.client, 'fail please')
    expect((await scene.client.next('response.done'))['response']).toMatchObject({
      status: 'failed',
      status_details: { error: { code: 'server_error' } },
      usage: null,
    })
  })

  it('is cut off with the line after two deltas', async () => {
    await using scene = await openai()
    ask(scene.client, 'drop the line')
    expect((await scene.client.closed).code).toBe(1006)
    const deltas = scene.client.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(deltas).toHaveLength(2)
  })

  it('ends the session when it is asked to', async () => {
    await using scene = await openai()
    ask(scene.client, 'expire the session')
    const { error } = await scene.client.next('error')
    expect(at(error, 'code')).toBe('session_expired')
    expect((await scene.client.closed).code).toBe(1001)
  })

  it('is mixed with events nobody knows', async () => {
    await using scene = await openai({ unknownEvents: true })
    await answer(scene.client, 'odd event')
    const types = scene.client.events.map(({ type }) => type)
    expect(types).toContain('session.weather')
    expect(types).toContain('response.thought.started')
    expect(types.indexOf('response.future_part.delta')).toBeLessThan(types.indexOf('response.done'))
  })

  it('sees images, knows its voice and speaks German', async () => {
    await using scene = await openai()
    const { client } = scene
    expect(await answer(client, 'which voice')).toBe('My voice is marin.')
    expect(await answer(client, 'in German')).toBe('Das ist Deutsch.')
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }],
      },
    })
    client.send({ type: 'response.create' })
    expect(answerOf(await client.next('response.done'))).toBe('I see an image.')
  })

  it('beside the conversation leaves no item and echoes its metadata', async () => {
    await using scene = await openai()
    const { client } = scene
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'aside' }] }],
        metadata: { topic: 'aside' },
      },
    })
    const events = await client.upTo('response.done')
    expect(events.at(-1)?.['response']).toMatchObject({ conversation_id: null, metadata: { topic: 'aside' } })
    expect(answerOf(events.at(-1) ?? {})).toBe('You said: aside.')
    expect(events.filter(({ type }) => String(type).startsWith('conversation.item'))).toEqual([])
    expect(await answer(client, 'what did I say')).toBe('You said before: nothing.')
  })

  it('comes in G.711 when asked for', async () => {
    await using scene = await openai()
    await answer(scene.client, 'hi', { audio: { output: { format: { type: 'audio/pcmu' } } } })
    const deltas = scene.client.events.filter(({ type }) => type === 'response.output_audio.delta')
    expect(deltas.map(({ delta }) => Buffer.from(String(delta), 'base64').length)).toEqual([800, 800, 800])
  })
})

describe('a conversation', () => {
  it('forgets what was truncated and deleted', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    await answer(client, 'first')
    const [spoken] = objectsOf(objectOf(client.events.at(-1)?.['response'])['output'])
    const id = spoken?.['id']
    client.send({ type: 'conversation.item.truncate', item_id: id, content_index: 0, audio_end_ms: 150 })
    await client.next('conversation.item.truncated')
    expect(await answer(client, 'what did I say')).toBe('You said before: first.')
    client.send({ type: 'conversation.item.delete', item_id: id })
    await client.next('conversation.item.deleted')
    client.send({ type: 'conversation.item.retrieve', item_id: id })
    expect(at((await client.next('error'))['error'], 'code')).toBe('item_retrieve_invalid_item_id')
    expect(upstream.violations).toEqual([])
  })

  it('holds less sound than it sent and refuses a truncate beyond', async () => {
    await using scene = await openai({ heldShortMs: 85 })
    const { client, upstream } = scene
    await answer(client, 'first')
    const [spoken] = objectsOf(objectOf(client.events.at(-1)?.['response'])['output'])
    const truncate = { type: 'conversation.item.truncate', item_id: spoken?.['id'], content_index: 0 }
    client.send({ ...truncate, audio_end_ms: 300 })
    expect((await client.next('error'))['error']).toMatchObject({
      code: 'invalid_value',
      param: 'audio_end_ms',
      message: 'Audio content of 215ms is already shorter than 300ms',
    })
    client.send({ ...truncate, audio_end_ms: 215 })
    await client.next('conversation.item.truncated')
    expect(upstream.violations).toHaveLength(1)
  })

  it('puts items where it is told', async () => {
    await using scene = await openai()
    const { client } = scene
    const message = (id: string) => ({
      id,
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: id }],
    })
    client.send({ type: 'conversation.item.create', item: message('b') })
    client.send({ type: 'conversation.item.create', item: message('a'), previous_item_id: 'root' })
    client.send({ type: 'conversation.item.create', item: message('ab'), previous_item_id: 'a' })
    for (const [id, previous] of [
      ['b', null],
      ['a', null],
      ['ab', 'a'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- in the order they were sent
      const added = await client.next('conversation.item.added')
      expect([at(added, 'item.id'), added['previous_item_id']]).toEqual([id, previous])
    }
    expect(await answer(client, 'what did I say')).toBe('You said before: a | ab | b.')
  })

  it('gives the sound of the user back on request only', async () => {
    await using scene = await openai()
    const { client } = scene
    client.send(update({ audio: { input: { turn_detection: null } } }))
    await client.next('session.updated')
    sound(client, 2)
    client.send({ type: 'input_audio_buffer.commit' })
    const added = await client.next('conversation.item.added')
    expect(JSON.stringify(added)).not.toContain('"audio":"')
    client.send({ type: 'conversation.item.retrieve', item_id: at(added, 'item.id') })
    const [part] = objectsOf(at(await client.next('conversation.item.retrieved'), 'item.content'))
    expect(Buffer.from(String(part?.['audio']), 'base64')).toHaveLength(9600)
  })

  it('imports and calls the tools of an MCP server, after approval', async () => {
    await using scene = await openai()
    const { client, upstream } = scene
    client.send(update({ tools: [{ type: 'mcp', server_label: 'docs', server_url: 'https://mcp.test' }] }))
    await client.next('mcp_list_tools.completed')
    ask(client, 'call search')
    const [request] = objectsOf(at(await client.next('response.done'), 'response.output'))
    expect(request?.['type']).toBe('mcp_approval_request')
    client.send({
      type: 'conversation.item.create',
      item: { type: 'mcp_approval_response', approval_request_id: request?.['id'], approve: true },
    })
    client.send({ type: 'response.create' })
    await client.next('response.mcp_call.completed')
    await client.next('response.done')
    client.send({ type: 'response.create' })
    expect(answerOf(await client.next('response.done'))).toBe('The tool said: found search.')
    expect(upstream.violations).toEqual([])
  })
})

describe('listening', () => {
  it('tells where speech began and ended', async () => {
    await using scene = await openai()
    const { client } = scene
    silence(client, 10)
    speak(client)
    const started = await client.next('input_audio_buffer.speech_started')
    const stopped = await client.next('input_audio_buffer.speech_stopped')
    const committed = await client.next('input_audio_buffer.committed')
    expect(started['audio_start_ms']).toBe(700)
    expect(stopped['audio_end_ms']).toBe(2000)
    expect([started['item_id'], stopped['item_id']]).toEqual([committed['item_id'], committed['item_id']])
  })

  it('waits for a longer silence and leaves the answer to the client', async () => {
    await using scene = await openai()
    const { client } = scene
    const detection = { type: 'server_vad', silence_duration_ms: 1000, create_response: false }
    client.send(update({ audio: { input: { turn_detection: detection } } }))
    await client.next('session.updated')
    speak(client)
    silence(client, 1)
    client.send({ type: 'conversation.item.retrieve', item_id: 'none' })
    await client.next('error')
    expect(client.events.map(({ type }) => type)).not.toContain('input_audio_buffer.speech_stopped')
    silence(client, 1)
    await client.next('conversation.item.done')
    client.send({ type: 'conversation.item.retrieve', item_id: 'none' })
    await client.next('error')
    expect(client.events.map(({ type }) => type)).not.toContain('response.created')
  })

  it('hands transcripts in after the answer', async () => {
    await using scene = await openai({ lateTranscripts: true })
    const { client } = scene
    client.send(update({ audio: { input: { transcription: { model: 'whisper-1' } } } }))
    await client.next('session.updated')
    speak(client)
    await client.next('response.done')
    const completed = await client.next('conversation.item.input_audio_transcription.completed')
    expect(completed['usage']).toMatchObject({ type: 'duration' })
  })

  it('fails to write down when it is told to', async () => {
    await using scene = await openScene('voice-live', { failTranscripts: true })
    const { client } = scene
    client.send({
      type: 'session.update',
      session: { input_audio_transcription: { model: 'whisper-1' } },
    })
    await client.next('session.updated')
    speak(client)
    const failed = await client.next('conversation.item.input_audio_transcription.failed')
    expect(at(failed, 'error.code')).toBe('audio_unintelligible')
  })

  it('forgets half a word when turn detection is switched off', async () => {
    await using scene = await openScene('voice-live')
    const { client } = scene
    sound(client, 3)
    await client.next('input_audio_buffer.speech_started')
    client.send({ type: 'session.update', session: { turn_detection: null } })
    await client.next('session.updated')
    sound(client, 2)
    client.send({ type: 'session.update', session: { turn_detection: { type: 'server_vad' } } })
    await client.next('session.updated')
    silence(client, 10)
    client.send({ type: 'input_audio_buffer.clear' })
    await client.next('input_audio_buffer.cleared')
    expect(client.events.map(({ type }) => type)).not.toContain('input_audio_buffer.speech_stopped')
  })

  it('speaks up when the user stays idle', async () => {
    await using scene = await openai({ timeScale: 0.002 })
    const { client } = scene
    const detection = { type: 'server_vad', idle_timeout_ms: 5000 }
    client.send(update({ audio: { input: { turn_detection: detection } } }))
    await client.next('session.updated')
    await answer(client, 'hi')
    const timeout = await client.next('input_audio_buffer.timeout_triggered')
    const committed = await client.next('input_audio_buffer.committed')
    expect(committed['item_id']).toBe(timeout['item_id'])
    await client.next('response.created')
  })

  it('only writes down in a transcription session', async () => {
    await using scene = await openai({ door: '/v1/realtime?intent=transcription' })
    const { client, upstream } = scene
    const created = await client.next('session.created')
    expect(at(created, 'session.type')).toBe('transcription')
    client.send({
      type: 'session.update',
      session: { type: 'transcription', audio: { input: { transcription: { model: 'gpt-4o-transcribe' } } } },
    })
    await client.next('session.updated')
    speak(client)
    await client.next('conversation.item.input_audio_transcription.completed')
    expect(client.events.map(({ type }) => type)).not.toContain('response.created')
    expect(upstream.violations).toEqual([])
  })
})

describe('the stand-ins of Azure', () => {
  it('answers a spoken turn on the GA path', async () => {
    await using scene = await openScene('azure-openai')
    const { client, upstream } = scene
    speak(client)
    expect(answerOf(await client.next('response.done'))).toBe('I heard you.')
    expect(upstream.violations).toEqual([])
  })

  it('answers a text turn in the flat shape on the preview path', async () => {
    await using scene = await openScene('azure-openai-preview')
    const { client, upstream } = scene
    client.send({ type: 'session.update', session: { modalities: ['text'], temperature: 0.7 } })
    ask(client, 'hi')
    const types = (await client.upTo('response.done')).map(({ type }) => type)
    expect(types.slice(types.indexOf('session.updated'))).toEqual([
      'session.updated',
      'conversation.item.created',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.created',
      'response.content_part.added',
      'response.text.delta',
      'response.text.delta',
      'response.text.delta',
      'response.text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(upstream.violations).toEqual([])
  })

  it('answers a spoken turn of Voice Live with word times', async () => {
    await using scene = await openScene('voice-live')
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: {
        voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
        output_audio_timestamp_types: ['word'],
        output_audio_format: 'pcm16_8000hz',
      },
    })
    await client.next('session.updated')
    speak(client)
    const events = await client.upTo('response.done')
    expect(
      events.filter(({ type }) => type === 'response.audio_timestamp.delta').map(({ text: word }) => word),
    ).toEqual(['I', 'heard', 'you.'])
    const sound = events.filter(({ type }) => type === 'response.audio.delta')
    expect(sound.map(({ delta }) => Buffer.from(String(delta), 'base64').length)).toEqual([1600, 1600, 1600])
    expect(upstream.violations).toEqual([])
  })

  it('lets a second answer of Voice Live cancel the first, unless told otherwise', async () => {
    await using scene = await openScene('voice-live', { deltaIntervalMs: 2 })
    const { client } = scene
    ask(client, 'count to 500')
    await client.next('response.audio.delta')
    ask(client, 'hi')
    expect(at(await client.next('response.done'), 'response.status')).toBe('cancelled')
    expect(answerOf(await client.next('response.done'))).toBe('You said: hi.')
    ask(client, 'count to 500')
    await client.next('response.audio.delta')
    ask(client, 'hi', { cancel_previous: false })
    expect(at(await client.next('error'), 'error.code')).toBe('conversation_already_has_active_response')
  })

  it('says a pre-generated message of Voice Live as it is', async () => {
    await using scene = await openScene('voice-live')
    const { client, upstream } = scene
    const message = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Word for word.' }],
    }
    expect(await answer(client, 'hi', { pre_generated_assistant_message: message })).toBe('Word for word.')
    expect(await answer(client, 'what did I say')).toBe('You said before: hi || Word for word..')
    expect(upstream.violations).toEqual([])
  })

  it('truncates by itself at Voice Live what nobody can have heard yet', async () => {
    await using scene = await openScene('voice-live')
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: { turn_detection: { type: 'server_vad', auto_truncate: true } },
    })
    await client.next('session.updated')
    await answer(client, 'count to 50')
    sound(client, 2)
    const truncated = await client.next('conversation.item.truncated')
    expect(truncated['audio_end_ms']).toBeLessThan(5000)
    expect(upstream.violations).toEqual([])
  })

  it('shows an avatar and mouth shapes of Voice Live', async () => {
    await using scene = await openScene('voice-live')
    const { client, upstream } = scene
    client.send({
      type: 'session.update',
      session: {
        modalities: ['text', 'audio', 'animation', 'avatar'],
        voice: { type: 'azure-standard', name: 'en-US-AvaNeural' },
        animation: { outputs: ['viseme_id', 'blendshapes'] },
        avatar: { character: 'lisa', style: 'casual-sitting', customized: false },
      },
    })
    client.send({ type: 'session.avatar.connect', client_sdp: 'AAAA' })
    await client.next('session.avatar.connecting')
    await answer(client, 'hi')
    const types = new Set(client.events.map(({ type }) => type))
    for (const type of [
      'session.avatar.switch_to_speaking',
      'response.animation_viseme.delta',
      'response.animation_viseme.done',
      'response.animation_blendshapes.delta',
      'response.animation_blendshapes.done',
    ])
      expect(types).toContain(type)
    expect(upstream.violations).toEqual([])
  })

  it('takes turns and streamed text of Voice Live', async () => {
    await using scene = await openScene('voice-live')
    const { client, upstream } = scene
    client.send({ type: 'session.update', session: { turn_detection: null } })
    await client.next('session.updated')
    client.send({ type: 'input_audio.turn.start', turn_id: 't' })
    client.send({ type: 'input_audio.turn.append', turn_id: 't', audio: toneOf(pcm24, 200) })
    client.send({ type: 'input_audio.turn.end', turn_id: 't' })
    expect(answerOf(await client.next('response.done'))).toBe('I heard you.')
    client.send({ type: 'input_text.delta', id: 'typed', delta: 'half ' })
    client.send({ type: 'input_text.delta', id: 'typed', delta: 'and half' })
    client.send({ type: 'input_text.done', id: 'typed' })
    client.send({ type: 'response.create' })
    expect(answerOf(await client.next('response.done'))).toBe('You said: half and half.')
    expect(upstream.violations).toEqual([])
  })

  it('tells usage and transcripts as Voice Live does', async () => {
    await using scene = await openScene('voice-live', {
      door: '/voice-live/realtime?api-version=2026-07-15&model=gpt-4.1',
    })
    const { client } = scene
    speak(client)
    const completed = await client.next('conversation.item.input_audio_transcription.completed')
    expect(completed).not.toHaveProperty('usage')
    const usage = at(await client.next('response.done'), 'response.usage')
    expect(at(usage, 'output_token_details.reasoning_tokens')).toBe(0)
    expect(at(usage, 'input_token_details.cached_tokens_details')).toBeDefined()
  })
})
