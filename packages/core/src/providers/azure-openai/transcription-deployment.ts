import type { ClientEvent } from '../../events/client-events.ts'

/** Azure wants the name of a deployment where OpenAI and Voice Live have these ids. */
const modelIds: ReadonlySet<string> = new Set([
  'whisper-1',
  'gpt-transcribe',
  'gpt-live-transcribe',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  'gpt-4o-transcribe-diarize',
  'gpt-realtime-whisper',
  'azure-speech',
  'mai-transcribe',
  'mai-transcribe-1',
  'mai-transcribe-1.5',
  'mai-transcribe-2',
])

/** Puts `deployment` where the client asks for transcription by such an id, or by none. */
export function nameTranscription(event: ClientEvent, deployment: string): ClientEvent {
  if (event.type !== 'session.update') return event
  const { session } = event
  const transcription = session.audio?.input?.transcription
  if (!transcription) return event
  const { model } = transcription
  if (typeof model === 'string' && !modelIds.has(model)) return event
  const input = { ...session.audio?.input, transcription: { ...transcription, model: deployment } }
  return session.type === 'realtime'
    ? { ...event, session: { ...session, audio: { ...session.audio, input } } }
    : { ...event, session: { ...session, audio: { ...session.audio, input } } }
}
