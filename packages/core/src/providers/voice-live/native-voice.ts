import type { ClientEvent } from '../../events/client-events.ts'
import { nativeVoices } from './models.ts'

const names = new Set(nativeVoices('azure-realtime').map(({ name }) => name))

/** Says the voices of `azure-realtime` as the service wants them: in an object with their type. */
export function nameNativeVoice(event: ClientEvent): ClientEvent {
  if (event.type === 'session.update' && event.session.type === 'realtime') {
    const { session } = event
    const voice = nativeVoice(session.audio?.output?.voice)
    if (!voice || session.extensions?.voice) return event
    return { ...event, session: { ...session, extensions: { ...session.extensions, voice } } }
  }
  if (event.type === 'response.create' && event.response) {
    const { response } = event
    const voice = nativeVoice(response.audio?.output?.voice)
    if (!voice || response.extensions?.voice) return event
    return { ...event, response: { ...response, extensions: { ...response.extensions, voice } } }
  }
  return event
}

function nativeVoice(voice: unknown): { readonly type: string; readonly name: string } | undefined {
  if (typeof voice !== 'string' || !names.has(voice)) return undefined
  return { type: 'azure-realtime-native', name: voice }
}
