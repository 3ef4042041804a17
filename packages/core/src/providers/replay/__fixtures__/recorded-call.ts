import type { Cassette, CassetteEntry } from '../../../cassette/format.ts'
import { AudioPayload } from '../../../events/audio-payload.ts'
import type { ClientEvent } from '../../../events/client-events.ts'
import type { ServerEvent } from '../../../events/server-events.ts'

/** Ms of one frame, as a microphone gives them. */
export const frameMs = 20

/** 20 ms of a tone, or of silence. */
export function frame(isLoud: boolean): AudioPayload {
  const samples = Int16Array.from({ length: 24 * frameMs }, (_, index) =>
    isLoud ? Math.round(8000 * Math.sin(index / 4)) : 0,
  )
  return AudioPayload.fromBytes(new Uint8Array(samples.buffer))
}

/** When somebody speaks, in ms from the start of the sound. */
export type Speech = readonly { readonly from: number; readonly to: number }[]

/** Frames until `ms`; each has its end in the stream. */
export function framesOf(speech: Speech, ms: number): readonly { readonly endMs: number; readonly audio: AudioPayload }[] {
  return Array.from({ length: ms / frameMs }, (_, index) => {
    const endMs = (index + 1) * frameMs
    return { endMs, audio: frame(speech.some(({ from, to }) => endMs > from && endMs <= to)) }
  })
}

/** What the recorded backend took how long for, after the end of the speech (ms). */
export const recordedMs = { update: 30, stopped: 500, created: 520, sound: 700, done: 900 } as const

/** What the recorded user said. */
export const recordedSpeech: Speech = [
  { from: 500, to: 1500 },
  { from: 1800, to: 2300 },
]

const response = { object: 'realtime.response', conversation_id: 'conv_r' } as const

/** A spoken turn with its answer, then one that was asked for in text. */
export function recordedCall(audio: 'kept' | 'left-out' = 'kept'): Cassette {
  const entries: CassetteEntry[] = []
  const leftOut = audio === 'kept' ? undefined : { ms: frameMs, bytes: 960 }
  const client = (t: number, event: ClientEvent): void => void entries.push({ t, from: 'client', event })
  const backend = (t: number, event: ServerEvent): void => void entries.push({ t, from: 'backend', event })
  const event_id = 'event_r'
  backend(0, { type: 'session.created', event_id, session: { type: 'realtime', id: 'sess_r' } })
  client(10, { type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.' } })
  backend(10 + recordedMs.update, { type: 'session.updated', event_id, session: { type: 'realtime', id: 'sess_r' } })
  // The sound begins 100 ms after the session.
  for (const { endMs, audio: sound } of framesOf(recordedSpeech, 4000)) {
    const event = { type: 'input_audio_buffer.append', audio: leftOut ? AudioPayload.fromBytes(new Uint8Array()) : sound } as const
    entries.push({ t: 100 + endMs, from: 'client', event, ...(leftOut && { leftOut }) })
  }
  backend(680, { type: 'input_audio_buffer.speech_started', event_id, audio_start_ms: 200, item_id: 'item_user' })
  const end = 100 + 2300
  backend(end + recordedMs.stopped, { type: 'input_audio_buffer.speech_stopped', event_id, audio_end_ms: 2800, item_id: 'item_user' })
  backend(end + recordedMs.stopped + 1, { type: 'input_audio_buffer.committed', event_id, item_id: 'item_user' })
  const user = { id: 'item_user', type: 'message', role: 'user', status: 'completed', content: [{ type: 'input_audio', transcript: null }] } as const
  backend(end + recordedMs.stopped + 1, { type: 'conversation.item.added', event_id, item: { ...user, content: [...user.content] } })
  backend(end + recordedMs.stopped + 1, { type: 'conversation.item.done', event_id, item: { ...user, content: [...user.content] } })
  backend(end + 600, { type: 'conversation.item.input_audio_transcription.completed', event_id, item_id: 'item_user', content_index: 0, transcript: 'hello there', usage: { type: 'duration', seconds: 2 } })
  for (const [after, event] of answer('resp_1', 'item_1', ['Good ', 'day.'], leftOut !== undefined)) backend(end + after, event)
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'and?' }] } as const
  client(5000, { type: 'conversation.item.create', item: { ...item, content: [...item.content] } })
  client(5000, { type: 'response.create' })
  for (const [after, event] of answer('resp_2', 'item_2', ['That ', 'is all.'], leftOut !== undefined)) backend(4600 + after, event)
  return {
    header: {
      format: 'parley.cassette/1',
      id: 'call',
      recordedAt: '2026-11-23T10:00:00.000Z',
      backend: 'test',
      dialect: 'openai-ga',
      audio,
      capabilities: {
        title: 'Test',
        inputFormats: [{ type: 'audio/pcm', rate: 24_000 }],
        outputFormats: [{ type: 'audio/pcm', rate: 24_000 }],
        turnDetection: ['server_vad'],
        interruption: 'native',
        outputModalities: ['audio', 'text'],
        inputTranscription: 'native',
        tools: ['function'],
      },
    },
    entries: entries.map((entry, index) => [entry, index] as const).toSorted(([a, i], [b, j]) => a.t - b.t || i - j).map(([entry]) => withLeftOut(entry, leftOut !== undefined)),
    end: { events: entries.length },
    durationMs: 6000,
  }
}

/** An answer in two pieces of 500 ms of sound, by their delays. */
function answer(id: string, itemId: string, [first = '', second = '']: readonly string[], isLeftOut: boolean): readonly (readonly [number, ServerEvent])[] {
  const event_id = 'event_r'
  const place = { event_id, response_id: id, item_id: itemId, output_index: 0, content_index: 0 }
  const bytes = isLeftOut ? new Uint8Array() : new Uint8Array(24_000).fill(7)
  const message = (status: 'in_progress' | 'completed') => ({ id: itemId, type: 'message' as const, role: 'assistant' as const, status, content: status === 'completed' ? [{ type: 'output_audio' as const, transcript: first + second }] : [] })
  const { created, sound, done } = recordedMs
  return [
    [created, { type: 'response.created', event_id, response: { ...response, id, status: 'in_progress' } }],
    [created, { type: 'response.output_item.added', event_id, response_id: id, output_index: 0, item: message('in_progress') }],
    [created, { type: 'conversation.item.added', event_id, item: message('in_progress') }],
    [created, { type: 'response.content_part.added', ...place, part: { type: 'audio', transcript: '' } }],
    [sound - 50, { type: 'response.output_audio_transcript.delta', ...place, delta: first }],
    [sound, { type: 'response.output_audio.delta', ...place, delta: AudioPayload.fromBytes(bytes) }],
    [sound + 100, { type: 'response.output_audio_transcript.delta', ...place, delta: second }],
    [sound + 100, { type: 'response.output_audio.delta', ...place, delta: AudioPayload.fromBytes(bytes) }],
    [done, { type: 'response.output_audio.done', ...place }],
    [done, { type: 'response.output_audio_transcript.done', ...place, transcript: first + second }],
    [done, { type: 'response.content_part.done', ...place, part: { type: 'audio', transcript: first + second } }],
    [done, { type: 'response.output_item.done', event_id, response_id: id, output_index: 0, item: message('completed') }],
    [done, { type: 'conversation.item.done', event_id, item: message('completed') }],
    [done, { type: 'response.done', event_id, response: { ...response, id, status: 'completed', output: [message('completed')] } }],
  ]
}

function withLeftOut(entry: CassetteEntry, isLeftOut: boolean): CassetteEntry {
  return isLeftOut && entry.event.type === 'response.output_audio.delta'
    ? { ...entry, leftOut: { ms: 500, bytes: 24_000 } }
    : entry
}
