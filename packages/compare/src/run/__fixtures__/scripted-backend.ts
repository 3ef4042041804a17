import { int16ToPcm16, pcm16ToInt16 } from '@parley/audio'
import {
  AudioPayload,
  createChannelPair,
  type ClientEvent,
  type Item,
  type PairedChannel,
  type Response,
  type ServerEvent,
} from '@parley/core'
import type { Lane } from '../../lane.ts'
import type { ComparePorts, SpeechRequest } from '../ports.ts'
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts'

const perMs = 24

/** A tone at -12 dBFS, loud from its first sample to its last. */
export function tone(ms: number): Int16Array {
  return Int16Array.from({ length: Math.round(ms * perMs) }, (_, i) => (i % 48 < 24 ? 8000 : -8000))
}

/** Digital silence. */
export function silence(ms: number): Int16Array {
  return new Int16Array(Math.round(ms * perMs))
}

/** One after the other. */
export function sound(...parts: readonly Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]))
}

/** A backend that does what a test tells it, at the time it tells. */
export interface ScriptedBackend {
  readonly clock: VirtualClock
  /** What the lane sent, with when, without sound. */
  readonly received: { readonly at: number; readonly event: ClientEvent }[]
  /** Frames of sound as they came. */
  readonly frames: { readonly at: number; readonly samples: Int16Array }[]
  readonly channel: PairedChannel<ClientEvent, ServerEvent>
  send(event: ServerEvent): void
  /** Calls `act` so many ms later. */
  after(ms: number, act: () => void): void
}

/** What a test wants its backend to do; the settings are acknowledged unless it says otherwise. */
export interface Behaviour {
  readonly onEvent?: (backend: ScriptedBackend, event: ClientEvent) => void
  /** Sound went from silence to tone, or back, in the frame that just came. */
  readonly onSpeech?: (backend: ScriptedBackend, what: 'started' | 'stopped') => void
  readonly silent?: boolean
}

/** A backend for one lane, and the ports it is reached by. */
export function createScriptedPorts(behaviour: Behaviour): {
  readonly ports: ComparePorts
  readonly clock: VirtualClock
  readonly backends: readonly ScriptedBackend[]
  readonly requests: readonly SpeechRequest[]
} {
  const clock = createVirtualClock()
  const backends: ScriptedBackend[] = []
  const requests: SpeechRequest[] = []
  let ids = 0
  const ports: ComparePorts = {
    now: () => clock.now(),
    wallClock: () => 1_800_000_000_000 + clock.now(),
    waitUntil: (at, signal) => clock.waitUntil(at, signal),
    connect() {
      const [near, far] = createChannelPair<ServerEvent, ClientEvent>()
      backends.push(serve(clock, far, behaviour))
      return Promise.resolve(near)
    },
    priceOf: () => ({ kind: 'free' }),
    speech(request) {
      requests.push(request)
      return Promise.resolve(tone(request.kind === 'text' ? request.text.length * 40 : 500))
    },
    newId: (prefix) => `${prefix}_${ids++}`,
  }
  return { ports, clock, backends, requests }
}

function serve(
  clock: VirtualClock,
  channel: PairedChannel<ClientEvent, ServerEvent>,
  behaviour: Behaviour,
): ScriptedBackend {
  const backend: ScriptedBackend = {
    clock,
    received: [],
    frames: [],
    channel,
    send: (event) => channel.send(event),
    after: (ms, act) => clock.at(clock.now() + ms, act),
  }
  let isSpeech = false
  function listen(samples: Int16Array): void {
    backend.frames.push({ at: clock.now(), samples })
    const isLoud = samples.some((sample) => Math.abs(sample) > 1000)
    if (isLoud !== isSpeech) behaviour.onSpeech?.(backend, isLoud ? 'started' : 'stopped')
    isSpeech = isLoud
  }
  async function read(): Promise<void> {
    backend.send(sessionEvent('session.created'))
    for await (const event of channel) {
      if (event.type === 'input_audio_buffer.append') {
        listen(pcm16ToInt16(event.audio.bytes))
        continue
      }
      backend.received.push({ at: clock.now(), event })
      if (event.type === 'session.update' && behaviour.silent !== true) {
        backend.send(sessionEvent('session.updated'))
      }
      behaviour.onEvent?.(backend, event)
    }
  }
  void read()
  return backend
}

function sessionEvent(type: 'session.created' | 'session.updated'): ServerEvent {
  return { type, event_id: type, session: { type: 'realtime', model: 'scripted-1' } }
}

/** `response.created`. */
export function created(id: string): ServerEvent {
  return { type: 'response.created', event_id: `created ${id}`, response: { id, status: 'in_progress' } }
}

/** `response.done`, completed unless told otherwise. */
export function done(id: string, rest: Partial<Response> = {}): ServerEvent {
  return { type: 'response.done', event_id: `done ${id}`, response: { id, status: 'completed', ...rest } }
}

/** Sound of an answer's only item. */
export function audio(id: string, samples: Int16Array, item = `item of ${id}`): ServerEvent {
  return {
    type: 'response.output_audio.delta',
    event_id: `audio ${id}`,
    response_id: id,
    item_id: item,
    output_index: 0,
    content_index: 0,
    delta: AudioPayload.fromBytes(int16ToPcm16(samples)),
  }
}

/** Words of an answer, as of a spoken one. */
export function words(id: string, delta: string): ServerEvent {
  return {
    type: 'response.output_audio_transcript.delta',
    event_id: `words ${id}`,
    response_id: id,
    item_id: `item of ${id}`,
    output_index: 0,
    content_index: 0,
    delta,
  }
}

/** A finished call of a tool. */
export function call(id: string, item: Extract<Item, { type: 'function_call' }>): ServerEvent {
  return { type: 'response.output_item.done', event_id: `call ${id}`, response_id: id, output_index: 0, item }
}

/** The backend's detector. */
export function speechStarted(itemId: string): ServerEvent {
  return { type: 'input_audio_buffer.speech_started', event_id: `s ${itemId}`, item_id: itemId, audio_start_ms: 0 }
}

/** The backend's detector. */
export function speechStopped(itemId: string): ServerEvent {
  return { type: 'input_audio_buffer.speech_stopped', event_id: `e ${itemId}`, item_id: itemId, audio_end_ms: 0 }
}

/** What was heard. */
export function transcript(itemId: string, text: string): ServerEvent {
  return {
    type: 'conversation.item.input_audio_transcription.completed',
    event_id: `t ${itemId}`,
    item_id: itemId,
    content_index: 0,
    transcript: text,
  }
}

/** A lane to the scripted backend. */
export const scriptedLane: Lane = { label: 'scripted', backend: 'scripted', model: '', session: {} }
