import type { ClientEvent } from '../../events/client-events.ts'

/** Azure wants the name of a deployment where OpenAI has these ids. */
const openaiModels: ReadonlySet<string> = new Set([
  'whisper-1',
  'gpt-transcribe',
  'gpt-live-transcribe',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  'gpt-4o-transcribe-diarize',
  'gpt-realtime-whisper',
])

/** Puts `deployment` where the client asks for transcription by a model of OpenAI, or by none. */
export function nameTranscription(event: ClientEvent, deployment: string): ClientEvent {
  if (event.type !== 'session.update') return event
  const { session } = event
  const transcription = session.audio?.input?.transcription
  if (!transcription) return event
  const { model } = transcription
  if (typeof model === 'string' && !openaiModels.has(model)) return event
  const input = { ...session.audio?.input, transcription: { ...transcription, model: deployment } }
  return session.type === 'realtime'
    ? { ...event, session: { ...session, audio: { ...session.audio, input } } }
    : { ...event, session: { ...session, audio: { ...session.audio, input } } }
}
