import { describe, expect, it } from 'vitest'
import { formatLane, parseLane } from './lane.ts'

const detector = (turn_detection: object) => ({ audio: { input: { turn_detection } } })

describe('a lane as text', () => {
  it.each([
    ['local', { label: 'local', backend: 'local', model: '', session: {} }],
    [
      'fast=local?silence_ms=200',
      {
        label: 'fast',
        backend: 'local',
        model: '',
        session: detector({ type: 'server_vad', silence_duration_ms: 200 }),
      },
    ],
    [
      'local/model?voice=slt',
      { label: 'local', backend: 'local', model: 'model', session: { audio: { output: { voice: 'slt' } } } },
    ],
    [
      'a=openai/gpt-realtime?turn_detection=semantic_vad&eagerness=low',
      {
        label: 'a',
        backend: 'openai',
        model: 'gpt-realtime',
        session: detector({ type: 'semantic_vad', eagerness: 'low' }),
      },
    ],
    [
      'local?instructions=Be+brief%3F&speed=1.25',
      {
        label: 'local',
        backend: 'local',
        model: '',
        session: { instructions: 'Be brief?', audio: { output: { speed: 1.25 } } },
      },
    ],
    ['x=replay/cas_1/2', { label: 'x', backend: 'replay', model: 'cas_1/2', session: {} }],
  ])('%s is read, and written so that it is read the same', (text, lane) => {
    expect(parseLane(text)).toEqual(lane)
    expect(parseLane(formatLane(parseLane(text)))).toEqual(lane)
  })

  it.each([
    ['local?silence=200', 'no key "silence"; did you mean "silence_ms"?'],
    ['local?silence_ms=soon', '"soon" of "silence_ms" is not a number'],
    ['local?speed=9', 'The value of "speed"'],
    ['local?eagerness=low&silence_ms=200', '"eagerness" belongs to turn_detection=semantic_vad'],
    ['local?turn_detection=semantic_vad&threshold=0.4', '"threshold" belongs to turn_detection=server_vad'],
    ['local?turn_detection=vad', 'The value of "turn_detection'],
    ['?voice=x', 'names no backend'],
    ['a b=local', 'The label "a b"'],
    ['local?voice=', '"" of "voice" is not a value'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseLane(text)).toThrow(message)
  })

  it('keeps a model with a question mark, a percent sign or a space', () => {
    const lane = { label: 'l', backend: 'local', model: 'a?b 50%', session: {} }
    expect(parseLane(formatLane(lane))).toEqual(lane)
  })

  it('names the field it has no key for', () => {
    const session = { audio: { input: { noise_reduction: { type: 'near_field' as const } } } }
    expect(() => formatLane({ label: 'l', backend: 'local', model: '', session })).toThrow(
      'no key for session.audio.input.noise_reduction.type',
    )
  })
})
