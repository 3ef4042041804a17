import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import { betaClientSamples, betaServerSamples } from '../../testing/beta-samples.ts'
import { dialectLaws } from '../../testing/dialect-laws.ts'
import { serverWireEvents } from '../../testing/sample-events.ts'
import { readFromClient, refusal, writtenToClient, writtenToServer } from '../../testing/wire-exchange.ts'
import { openaiGa } from '../openai-ga/index.ts'
import { openaiBeta } from './index.ts'

describeLaws('OpenAI beta', dialectLaws, () => ({
  dialect: openaiBeta,
  clientEvents: betaClientSamples,
  serverEvents: betaServerSamples,
}))

const update = (session: object) => ({ type: 'session.update', session })

describe('a client of the OpenAI beta', () => {
  it('sets a session that GA understands', () => {
    const session = {
      modalities: ['text', 'audio'],
      voice: 'alloy',
      input_audio_format: 'g711_ulaw',
      output_audio_format: 'pcm16',
      turn_detection: { type: 'none' },
      tool_choice: 'look_up',
      max_response_output_tokens: 100,
      temperature: 0.8,
      speed: 1.1,
    }
    expect(readFromClient(openaiBeta, update(session))).toEqual([
      update({
        type: 'realtime',
        output_modalities: ['audio'],
        audio: {
          input: { format: { type: 'audio/pcmu' }, turn_detection: null },
          output: { voice: 'alloy', format: { type: 'audio/pcm', rate: 24_000 }, speed: 1.1 },
        },
        tool_choice: { type: 'function', name: 'look_up' },
        max_output_tokens: 100,
        extensions: { temperature: 0.8 },
      }),
    ])
  })

  it('sets a transcription session by an event of its own', () => {
    const session = { input_audio_transcription: { model: 'whisper-1' } }
    expect(readFromClient(openaiBeta, { type: 'transcription_session.update', session })).toEqual([
      update({ type: 'transcription', audio: { input: { transcription: { model: 'whisper-1' } } } }),
    ])
  })

  it.each([
    [update({ type: 'realtime' }), 'unknown_parameter', 'session.type'],
    [update({ audio: {} }), 'unknown_parameter', 'session.audio'],
    [update({ temperature: 2 }), 'invalid_value', 'session.temperature'],
    [update({ modalities: [] }), 'invalid_value', 'session.modalities'],
    [update({ modalities: ['avatar'] }), 'invalid_value', 'session.modalities[0]'],
    [update({ voice: {} }), 'invalid_value', 'session.voice'],
    [update({ input_audio_format: 'mp3' }), 'invalid_value', 'session.input_audio_format'],
    [update({ turn_detection: { type: 'x' } }), 'invalid_value', 'session.turn_detection.type'],
    [
      update({ turn_detection: { type: 'server_vad', threshold: 2 } }),
      'invalid_value',
      'session.turn_detection.threshold',
    ],
    [update({ tools: [{ type: 'mcp' }] }), 'invalid_value', 'session.tools[0].type'],
    [update({ max_response_output_tokens: 0 }), 'invalid_value', 'session.max_response_output_tokens'],
    [
      { type: 'transcription_session.update', session: { voice: 'alloy' } },
      'unknown_parameter',
      'session.voice',
    ],
    [{ type: 'response.create', response: { temperature: 0 } }, 'invalid_value', 'response.temperature'],
    [
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: '' }] },
      },
      'invalid_value',
      'item.content[0].type',
    ],
    [
      {
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [], id: 'x'.repeat(65) },
      },
      'invalid_value',
      'item.id',
    ],
  ])('is told what is wrong with %j under its own names', (event, code, param) => {
    expect(refusal(openaiBeta, event)).toEqual([code, param])
  })

  it('gets only events it knows, whatever the session says', () => {
    const events = serverWireEvents.flatMap((event) => openaiGa.connector().decode(JSON.stringify(event)))
    const known = new Set(betaServerSamples.map(({ type }) => type))
    const written = writtenToClient(openaiBeta, events)
    expect(
      written.map((event) => Reflect.get(Object(event), 'type')).filter((type) => !known.has(type)),
    ).toEqual([])
  })

  it('gets settings of Voice Live in the words of the beta', () => {
    const [written] = writtenToClient(openaiBeta, [
      {
        type: 'session.updated',
        event_id: 'e',
        session: {
          type: 'realtime',
          audio: {
            input: { turn_detection: { type: 'server_vad' } },
            output: { voice: 'en-US-AvaMultilingualNeural', format: { type: 'audio/pcm', rate: 16_000 } },
          },
          extensions: {
            voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' },
            turn_detection: { type: 'azure_semantic_vad' },
          },
        },
      },
    ])
    expect(written).toEqual({
      type: 'session.updated',
      event_id: 'e',
      session: {
        voice: 'en-US-AvaMultilingualNeural',
        turn_detection: { type: 'server_vad' },
        output_audio_format: 'pcm16',
      },
    })
  })
})

describe('a backend of the OpenAI beta', () => {
  it('gets a tool choice as a bare name and a custom voice by its id', () => {
    const create: ClientEvent = {
      type: 'response.create',
      response: {
        tool_choice: { type: 'function', name: 'look_up' },
        audio: { output: { voice: { id: 'voice_1' }, format: { type: 'audio/pcma' } } },
        output_modalities: ['audio'],
      },
    }
    expect(writtenToServer(openaiBeta, [create])).toEqual([
      {
        type: 'response.create',
        response: {
          tool_choice: 'look_up',
          voice: 'voice_1',
          output_audio_format: 'g711_alaw',
          modalities: ['text', 'audio'],
        },
      },
    ])
  })
})
