import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent, InputAudioBufferAppend } from '../../events/client-events.ts'
import { createAudioPath } from './audio-path.ts'
import { createListener } from './listener.ts'
import type { Samples, SpeechDetector } from '../ports.ts'
import { createRecorder } from './recorder.ts'
import type { SessionState } from '../session-state.ts'
import type { SoundSpan } from './sound-span.ts'

/** Everything on its way to the backend, in order: sound is converted, listened to and kept as the session needs. */
export interface InputSide {
  send(event: ClientEvent, state: SessionState): void
  /** Sends sound once more, past the session's own ears unless it is to be `judged` by them. */
  resend(audio: AudioPayload, how: { readonly judged: boolean; readonly state: SessionState }): void
  /** Keeps the sound of a committed item. */
  keep(itemId: string, span: SoundSpan | undefined): void
  /** The kept sound, once. */
  take(itemId: string): Samples | undefined
  /** Resolves when nothing waits for the speech detector. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** What the input side needs. */
export interface InputSidePorts {
  readonly send: (event: ClientEvent) => void
  readonly detector: SpeechDetector | undefined
  readonly noticed: (speech: 'started' | 'stopped', ms: number) => void
}

/** Creates the way to one backend. */
export function createInputSide({ send, detector, noticed }: InputSidePorts): InputSide {
  const path = createAudioPath()
  const recorder = createRecorder()
  let records = false
  let speaking = false
  let noticing = false

  const listener = createListener({
    detector,
    noticed(speech, ms) {
      // What follows from a notice belongs before the sound that comes after it.
      noticing = true
      noticed(speech, ms)
      noticing = false
    },
    pass: (bytes, format) => {
      if (records) recorder.hear(bytes, format, true)
      send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(bytes) })
    },
  })

  function inOrder(work: () => void): void {
    if (noticing) work()
    else listener.after(work)
  }

  function append(event: InputAudioBufferAppend, audio: AudioPayload | undefined, state: SessionState): void {
    if (!audio) return
    const { input, supplied } = state.settings
    if (supplied.listening) return listener.hear(audio.bytes, input.provider, supplied.listening)
    inOrder(() => {
      if (records) recorder.hear(audio.bytes, input.provider, speaking)
      send(audio === event.audio ? event : { ...event, audio })
    })
  }

  function commit(event: ClientEvent, state: SessionState): void {
    const ownTurn = noticing
    if (!ownTurn) {
      const audio = path.flush()
      if (audio) append({ type: 'input_audio_buffer.append', audio }, audio, state)
      if (state.settings.supplied.listening) listener.release()
    }
    inOrder(() => {
      recorder.commit()
      send(event)
    })
  }

  return {
    send(event, state) {
      const { input, supplied } = state.settings
      records = supplied.transcription !== undefined
      speaking = state.speech !== undefined || !hasBackendTurns(state)
      // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other events need nothing here
      switch (event.type) {
        case 'input_audio_buffer.append':
          return append(event, path.convert(event.audio, { from: input.client, to: input.provider }), state)
        case 'input_audio_buffer.commit':
          return commit(event, state)
        case 'input_audio_buffer.clear':
          path.reset()
          listener.forget()
          return inOrder(() => {
            recorder.clear()
            send(event)
          })
        default:
          return inOrder(() => send(event))
      }
    },
    resend(audio, { judged, state }) {
      const { input, supplied } = state.settings
      records = supplied.transcription !== undefined
      const converted = path.convert(audio, { from: input.client, to: input.provider })
      if (!converted) return
      const event: InputAudioBufferAppend = { type: 'input_audio_buffer.append', audio: converted }
      if (judged) return append(event, converted, state)
      inOrder(() => {
        if (records) recorder.hear(converted.bytes, input.provider, true)
        send(event)
      })
    },
    keep: (itemId, span) => recorder.keep(itemId, span),
    take: (itemId) => recorder.take(itemId),
    settled: () => listener.settled(),
    close: () => listener.close(),
  }
}

/** The backend detects turns, so that between them only a little sound is of use. */
function hasBackendTurns({ session, settings }: SessionState): boolean {
  return (
    settings.supplied.listening === undefined &&
    session?.type === 'realtime' &&
    session.audio?.input?.turn_detection != null
  )
}
