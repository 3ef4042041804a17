import { int16ToPcm16, pcm16ToInt16 } from '@parley/audio'
import { AudioPayload } from '@parley/core'
import type { Channel, ClientEvent, ServerEvent } from '@parley/core'
import { isAudible } from '../sound/without-silence.ts'
import type { Playout } from './playout.ts'
import type { Transcript } from './transcript.ts'

/** A session with what it plays on and is written down in. */
export interface ConversationParts {
  readonly channel: Channel<ServerEvent, ClientEvent>
  readonly playout: Playout
  readonly transcript: Transcript
  /** The microphone hears the speaker, so it is not listened to while an answer sounds. */
  readonly isHalfDuplex: boolean
  readonly now: () => number
  /** Told of what a person should know: warnings and errors of the backend. */
  readonly onNotice: (text: string) => void
}

/** One conversation in the terminal. */
export interface Conversation {
  /** A frame of 20 ms from the microphone. */
  hear(frame: Int16Array): void
  type(text: string): void
  /** Silences the answer, as the Enter key does. */
  interrupt(): void
  /** The first sound of an item is heard. */
  sounded(itemId: string): void
  /** An item was heard to its end. */
  heardOut(itemId: string): void
  /** Takes events until the session ends. */
  run(): Promise<void>
  /** Something is being said, heard or thought about. */
  readonly isBusy: boolean
  /** What the gateway calls it; `undefined` before it has said so. */
  readonly id: string | undefined
  /** Resolves when the settings are acknowledged. */
  readonly ready: Promise<void>
}

/** What remains in the air and in the buffers when an answer has ended, in ms. */
const echoTailMs = 300

/** A conversation over an open session. */
export function createConversation(parts: ConversationParts): Conversation {
  const { channel, playout, transcript, isHalfDuplex, now, onNotice } = parts
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)
  const active = new Set<string>()
  const untranscribed = new Set<string>()
  /** When the person last made a sound or typed; answers are timed from it. */
  let saidAt: number | undefined
  let soundedAt = -Infinity
  let isSpeaking = false
  let isAsked = false
  /** A turn has ended and its answer has not sounded: what is heard now is not what it answers. */
  let isWaiting = false
  const spoken = new Set<string>()
  const ended = new Set<string>()
  let silent: Int16Array | undefined
  let id: string | undefined

  function cut(reason: string): void {
    const item = playout.cut()
    if (item === undefined) return
    ended.add(item.itemId)
    transcript.note(item.itemId, `${reason} after ${(item.heardMs / 1000).toFixed(1)} s`)
    transcript.done(item.itemId)
    channel.send({
      type: 'conversation.item.truncate',
      item_id: item.itemId,
      content_index: 0,
      audio_end_ms: item.heardMs,
    })
  }

  function answered(itemId: string): void {
    if (saidAt !== undefined) transcript.note(itemId, `after ${Math.round(now() - saidAt)} ms`)
    saidAt = undefined
    isWaiting = false
  }

  function words(itemId: string, text: string): void {
    transcript.backend(itemId)
    transcript.add(itemId, text)
  }

  function receive(event: ServerEvent): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most events say nothing that is shown
    switch (event.type) {
      case 'conversation.created':
        id = event.conversation.id
        return
      case 'session.updated':
        return ready.resolve()
      case 'input_audio_buffer.speech_started':
        isSpeaking = true
        isWaiting = false
        // What it interrupts is written down before it.
        cut('interrupted')
        return transcript.person(event.item_id)
      case 'input_audio_buffer.speech_stopped':
        isSpeaking = false
        isWaiting = true
        return void untranscribed.add(event.item_id)
      case 'conversation.item.input_audio_transcription.delta':
        return transcript.add(event.item_id, event.delta ?? '')
      case 'conversation.item.input_audio_transcription.completed':
        untranscribed.delete(event.item_id)
        transcript.replace(event.item_id, event.transcript)
        return transcript.done(event.item_id)
      case 'conversation.item.input_audio_transcription.failed':
        untranscribed.delete(event.item_id)
        transcript.note(event.item_id, 'not understood')
        return transcript.done(event.item_id)
      case 'response.created':
        isAsked = false
        return void active.add(event.response.id ?? '')
      case 'response.output_audio_transcript.delta':
        return words(event.item_id, event.delta)
      case 'response.output_text.delta':
        words(event.item_id, event.delta)
        return answered(event.item_id)
      case 'response.output_audio.delta':
        transcript.backend(event.item_id)
        spoken.add(event.item_id)
        if (!ended.has(event.item_id)) playout.add(event.item_id, pcm16ToInt16(event.delta.bytes))
        return
      case 'response.output_audio.done':
        return playout.finish(event.item_id)
      case 'response.output_item.done':
        if (event.item.id === undefined) return
        playout.finish(event.item.id)
        // A spoken answer is over when it has been heard.
        if (!spoken.has(event.item.id)) transcript.done(event.item.id)
        return
      case 'response.done':
        active.delete(event.response.id ?? '')
        return
      case 'warning':
        return onNotice(event.warning.message)
      case 'error':
        isAsked = false
        return onNotice(event.error.message)
      default:
    }
  }

  return {
    hear(frame) {
      if (playout.isSounding) soundedAt = now()
      const isMuted = isHalfDuplex && now() - soundedAt < echoTailMs
      silent ??= new Int16Array(frame.length)
      const sent = isMuted ? silent : frame
      if (!isWaiting && isAudible(sent)) saidAt = now()
      channel.send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(int16ToPcm16(sent)) })
    },
    type(text) {
      cut('interrupted')
      const id = `typed_${Math.round(now())}`
      transcript.person(id)
      transcript.replace(id, text)
      transcript.done(id)
      channel.send({
        type: 'conversation.item.create',
        item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
      })
      channel.send({ type: 'response.create' })
      isAsked = true
      saidAt = now()
    },
    interrupt() {
      if (active.size > 0) channel.send({ type: 'response.cancel' })
      cut('stopped')
    },
    sounded: answered,
    heardOut(itemId) {
      ended.add(itemId)
      transcript.done(itemId)
    },
    async run() {
      try {
        for await (const event of channel) receive(event)
      } finally {
        ready.reject(new Error('The session ended.'))
      }
    },
    get isBusy() {
      return isSpeaking || isAsked || active.size > 0 || untranscribed.size > 0 || playout.isSounding
    },
    get id() {
      return id
    },
    ready: ready.promise,
  }
}
