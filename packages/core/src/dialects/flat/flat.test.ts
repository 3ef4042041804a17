import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { Usage } from '../../events/response.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { appendFrames, deltaFramesOf, readsAlike } from '../../testing/audio-frames.ts'
import { readFromServer, writtenToClient } from '../../testing/wire-exchange.ts'
import { deltaFrameReader } from '../openai-ga/audio-frame.ts'
import { openaiBeta } from '../openai-beta/index.ts'
import { voiceLive } from '../voice-live/index.ts'

const answer = { id: 'item_2', type: 'message', role: 'assistant', status: 'in_progress', content: [] }
const call = { id: 'item_3', type: 'function_call', name: 'look_up', call_id: 'call_1', arguments: '' }
const question = { id: 'item_1', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'a' }] }

describe.each([openaiBeta, voiceLive])('the flat dialect $name', (dialect) => {
  it('says of an item of the user that it is added and done at once', () => {
    const events = readFromServer(dialect, [
      { type: 'conversation.item.created', event_id: 'e', previous_item_id: null, item: question },
    ])
    expect(events).toEqual([
      { type: 'conversation.item.added', event_id: 'e', previous_item_id: null, item: question },
      { type: 'conversation.item.done', event_id: 'e_done', previous_item_id: null, item: question },
    ])
  })

  it('says that an item of a response is done just before the response says so, with what it became', () => {
    const full = { ...answer, status: 'completed', content: [{ type: 'text', text: 'b' }] }
    const events = readFromServer(dialect, [
      { type: 'response.output_item.added', event_id: 'e1', response_id: 'r', output_index: 0, item: answer },
      { type: 'conversation.item.created', event_id: 'e2', previous_item_id: 'item_1', item: answer },
      { type: 'response.output_item.done', event_id: 'e3', response_id: 'r', output_index: 0, item: full },
    ])
    expect(events.map(({ type }) => type)).toEqual([
      'response.output_item.added',
      'conversation.item.added',
      'conversation.item.done',
      'response.output_item.done',
    ])
    expect(events[2]).toMatchObject({
      previous_item_id: 'item_1',
      item: { status: 'completed', content: [{ type: 'output_text', text: 'b' }] },
    })
  })

  it('forgets the items of a response that is done', () => {
    const events = readFromServer(dialect, [
      { type: 'response.output_item.added', event_id: 'e1', response_id: 'r', output_index: 0, item: answer },
      { type: 'response.done', event_id: 'e2', response: { id: 'r' } },
      { type: 'conversation.item.created', event_id: 'e3', item: answer },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'conversation.item.done', event_id: 'e3_done' })
  })

  it('hears the end of a response for whatever reason', () => {
    const details = { type: 'cancelled', reason: 'reason_of_next_year' }
    const done = { type: 'response.done', event_id: 'e', response: { id: 'r', status_details: details } }
    expect(readFromServer(dialect, [done])).toEqual([done])
  })

  it('forgets an item that is done', () => {
    const place = { response_id: 'r', output_index: 0 }
    const events = readFromServer(dialect, [
      { type: 'response.output_item.added', event_id: 'e1', ...place, item: answer },
      { type: 'response.output_item.done', event_id: 'e2', ...place, item: answer },
      { type: 'conversation.item.created', event_id: 'e3', item: answer },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'conversation.item.done', event_id: 'e3_done' })
  })

  it('keeps what is open apart for each connection', () => {
    const added = { type: 'response.output_item.added', response_id: 'r', output_index: 0, item: answer }
    readFromServer(dialect, [{ ...added, event_id: 'e1' }])
    const created = { type: 'conversation.item.created', event_id: 'e2', item: answer }
    expect(readFromServer(dialect, [created])).toHaveLength(2)
  })

  it('gives the arguments of a call the name that its item had', () => {
    const place = { response_id: 'r', output_index: 0 }
    const done = { ...place, item_id: 'item_3', call_id: 'call_1', arguments: '{}' }
    const events = readFromServer(dialect, [
      { type: 'response.output_item.added', event_id: 'e1', ...place, item: call },
      { type: 'response.function_call_arguments.done', event_id: 'e2', ...done },
    ])
    expect(events[1]).toMatchObject({ name: 'look_up' })
  })

  it.each([
    ['session.audio.output.voice', 'session.voice'],
    ['session.audio.input.turn_detection.threshold', 'session.turn_detection.threshold'],
    ['session.audio.output.format.type', 'session.output_audio_format'],
    ['session.extensions.temperature', 'session.temperature'],
    ['session.tools[0].name', 'session.tools[0].name'],
    ['response.output_modalities', 'response.modalities'],
    ['item.content[0].type', 'item.content[0].type'],
    ['session.instructions', 'session.instructions'],
  ])('calls %s in an error %s', (internal, flat) => {
    const error = { type: 'invalid_request_error', message: `Bad '${internal}'.`, param: internal }
    const [written] = writtenToClient(dialect, [{ type: 'error', event_id: 'e', error }])
    expect(written).toMatchObject({ error: { param: flat, message: `Bad '${flat}'.` } })
  })

  it('calls the field of a warning as the client does', () => {
    const warning = { message: 'left out', param: 'session.audio.output.speed' }
    const [written] = writtenToClient(dialect, [{ type: 'warning', event_id: 'e', warning }])
    expect(written).toMatchObject({ warning: { param: 'session.speed' } })
  })

  it('completes the usage of a response, and leaves none as null', () => {
    const done = (usage: Usage | null): ServerEvent => ({
      type: 'response.done',
      event_id: 'e',
      response: { usage },
    })
    const written = writtenToClient(dialect, [done({ total_tokens: 7, output_tokens: 4 }), done(null)])
    expect(written).toMatchObject([
      {
        response: {
          usage: {
            total_tokens: 7,
            input_tokens: 0,
            output_tokens: 4,
            input_token_details: { cached_tokens: 0, text_tokens: 0, audio_tokens: 0 },
            output_token_details: { text_tokens: 0, audio_tokens: 0 },
          },
        },
      },
      { response: { usage: null } },
    ])
  })

  it('writes the bytes of a token as a list, empty where they are unknown', () => {
    const written = writtenToClient(dialect, [
      {
        type: 'conversation.item.input_audio_transcription.completed',
        event_id: 'e',
        item_id: 'i',
        content_index: 0,
        transcript: 'a',
        logprobs: [{ token: 'a', logprob: -1, bytes: null }],
      },
    ])
    expect(written).toMatchObject([{ logprobs: [{ token: 'a', bytes: [] }] }])
  })

  it('writes a large audio delta as frames of less than 1 MiB that hold the same samples', () => {
    const bytes = Uint8Array.from({ length: 2_000_002 }, (_, index) => index % 251)
    const delta = AudioPayload.fromBytes(bytes)
    const place = { response_id: 'r', item_id: 'i', output_index: 0, content_index: 0 }
    const frames = dialect
      .acceptor()
      .encode({ type: 'response.output_audio.delta', event_id: 'e', ...place, delta })
    expect(frames.every((frame) => frame.length < 1024 * 1024)).toBe(true)
    const read = frames.flatMap((frame) => dialect.connector().decode(frame))
    const pieces = read.flatMap((event) =>
      event.type === 'response.output_audio.delta' ? [event.delta.bytes] : [],
    )
    expect(pieces.every((piece) => piece.byteLength % 2 === 0)).toBe(true)
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
    expect(new Set(read.map((event) => ('event_id' in event ? event.event_id : ''))).size).toBe(frames.length)
  })

  it('gives an item without its audio where a frame could not hold it, and says so', () => {
    const audio = 'A'.repeat(1_400_000)
    const written = writtenToClient(dialect, [
      {
        type: 'conversation.item.retrieved',
        event_id: 'e',
        item: { type: 'message', role: 'user', content: [{ type: 'input_audio', audio, transcript: 'hi' }] },
      },
    ])
    expect(written).toEqual([
      expect.objectContaining({ type: 'warning' }),
      {
        type: 'conversation.item.retrieved',
        event_id: 'e',
        item: { type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: 'hi' }] },
      },
    ])
  })

  it('reads audio frames as the full parser does, whatever is wrong with them', () => {
    const [acceptor, connector] = [dialect.acceptor(), dialect.connector()]
    // White space in front leaves a frame to the full parser.
    const slowAcceptor = (raw: unknown) => only(acceptor.decode(` ${JSON.stringify(raw)}`))
    const slowConnector = (raw: unknown) => only(connector.decode(` ${JSON.stringify(raw)}`))
    fc.assert(readsAlike(appendFrames, acceptor.decode, slowAcceptor), { seed: 1, numRuns: 1000 })
    fc.assert(readsAlike(deltaFramesOf('response.audio.delta'), connector.decode, slowConnector), {
      seed: 1,
      numRuns: 1000,
    })
  })
})

describe('the fast reader of audio deltas', () => {
  it('takes every delta in the usual shape under the name of the flat wires', () => {
    const read = deltaFrameReader('response.audio.delta')
    fc.assert(
      fc.property(deltaFramesOf('response.audio.delta'), (frame) => read(frame) !== undefined),
      { seed: 1, numRuns: 300 },
    )
    fc.assert(
      fc.property(deltaFramesOf('response.output_audio.delta'), (frame) => read(frame) === undefined),
      { seed: 1, numRuns: 50 },
    )
  })
})

function only<Event>(events: readonly Event[]): Event {
  const [event] = events
  if (event === undefined || events.length > 1) throw new Error('expected one event')
  return event
}
