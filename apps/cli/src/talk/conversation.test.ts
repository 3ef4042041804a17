import { AudioPayload, createChannelPair } from '@parley/core'
import type { ClientEvent, ServerEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createConversation } from './conversation.ts'
import type { ConversationParts } from './conversation.ts'
import { createPlayout } from './playout.ts'
import { silentSink } from './speaker.ts'
import { createTranscript } from './transcript.ts'

/** A conversation whose backend is the test, and whose sound stands still. */
function held(fields: Partial<ConversationParts> = {}) {
  const [backend, channel] = createChannelPair<ClientEvent, ServerEvent>()
  const lines: string[] = []
  const notices: string[] = []
  let time = 1000
  const playout = createPlayout(silentSink, { onStart: () => undefined, onEnd: () => undefined })
  const conversation = createConversation({
    channel,
    playout,
    transcript: createTranscript({
      onLine: (side, text, note) => lines.push(`${side}: ${text}${note === '' ? '' : ` (${note})`}`),
      onLive: () => undefined,
    }),
    isHalfDuplex: false,
    now: () => time,
    onNotice: (text) => notices.push(text),
    ...fields,
  })
  const running = conversation.run()
  return {
    backend,
    conversation,
    playout,
    lines,
    notices,
    later: (ms: number) => void (time += ms),
    /** What the client has sent, once the session is over. */
    async sent(): Promise<readonly ClientEvent[]> {
      await channel.close()
      await running
      return Array.fromAsync(backend)
    },
    /** Resolves when what the backend has sent is read. */
    read: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

const loud = (): Int16Array => new Int16Array(480).fill(8000)

const delta = (itemId: string): ServerEvent => ({
  type: 'response.output_audio.delta',
  event_id: 'e',
  response_id: 'r',
  item_id: itemId,
  output_index: 0,
  content_index: 0,
  delta: AudioPayload.fromBytes(new Uint8Array(48_000)),
})

const started = (itemId: string): ServerEvent => ({
  type: 'input_audio_buffer.speech_started',
  event_id: 'e',
  audio_start_ms: 0,
  item_id: itemId,
})

describe('createConversation', () => {
  it('goes silent when the person speaks, and tells the backend what was heard', async () => {
    const { backend, conversation, playout, sent, read } = held()
    backend.send(delta('a'))
    await read()
    expect(conversation.isBusy).toBe(true)
    backend.send(started('u'))
    await read()
    // What was on its way is not played any more.
    backend.send(delta('a'))
    await read()
    expect(playout.isSounding).toBe(false)
    expect(await sent()).toEqual([
      { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 0 },
    ])
  })

  it('hears nothing while an answer sounds on a speaker, and shortly after', async () => {
    const { backend, conversation, sent, read, later } = held({ isHalfDuplex: true })
    conversation.hear(loud())
    backend.send(delta('a'))
    await read()
    conversation.hear(loud())
    conversation.interrupt()
    later(200)
    conversation.hear(loud())
    later(200)
    conversation.hear(loud())
    const loudness = (await sent()).flatMap((event) =>
      event.type === 'input_audio_buffer.append' ? [event.audio.bytes.some((byte) => byte !== 0)] : [],
    )
    expect(loudness).toEqual([true, false, false, true])
  })

  it('says a typed line, and times the answer from it', async () => {
    const { backend, conversation, lines, sent, read, later } = held()
    conversation.type('Hello')
    later(340)
    backend.send({
      type: 'response.output_text.delta',
      event_id: 'e',
      response_id: 'r',
      item_id: 'a',
      output_index: 0,
      content_index: 0,
      delta: 'Hi.',
    })
    backend.send({
      type: 'response.output_item.done',
      event_id: 'e',
      response_id: 'r',
      output_index: 0,
      item: { id: 'a', type: 'message', role: 'assistant', content: [] },
    })
    await read()
    expect(lines).toEqual(['you: Hello', 'parley: Hi. (after 340 ms)'])
    expect((await sent()).map(({ type }) => type)).toEqual(['conversation.item.create', 'response.create'])
  })

  it('cancels the answer on Enter, also before it sounds', async () => {
    const { backend, conversation, sent, read } = held()
    backend.send({ type: 'response.created', event_id: 'e', response: { id: 'r' } })
    await read()
    conversation.interrupt()
    expect(await sent()).toEqual([{ type: 'response.cancel' }])
  })

  it('passes on what the backend says is wrong', async () => {
    const { backend, notices, read, sent } = held()
    backend.send({ type: 'error', event_id: 'e', error: { type: 'x', message: 'Not like this.' } })
    await read()
    expect(notices).toEqual(['Not like this.'])
    await sent()
  })
})
