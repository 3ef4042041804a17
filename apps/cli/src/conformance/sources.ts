/** A public document that a clause comes from. */
export interface Source {
  readonly title: string
  readonly url: string
}

/** The documents the clauses are written from. */
export const sources = {
  clientEvents: {
    title: 'OpenAI API reference, Realtime client events',
    url: 'https://developers.openai.com/api/reference/resources/realtime/client-events',
  },
  serverEvents: {
    title: 'OpenAI API reference, Realtime server events',
    url: 'https://developers.openai.com/api/reference/resources/realtime/server-events',
  },
  conversations: {
    title: 'OpenAI guide, Realtime conversations',
    url: 'https://developers.openai.com/api/docs/guides/realtime-conversations',
  },
  vad: {
    title: 'OpenAI guide, Voice activity detection',
    url: 'https://developers.openai.com/api/docs/guides/realtime-vad',
  },
  transcription: {
    title: 'OpenAI guide, Realtime transcription',
    url: 'https://developers.openai.com/api/docs/guides/realtime-transcription',
  },
  webSocketGuide: {
    title: 'OpenAI guide, Realtime API with WebSocket',
    url: 'https://developers.openai.com/api/docs/guides/realtime-websocket',
  },
  webSocket: {
    title: 'RFC 6455, The WebSocket Protocol',
    url: 'https://www.rfc-editor.org/rfc/rfc6455',
  },
  voiceLive: {
    title: 'Azure Voice Live, API reference',
    url: 'https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference',
  },
} as const satisfies Record<string, Source>
