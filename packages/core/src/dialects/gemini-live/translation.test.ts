import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ClientMessage, ServerMessage } from './messages.ts'
import type { Output } from './output.ts'
import { createTranslation, type Translation } from './translation.ts'

const sound = { inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'AAAA' } }
const speaks = (text: string): ServerMessage => ({
  serverContent: { outputTranscription: { text }, modelTurn: { parts: [sound] } },
})
const hears = (text: string): ServerMessage => ({ serverContent: { inputTranscription: { text } } })
const turnComplete: ServerMessage = { serverContent: { turnComplete: true } }
const interrupted: ServerMessage = { serverContent: { interrupted: true } }
const calls = (...ids: readonly string[]): ServerMessage => ({
  toolCall: { functionCalls: ids.map((id) => ({ id, name: `f_${id}`, args: { n: id } })) },
})

const update: ClientEvent = {
  type: 'session.update',
  session: { type: 'realtime', audio: { input: { transcription: {} } } },
}
const respond: ClientEvent = { type: 'response.create', event_id: 'c1' }
const says = (text: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
})
const output = (callId: string, text: string): ClientEvent => ({
  type: 'conversation.item.create',
  item: { type: 'function_call_output', call_id: callId, output: text },
})

/** Plays a script of both sides after the setup and gives what came out of it. */
function played(
  script: readonly (ClientEvent | ServerMessage)[],
  model = 'models/gemini-3.8-live',
): {
  readonly events: readonly ServerEvent[]
  readonly messages: readonly ClientMessage[]
  translation: Translation
} {
  let count = 0
  const translation = createTranslation({ model, newId: (prefix) => `${prefix}_${count++}` })
  translation.created()
  translation.fromClient(update)
  translation.fromServer({ setupComplete: {} })
  const outputs = script.flatMap((step) =>
    'type' in step
      ? translation.fromClient(step as ClientEvent)
      : translation.fromServer(step as ServerMessage),
  )
  return {
    events: outputs.flatMap((item) => (item.to === 'client' ? [item.event] : [])),
    messages: outputs.flatMap((item: Output) => (item.to === 'backend' ? [item.message] : [])),
    translation,
  }
}

/** Types without the long prefixes; runs of one type joined. */
function gist(events: readonly ServerEvent[]): readonly string[] {
  return events
    .map((event) => {
      const name = event.type
        .replace('response.', 'r.')
        .replace('conversation.item.', 'i.')
        .replace(/input_audio_(?:transcription\.)?/, '')
      return event.type === 'response.done' ? `${name} ${event.response.status}` : name
    })
    .filter((name, index, names) => name !== names[index - 1])
}

const message = ['r.output_item.added', 'i.added', 'r.content_part.added']
const deltas = ['r.output_audio_transcript.delta', 'r.output_audio.delta']
const messageEnd = [
  'r.output_audio.done',
  'r.output_audio_transcript.done',
  'r.content_part.done',
  'i.done',
  'r.output_item.done',
]
const answered = ['r.created', ...message, ...deltas, ...messageEnd, 'r.done completed']
const userTurn = ['buffer.speech_stopped', 'buffer.committed', 'i.added', 'i.done']
const append: ClientEvent = {
  type: 'input_audio_buffer.append',
  // Only its length and text are looked at.
  audio: { base64: 'AAAA', byteLength: 4 } as Extract<
    ClientEvent,
    { type: 'input_audio_buffer.append' }
  >['audio'],
}

describe('messages of Gemini as events', () => {
  it.each<[string, readonly (ClientEvent | ServerMessage)[], readonly string[]]>([
    [
      'a spoken turn',
      [hears('hel'), hears('lo'), speaks('Hi.'), turnComplete],
      ['buffer.speech_started', 'i.delta', ...userTurn, ...answered, 'i.completed'],
    ],
    [
      'speech Gemini gave no sign of',
      [append, speaks('Hi.'), hears('hello'), turnComplete],
      [
        'buffer.speech_started',
        ...userTurn,
        'r.created',
        ...message,
        ...deltas,
        'i.delta',
        ...messageEnd,
        'r.done completed',
        'i.completed',
      ],
    ],
    [
      'an interruption',
      [
        says('go'),
        respond,
        speaks('One'),
        interrupted,
        turnComplete,
        hears('stop'),
        speaks('Ok.'),
        turnComplete,
      ],
      [
        'i.added',
        'i.done',
        'r.created',
        ...message,
        ...deltas,
        'buffer.speech_started',
        ...messageEnd,
        'r.done cancelled',
        'i.delta',
        ...userTurn,
        ...answered,
        'i.completed',
      ],
    ],
    [
      'a message before a call',
      [says('go'), respond, speaks('Wait.'), calls('a')],
      [
        'i.added',
        'i.done',
        'r.created',
        ...message,
        ...deltas,
        ...messageEnd,
        'r.output_item.added',
        'i.added',
        'r.function_call_arguments.delta',
        'r.function_call_arguments.done',
        'i.done',
        'r.output_item.done',
        'r.done completed',
      ],
    ],
    [
      'thoughts',
      [says('go'), respond, { serverContent: { modelTurn: { parts: [{ text: 'Hm.', thought: true }] } } }],
      ['i.added', 'i.done'],
    ],
    [
      'a turn without an answer to speech',
      [hears('hm'), turnComplete],
      ['buffer.speech_started', 'i.delta', ...userTurn, 'i.completed'],
    ],
    [
      'a turn without an answer to a request',
      [says('go'), respond, turnComplete],
      ['i.added', 'i.done', 'r.created', 'r.done completed'],
    ],
    [
      'a refused answer',
      [says('go'), respond, { serverContent: { turnComplete: true, turnCompleteReason: 'BLOCKLIST' } }],
      ['i.added', 'i.done', 'r.created', 'r.done incomplete'],
    ],
    [
      'signs of activity',
      [
        { voiceActivity: { voiceActivityType: 'ACTIVITY_START' } },
        { voiceActivity: { voiceActivityType: 'ACTIVITY_END' } },
        hears('hello'),
        speaks('Hi.'),
        turnComplete,
      ],
      ['buffer.speech_started', ...userTurn, 'i.delta', ...answered, 'i.completed'],
    ],
    [
      'words after the generation',
      [
        says('go'),
        respond,
        speaks('Hi'),
        { serverContent: { generationComplete: true } },
        { serverContent: { outputTranscription: { text: ' you' } } },
        turnComplete,
      ],
      [
        'i.added',
        'i.done',
        'r.created',
        ...message,
        ...deltas,
        'r.output_audio.done',
        'r.output_audio_transcript.delta',
        ...messageEnd.slice(1),
        'r.done completed',
      ],
    ],
    [
      'a cancelled answer whose rest comes',
      [
        says('go'),
        respond,
        speaks('One'),
        { type: 'response.cancel' },
        speaks(' two'),
        calls('a'),
        turnComplete,
      ],
      ['i.added', 'i.done', 'r.created', ...message, ...deltas, ...messageEnd, 'r.done cancelled'],
    ],
  ])('%s', (_, script, expected) => {
    const names = gist(played(script).events)
    expect(names).toEqual(expected)
  })

  it('passes on what it does not know, at the top and within content', () => {
    const { events } = played([{ weather: 'fine', serverContent: { groundingMetadata: { a: 1 } } }])
    expect(events).toMatchObject([
      { type: 'extension', event: { type: 'gemini.server_content', groundingMetadata: { a: 1 } } },
      { type: 'extension', event: { type: 'gemini.message', weather: 'fine' } },
    ])
  })

  it('converts sound of another rate, and passes on media that is no sound', () => {
    const part = (mimeType: string, samples: number) => ({
      inlineData: { mimeType, data: btoa('\0'.repeat(samples * 2)) },
    })
    const picture = part('image/png', 3)
    const turn = { serverContent: { modelTurn: { parts: [part('audio/pcm;rate=12000', 1200), picture] } } }
    const { events } = played([says('go'), respond, turn, turn])
    const bytes = events.reduce(
      (sum, event) => sum + (event.type === 'response.output_audio.delta' ? event.delta.byteLength : 0),
      0,
    )
    // 200 ms at 24 kHz, less what the filter still holds.
    expect(bytes).toBeGreaterThan(9000)
    expect(bytes).toBeLessThanOrEqual(9600)
    expect(events).toContainEqual(
      expect.objectContaining({ event: expect.objectContaining({ type: 'gemini.model_part', ...picture }) }),
    )
  })

  it('asks to leave when the service does', () => {
    const { translation } = played([])
    expect(translation.fromServer({ goAway: { timeLeft: '9.5s' } })).toEqual([
      { to: 'connection', leaveWithinMs: 9500 },
    ])
  })
})

describe('events of the client as messages', () => {
  it.each<[string, readonly (ClientEvent | ServerMessage)[], readonly unknown[]]>([
    ['holds text until an answer is wanted', [says('a'), says('b')], []],
    [
      'sends text as one turn',
      [says('a'), says('b'), respond],
      [
        {
          clientContent: {
            turns: [{ role: 'user', parts: [{ text: 'a' }, { text: 'b' }] }],
            turnComplete: true,
          },
        },
      ],
    ],
    ['asks for an answer to nothing new', [respond], [{ clientContent: { turnComplete: true } }]],
    ['asks for nothing while Gemini answers speech', [hears('hi'), respond], []],
    [
      'holds outputs of calls until an answer is wanted',
      [says('a'), respond, calls('x'), output('x', '1')],
      [{ clientContent: {} }],
    ],
    [
      'sends outputs together',
      [calls('x', 'y'), output('x', '{"a":1}'), output('y', 'text'), respond],
      [
        {
          toolResponse: {
            functionResponses: [
              { id: 'x', name: 'f_x', response: { a: 1 } },
              { id: 'y', name: 'f_y', response: { output: 'text' } },
            ],
          },
        },
      ],
    ],
    [
      'drops the output of a cancelled call',
      [calls('x'), { toolCallCancellation: { ids: ['x'] } }, output('x', '1')],
      [],
    ],
    [
      'sends sound with its rate',
      [append],
      [{ realtimeInput: { audio: { mimeType: 'audio/pcm;rate=24000', data: 'AAAA' } } }],
    ],
    [
      'ends the stream on commit',
      [append, { type: 'input_audio_buffer.commit' }],
      [{}, { realtimeInput: { audioStreamEnd: true } }],
    ],
  ])('%s', (_, script, expected) => {
    const { messages } = played(script)
    expect(messages).toHaveLength(expected.length)
    expect(messages).toMatchObject(expected)
  })

  it('sends text as live input where the model takes no other after the first turn', () => {
    const { messages } = played([says('a'), respond], 'models/gemini-3.1-flash-live-preview')
    expect(messages).toEqual([{ realtimeInput: { text: 'a' } }])
  })

  it.each<[string, ClientEvent, string]>([
    [
      'a response beside the conversation',
      { type: 'response.create', response: { conversation: 'none' } },
      'response.conversation',
    ],
    [
      'other instructions for one response',
      { type: 'response.create', response: { instructions: 'x' } },
      'response.instructions',
    ],
    ['a cleared loudspeaker', { type: 'output_audio_buffer.clear' }, 'type'],
    [
      'an event of another dialect',
      { type: 'extension', dialect: 'voice-live', event: { type: 'x' } },
      'type',
    ],
  ])('refuses %s', (_, event, param) => {
    expect(played([event]).events).toMatchObject([{ type: 'error', error: { code: 'unsupported', param } }])
  })

  it('sends one setup, with what was said before as history', () => {
    let count = 0
    const translation = createTranslation({
      model: 'models/gemini-3.8-live',
      newId: (prefix) => `${prefix}_${count++}`,
    })
    const before: readonly ClientEvent[] = [
      says('first'),
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'one' }] },
      },
      says('second'),
      update,
      respond,
    ]
    const sent = before.flatMap((event) => translation.fromClient(event))
    const ready = translation.fromServer({ setupComplete: {} })
    const messages = [...sent, ...ready].flatMap((item) => (item.to === 'backend' ? [item.message] : []))
    expect(messages).toMatchObject([
      { setup: { historyConfig: { initialHistoryInClientContent: true } } },
      {
        clientContent: {
          turns: [
            { role: 'user', parts: [{ text: 'first' }] },
            { role: 'model', parts: [{ text: 'one' }] },
          ],
          turnComplete: true,
        },
      },
      { clientContent: { turns: [{ role: 'user', parts: [{ text: 'second' }] }], turnComplete: true } },
    ])
  })
})
