import type { Settings } from './settings.ts'

/** What of the settings is asked for when a session is opened. */
export type OpeningSettings = Pick<
  Settings,
  'backend' | 'model' | 'failover' | 'record' | 'contextStrategy' | 'contextTokens' | 'keepAudio' | 'person'
>

/** The query of a session; what is left to the gateway is left out. */
export function realtimeQuery(
  settings: Partial<OpeningSettings>,
  conversationId: string | undefined,
): Readonly<Record<string, string>> {
  const { backend = '', model = '', failover = [], record = 'off', person = '' } = settings
  const { contextStrategy = '', contextTokens = 0, keepAudio = false } = settings
  return {
    // Others can only follow one that is named.
    ...(backend !== '' && { backend: [backend, ...failover].join(',') }),
    ...(model !== '' && { model }),
    ...(conversationId !== undefined && { conversation: conversationId }),
    ...(record !== 'off' && { record }),
    ...(contextStrategy !== '' && { context: contextStrategy }),
    ...(contextTokens !== 0 && { context_tokens: String(contextTokens) }),
    ...(keepAudio && { keep_audio: 'true' }),
    ...(person !== '' && { person }),
  }
}
