import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import { connectCascade, spokenEnd } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeSpeech } from '../../testing/fake-stages.ts'

const speakAtOnce = (speech: FakeSpeech): void => {
  speech.sound(100)
  speech.end()
}

const typed = (
  text: string,
  rest: Partial<Extract<ClientEvent, { type: 'conversation.item.create' }>> = {},
) =>
  ({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    ...rest,
  }) satisfies ClientEvent

function create(response: Extract<ClientEvent, { type: 'response.create' }>['response'] = {}): ClientEvent {
  return { type: 'response.create', response }
}

describe('items', () => {
  it('stand where the client puts them, with its id or ours', async () => {
    const fixture = await connectCascade(fakeStages())
    fixture.forget()
    const own = {
      id: 'mine',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'b' }],
    } as const
    await fixture.send(
      typed('a'),
      { type: 'conversation.item.create', item: { ...own, content: [...own.content] } },
      typed('first', { previous_item_id: 'root' }),
      typed('between', { previous_item_id: 'item_1' }),
    )
    expect(fixture.types().slice(0, 2)).toEqual(['conversation.item.added', 'conversation.item.done'])
    expect(fixture.all('conversation.item.done')).toMatchObject([
      { previous_item_id: null, item: { id: 'item_1', object: 'realtime.item', status: 'completed' } },
      { previous_item_id: 'item_1', item: { id: 'mine' } },
      { previous_item_id: null, item: { id: 'item_2' } },
      { previous_item_id: 'item_1', item: { id: 'item_3' } },
    ])
  })

  it('can be retrieved and deleted, and unknown ones are refused by the documented codes', async () => {
    const fixture = await connectCascade(fakeStages())
    await fixture.send(typed('a'))
    fixture.forget()
    await fixture.send(
      { type: 'conversation.item.retrieve', item_id: 'item_1' },
      { type: 'conversation.item.delete', item_id: 'item_1' },
      { type: 'conversation.item.retrieve', item_id: 'item_1' },
      { type: 'conversation.item.delete', item_id: 'item_1', event_id: 'again' },
      { type: 'conversation.item.truncate', item_id: 'item_1', content_index: 0, audio_end_ms: 0 },
      typed('b', { previous_item_id: 'item_1' }),
    )
    expect(fixture.events).toMatchObject([
      { type: 'conversation.item.retrieved', item: { id: 'item_1' } },
      { type: 'conversation.item.deleted', item_id: 'item_1' },
      { type: 'error', error: { code: 'item_retrieve_invalid_item_id' } },
      { type: 'error', error: { code: 'item_delete_invalid_item_id', event_id: 'again' } },
      { type: 'error', error: { code: 'item_truncate_invalid_item_id' } },
      { type: 'error', error: { code: 'invalid_value', param: 'previous_item_id' } },
    ])
  })
})

describe('a response', () => {
  it('speaks clause by clause: the words of each, then its sound', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.answers[0]?.text('Well, ')
    stages.answers[0]?.text('it is noon. It is ')
    await fixture.settle()
    expect(stages.speeches.map(({ text }) => text)).toEqual(['Well,'])
    expect(fixture.all('response.output_audio_transcript.delta')).toHaveLength(0)
    stages.speeches[0]?.sound(150)
    stages.speeches[0]?.end()
    await fixture.settle()
    stages.answers[0]?.text('sunny.')
    stages.answers[0]?.end()
    stages.speeches[1]?.sound(100)
    stages.speeches[1]?.end()
    await fixture.settle()
    stages.speeches[2]?.sound(100)
    stages.speeches[2]?.end()
    await fixture.settle()
    const heard = fixture.events.flatMap((event): readonly (string | number)[] => {
      if (event.type === 'response.output_audio_transcript.delta') return [event.delta]
      if (event.type === 'response.output_audio.delta') return [event.delta.byteLength]
      return []
    })
    expect(heard).toEqual(['Well, ', 4800, 2400, 'it is noon. ', 4800, 'It is sunny.', 4800])
    expect(fixture.all('response.output_audio_transcript.done')).toMatchObject([
      { transcript: 'Well, it is noon. It is sunny.' },
    ])
  })

  it('in text is written as it comes, without a voice', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    fixture.forget()
    await fixture.send(create({ output_modalities: ['text'] }))
    stages.answers[0]?.text('It is')
    await fixture.settle()
    stages.answers[0]?.text(' noon.')
    stages.answers[0]?.end()
    await fixture.settle()
    expect(fixture.types()).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(fixture.all('response.output_text.delta').map(({ delta }) => delta)).toEqual(['It is', ' noon.'])
    expect(fixture.all('response.content_part.done')[0]?.part).toEqual({ type: 'text', text: 'It is noon.' })
    expect(fixture.all('response.done')[0]?.response.output).toMatchObject([
      { content: [{ type: 'output_text', text: 'It is noon.' }] },
    ])
    expect(stages.speeches).toHaveLength(0)
  })

  it('says no silence before its first word', async () => {
    const stages = fakeStages({
      llm: (answer) => {
        answer.text('Hi.')
        answer.end()
      },
    })
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.speeches[0]?.silence(250)
    stages.speeches[0]?.sound(100)
    stages.speeches[0]?.end()
    await fixture.settle()
    const bytes = fixture
      .all('response.output_audio.delta')
      .reduce((sum, { delta }) => sum + delta.byteLength, 0)
    expect(bytes / 48).toBeGreaterThanOrEqual(100)
    expect(bytes / 48).toBeLessThanOrEqual(115)
  })

  it('with a tool call has the message first, then the call, each whole', async () => {
    const stages = fakeStages({ tts: speakAtOnce })
    const fixture = await connectCascade(stages)
    fixture.forget()
    const tool = {
      type: 'function',
      name: 'look',
      description: 'Looks.',
      parameters: { type: 'object' },
    } as const
    await fixture.send(create({ tools: [tool], tool_choice: 'required' }))
    expect(stages.answers[0]?.request).toMatchObject({
      tools: [{ name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
      toolChoice: 'required',
    })
    stages.answers[0]?.text('Let me look.')
    stages.answers[0]?.call('look', '{"at":"sky"}')
    stages.answers[0]?.end()
    await fixture.settle()
    expect(fixture.types().slice(-8)).toEqual([
      'response.output_item.done',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ])
    expect(fixture.all('response.output_item.done')).toMatchObject([
      { output_index: 0, item: { type: 'message' } },
      {
        output_index: 1,
        item: { type: 'function_call', status: 'completed', name: 'look', arguments: '{"at":"sky"}' },
      },
    ])
    const call_id = 'call_1'
    await fixture.send(
      { type: 'conversation.item.create', item: { type: 'function_call_output', call_id, output: 'blue' } },
      create(),
    )
    expect(stages.answers[1]?.request.items).toMatchObject([
      { type: 'message', role: 'assistant' },
      { type: 'function_call', call_id },
      { type: 'function_call_output', call_id, output: 'blue' },
    ])
  })

  it('ends incomplete at the limit of tokens', async () => {
    const stages = fakeStages({ tts: speakAtOnce })
    const fixture = await connectCascade(stages)
    await fixture.send(create({ max_output_tokens: 7 }))
    expect(stages.answers[0]?.request.maxOutputTokens).toBe(7)
    stages.answers[0]?.text('It is')
    stages.answers[0]?.end({ reason: 'max_output_tokens' })
    await fixture.settle()
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          status: 'incomplete',
          status_details: { type: 'incomplete', reason: 'max_output_tokens' },
          max_output_tokens: 7,
          output: [{ status: 'incomplete', content: [{ transcript: 'It is' }] }],
        },
      },
    ])
  })

  it('with nothing to say is complete and empty', async () => {
    const fixture = await connectCascade(fakeStages({ llm: (answer) => answer.end() }))
    fixture.forget()
    await fixture.send(create())
    expect(fixture.types()).toEqual(['response.created', 'response.done'])
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'completed', output: [] } }])
  })

  it('takes the place of its own context, references included', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(typed('a'), typed('b'))
    const input = [
      { type: 'item_reference', id: 'item_2' } as const,
      {
        type: 'message' as const,
        role: 'user' as const,
        content: [{ type: 'input_text' as const, text: 'c' }],
      },
    ]
    await fixture.send(create({ input, instructions: 'Rhyme.', conversation: 'none' }))
    await fixture.send(create({ input: [], conversation: 'none' }))
    expect(stages.answers[0]?.request).toMatchObject({
      instructions: 'Rhyme.',
      items: [{ id: 'item_2' }, { content: [{ text: 'c' }] }],
    })
    expect(stages.answers[1]?.request.items).toEqual([])
  })
})

describe('responses out of band', () => {
  it('run beside the conversation, belong to none, and echo their metadata', async () => {
    const stages = fakeStages({ tts: speakAtOnce })
    const fixture = await connectCascade(stages)
    await fixture.send(typed('a'))
    fixture.forget()
    const metadata = { topic: 'mood' }
    await fixture.send(create(), create({ conversation: 'none', metadata }), create({ conversation: 'none' }))
    expect(fixture.all('response.created')).toHaveLength(3)
    for (const answer of stages.answers) {
      answer.text('Fine.')
      answer.end()
    }
    await fixture.settle()
    expect(fixture.all('response.done')).toHaveLength(3)
    expect(fixture.all('conversation.item.added')).toHaveLength(1)
    const band = fixture.all('response.done').filter(({ response }) => response.conversation_id === null)
    expect(band.map(({ response }) => response.metadata)).toEqual([metadata, null])
    await fixture.send(create())
    expect(stages.answers[3]?.request.items).toHaveLength(2)
  })

  it('leave the one place in the conversation alone, which only one response holds', async () => {
    const fixture = await connectCascade(fakeStages())
    await fixture.send(create())
    fixture.forget()
    await fixture.send({ type: 'response.create', event_id: 'second' })
    expect(fixture.events).toMatchObject([
      { type: 'error', error: { code: 'conversation_already_has_active_response', event_id: 'second' } },
    ])
  })
})

describe('response.cancel', () => {
  it('ends the active response at once, open items incomplete', async () => {
    const stages = fakeStages({ tts: speakAtOnce })
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.answers[0]?.text('It is noon. And')
    await fixture.settle()
    fixture.forget()
    await fixture.send({ type: 'response.cancel' })
    expect(fixture.types()).toEqual(spokenEnd)
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          status: 'cancelled',
          status_details: { type: 'cancelled', reason: 'client_cancelled' },
          output: [{ status: 'incomplete', content: [{ transcript: 'It is noon. ' }] }],
        },
      },
    ])
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
    fixture.forget()
    stages.answers[0]?.text(' more')
    stages.answers[0]?.end()
    await fixture.settle()
    expect(fixture.events).toEqual([])
  })

  it('ends the one it names and no other', async () => {
    const fixture = await connectCascade(fakeStages())
    await fixture.send(create(), create({ conversation: 'none' }))
    fixture.forget()
    await fixture.send({ type: 'response.cancel', response_id: 'resp_2' })
    expect(fixture.all('response.done').map(({ response }) => response.id)).toEqual(['resp_2'])
    await fixture.send({ type: 'response.cancel' })
    expect(fixture.all('response.done').map(({ response }) => response.id)).toEqual(['resp_2', 'resp_1'])
  })

  it('is refused when there is none', async () => {
    const fixture = await connectCascade(fakeStages())
    fixture.forget()
    await fixture.send(
      { type: 'response.cancel', event_id: 'c' },
      { type: 'response.cancel', response_id: 'resp_9' },
    )
    expect(fixture.events).toMatchObject([
      { type: 'error', error: { code: 'response_cancel_not_active', event_id: 'c' } },
      { type: 'error', error: { code: 'response_cancel_not_active' } },
    ])
  })

  it('before the words are known withdraws the answer that was coming', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.takeTurn()
    await fixture.send({ type: 'response.cancel' })
    stages.recognitions[0]?.understand('hello')
    await fixture.settle()
    expect(fixture.all('conversation.item.input_audio_transcription.completed')).toHaveLength(1)
    expect(fixture.all('response.created')).toHaveLength(0)
  })
})

describe('a failure', () => {
  it('of the language model ends the response and keeps what was said', async () => {
    const stages = fakeStages({ tts: speakAtOnce })
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.answers[0]?.text('It is noon. And')
    await fixture.settle()
    stages.answers[0]?.fail(new RealtimeError('rate_limit_exceeded', 'slow down'))
    await fixture.settle()
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          status: 'failed',
          status_details: {
            type: 'failed',
            error: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
          },
          output: [{ status: 'incomplete', content: [{ transcript: 'It is noon. ' }] }],
        },
      },
    ])
    await fixture.send(create())
    expect(stages.answers[1]?.request.items).toMatchObject([{ content: [{ transcript: 'It is noon. ' }] }])
  })

  it('of the voice in mid-clause ends the response', async () => {
    const stages = fakeStages({ llm: (answer) => answer.text('It is noon. And') })
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.speeches[0]?.sound(300)
    await fixture.settle()
    stages.speeches[0]?.fail(new RealtimeError('engine_failed', 'died'))
    await fixture.settle()
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          status: 'failed',
          status_details: { error: { type: 'server_error', code: 'engine_failed' } },
        },
      },
    ])
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
  })

  it('of the voice before its first sound is tried once more', async () => {
    const stages = fakeStages({
      llm: (answer) => {
        answer.text('Noon.')
        answer.end()
      },
    })
    const fixture = await connectCascade(stages)
    await fixture.send(create())
    stages.speeches[0]?.fail(new RealtimeError('engine_failed', 'died'))
    await fixture.settle()
    stages.speeches[1]?.sound(100)
    stages.speeches[1]?.end()
    await fixture.settle()
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'completed' } }])
  })

  it('thrown before the first part is a failed response too', async () => {
    const stages = fakeStages()
    Object.assign(stages.llm, {
      respond() {
        throw new Error('no model')
      },
    })
    const fixture = await connectCascade(stages)
    fixture.forget()
    await fixture.send(create())
    expect(fixture.types()).toEqual(['response.created', 'response.done'])
    expect(fixture.all('response.done')).toMatchObject([
      { response: { status: 'failed', status_details: { error: { code: 'engine_failed' } } } },
    ])
  })

  it('for want of a voice is a failed response', async () => {
    const fixture = await connectCascade(fakeStages({ voices: [] }))
    await fixture.send(create())
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'failed' } }])
  })
})
