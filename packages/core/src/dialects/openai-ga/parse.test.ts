import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import { parseClientEvent } from './parse.ts'

function refusal(raw: unknown): RealtimeError | undefined {
  try {
    parseClientEvent(raw)
    return undefined
  } catch (error) {
    return error instanceof RealtimeError ? error : undefined
  }
}

const update = (session: object): object => ({
  type: 'session.update',
  session: { type: 'realtime', ...session },
})
const input = (audio: object): object => update({ audio: { input: audio } })
const output = (audio: object): object => update({ audio: { output: audio } })
const create = (item: object): object => ({ type: 'conversation.item.create', item })
const userMessage = (...content: unknown[]): object => create({ type: 'message', role: 'user', content })
const respond = (response: object): object => ({ type: 'response.create', response })
const pairs = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, '']))

describe('a refused client event', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['null', null, 'invalid_event', undefined],
    ['an array', [], 'invalid_event', undefined],
    ['no type', { session: {} }, 'invalid_event', 'type'],
    ['a type that is no text', { type: 5 }, 'invalid_event', 'type'],

    ['no session', { type: 'session.update' }, 'missing_required_parameter', 'session'],
    [
      'no session type',
      { type: 'session.update', session: {} },
      'missing_required_parameter',
      'session.type',
    ],
    ['no item', { type: 'conversation.item.create' }, 'missing_required_parameter', 'item'],
    ['no item type', create({}), 'missing_required_parameter', 'item.type'],
    ['no role', create({ type: 'message', content: [] }), 'missing_required_parameter', 'item.role'],
    ['no part type', userMessage({ text: 'a' }), 'missing_required_parameter', 'item.content[0].type'],
    [
      'no part text',
      userMessage({ type: 'input_text' }),
      'missing_required_parameter',
      'item.content[0].text',
    ],
    [
      'no tool name',
      update({ tools: [{ type: 'function' }] }),
      'missing_required_parameter',
      'session.tools[0].name',
    ],
    ['no audio', { type: 'input_audio_buffer.append' }, 'missing_required_parameter', 'audio'],
    ['no item id', { type: 'conversation.item.delete' }, 'missing_required_parameter', 'item_id'],
    [
      'no reference id',
      respond({ input: [{ type: 'item_reference' }] }),
      'missing_required_parameter',
      'response.input[0].id',
    ],

    ['a field of the beta', update({ modalities: ['text'] }), 'unknown_parameter', 'session.modalities'],
    ['a read-only field', update({ id: 'sess_1' }), 'unknown_parameter', 'session.id'],
    [
      'a voice in a transcription session',
      { type: 'session.update', session: { type: 'transcription', model: 'x' } },
      'unknown_parameter',
      'session.model',
    ],

    [
      'an unknown session type',
      { type: 'session.update', session: { type: 'x' } },
      'invalid_value',
      'session.type',
    ],
    [
      'both modalities',
      update({ output_modalities: ['audio', 'text'] }),
      'invalid_value',
      'session.output_modalities',
    ],
    ['no modality', update({ output_modalities: [] }), 'invalid_value', 'session.output_modalities'],
    [
      'an unknown modality',
      update({ output_modalities: ['x'] }),
      'invalid_value',
      'session.output_modalities[0]',
    ],
    ['slow speech', output({ speed: 0.2 }), 'invalid_value', 'session.audio.output.speed'],
    ['fast speech', output({ speed: 1.6 }), 'invalid_value', 'session.audio.output.speed'],
    ['speed as text', output({ speed: '1' }), 'invalid_value', 'session.audio.output.speed'],
    ['a voice that is a number', output({ voice: 3 }), 'invalid_value', 'session.audio.output.voice'],
    [
      'an unknown format',
      input({ format: { type: 'audio/mp3' } }),
      'invalid_value',
      'session.audio.input.format.type',
    ],
    [
      'a negative rate',
      input({ format: { type: 'audio/pcm', rate: -1 } }),
      'invalid_value',
      'session.audio.input.format.rate',
    ],
    [
      'a threshold over 1',
      input({ turn_detection: { type: 'server_vad', threshold: 1.1 } }),
      'invalid_value',
      'session.audio.input.turn_detection.threshold',
    ],
    [
      'a short idle timeout',
      input({ turn_detection: { type: 'server_vad', idle_timeout_ms: 4999 } }),
      'invalid_value',
      'session.audio.input.turn_detection.idle_timeout_ms',
    ],
    [
      'unknown turn detection',
      input({ turn_detection: { type: 'x' } }),
      'invalid_value',
      'session.audio.input.turn_detection.type',
    ],
    ['no tokens', update({ max_output_tokens: 0 }), 'invalid_value', 'session.max_output_tokens'],
    ['too many tokens', update({ max_output_tokens: 4097 }), 'invalid_value', 'session.max_output_tokens'],
    [
      'unlimited tokens misspelt',
      update({ max_output_tokens: 'infinite' }),
      'invalid_value',
      'session.max_output_tokens',
    ],
    ['tools that are no list', update({ tools: {} }), 'invalid_value', 'session.tools'],
    ['a null session', { type: 'session.update', session: null }, 'invalid_value', 'session'],

    ['17 pairs', respond({ metadata: pairs(17) }), 'invalid_value', 'response.metadata'],
    ['a long key', respond({ metadata: { ['k'.repeat(65)]: '' } }), 'invalid_value', 'response.metadata'],
    ['a long value', respond({ metadata: { key: 'v'.repeat(513) } }), 'invalid_value', 'response.metadata'],
    ['a value that is no text', respond({ metadata: { key: 1 } }), 'invalid_value', 'response.metadata.key'],

    ['an unknown role', create({ type: 'message', role: 'x' }), 'invalid_value', 'item.role'],
    [
      'an assistant part of a user',
      userMessage({ type: 'output_text', text: '' }),
      'invalid_value',
      'item.content[0].type',
    ],
    [
      'audio that is not base64',
      userMessage({ type: 'input_audio', audio: '?' }),
      'invalid_value',
      'item.content[0].audio',
    ],
    [
      'a long item id',
      create({ id: 'i'.repeat(65), type: 'message', role: 'user', content: [] }),
      'invalid_value',
      'item.id',
    ],
    ['an event id that is no text', { type: 'response.cancel', event_id: 7 }, 'invalid_value', 'event_id'],

    ['unpadded base64', { type: 'input_audio_buffer.append', audio: 'AAA' }, 'invalid_value', 'audio'],
    ['URL base64', { type: 'input_audio_buffer.append', audio: '-_8=' }, 'invalid_value', 'audio'],
    [
      'base64 with white space',
      { type: 'input_audio_buffer.append', audio: 'AA\n=' },
      'invalid_value',
      'audio',
    ],
    ['audio that is a number', { type: 'input_audio_buffer.append', audio: 7 }, 'invalid_value', 'audio'],
    [
      'over 15 MiB of audio',
      { type: 'input_audio_buffer.append', audio: 'A'.repeat(20_971_524) },
      'invalid_value',
      'audio',
    ],
    [
      'a negative time',
      { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: -1 },
      'invalid_value',
      'audio_end_ms',
    ],
    [
      'a negative index',
      { type: 'conversation.item.truncate', item_id: 'a', content_index: -1, audio_end_ms: 0 },
      'invalid_value',
      'content_index',
    ],
    [
      'half a millisecond',
      { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 0.5 },
      'invalid_value',
      'audio_end_ms',
    ],
  ])('with %s names its code and field', (_, raw, code, param) => {
    expect(refusal(raw)).toMatchObject({ code, param })
  })

  it('says what is allowed', () => {
    const message = (raw: unknown): string | undefined => refusal(raw)?.message
    expect(message(output({ speed: 3 }))).toBe(
      "Invalid value for 'session.audio.output.speed'. Expected a number from 0.25 to 1.5.",
    )
    expect(message(update({ max_output_tokens: 5000 }))).toBe(
      "Invalid value for 'session.max_output_tokens'. Expected an integer from 1 to 4096, or 'inf'.",
    )
    expect(message(userMessage({ type: 'text' }))).toBe(
      "Invalid value for 'item.content[0].type'. Expected 'input_text', 'input_audio' or 'input_image'.",
    )
    expect(message(update({ tools: 'x' }))).toBe("Invalid value for 'session.tools'. Expected an array.")
    expect(message({ type: 'session.update', session: {} })).toBe(
      "Missing required parameter: 'session.type'.",
    )
    expect(message(update({ voice: 'slt' }))).toBe("Unknown parameter: 'session.voice'.")
  })

  it('names the event it answers where that has an id', () => {
    for (const raw of [
      { type: 7 },
      { type: 'session.update' },
      { type: 'session.update', session: { type: 'realtime', modalities: [] } },
      { type: 'input_audio_buffer.append', audio: '?' },
    ]) {
      expect(refusal({ ...raw, event_id: 'mine' })?.eventId).toBe('mine')
      expect(refusal(raw)?.eventId).toBeUndefined()
    }
  })

  it('repeats only the start of a long key', () => {
    expect(refusal(update({ ['k'.repeat(1000)]: 1 }))?.param).toBe(`session.${'k'.repeat(64)}`)
  })
})

describe('an accepted client event', () => {
  it.each<[string, object]>([
    [
      'every nullable field null',
      input({ turn_detection: null, transcription: null, noise_reduction: null }),
    ],
    ['tracing and prompt null', update({ tracing: null, prompt: null })],
    ['slowest speech', output({ speed: 0.25 })],
    ['fastest speech', output({ speed: 1.5 })],
    ['a custom voice', output({ voice: { id: 'voice_1' } })],
    ['the most tokens', update({ max_output_tokens: 4096 })],
    ['unlimited tokens', update({ max_output_tokens: 'inf' })],
    ['16 pairs at their limits', respond({ metadata: { ...pairs(15), ['k'.repeat(64)]: 'v'.repeat(512) } })],
    [
      'an item id of 64 characters',
      create({ id: 'i'.repeat(64), type: 'message', role: 'user', content: [] }),
    ],
    ['exactly 15 MiB', { type: 'input_audio_buffer.append', audio: 'A'.repeat(20_971_520) }],
    ['no audio at all', { type: 'input_audio_buffer.append', audio: '' }],
    ['nested unknown fields', input({ turn_detection: { type: 'server_vad', speech_duration_ms: 200 } })],
    ['a null response', respond({})],
  ])('may have %s', (_, raw) => {
    expect(refusal(raw)).toBeUndefined()
  })

  it('is the very object it came as, with its keys in their order', () => {
    const raw = { vendor: 1, session: { speed: undefined, type: 'realtime' }, type: 'session.update' }
    Reflect.deleteProperty(raw.session, 'speed')
    expect(parseClientEvent(raw)).toBe(raw)
  })

  it('cannot reach a prototype', () => {
    const raw: unknown = JSON.parse('{"type":"response.cancel","__proto__":{"polluted":true}}')
    expect(JSON.stringify(parseClientEvent(raw))).toBe(JSON.stringify(raw))
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
