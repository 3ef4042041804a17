/** One backend as a person compares it. */
export interface BackendFacts {
  readonly name: string
  readonly mind: string
  readonly voices: string
  readonly memory: string
  readonly sessionLimit: string
  readonly needs: string
  /** Whether Parley reaches it today. */
  readonly inParley: boolean
}

/** Day on which the vendors' pages behind these facts were read. */
export const readOn = '2026-11-22'

/** Where each row's facts come from. */
export const sources: readonly { readonly name: string; readonly url: string }[] = [
  { name: 'OpenAI Realtime guides', url: 'https://developers.openai.com/api/docs/guides/realtime' },
  {
    name: 'Azure OpenAI realtime audio',
    url: 'https://learn.microsoft.com/azure/foundry/openai/how-to/realtime-audio',
  },
  {
    name: 'Azure Voice Live',
    url: 'https://learn.microsoft.com/azure/ai-services/speech-service/voice-live',
  },
  { name: 'Gemini Live API', url: 'https://ai.google.dev/gemini-api/docs/live' },
]

/** The backends of the mission, local first. */
export const backends: readonly BackendFacts[] = [
  {
    name: 'Local',
    mind: 'Any OpenAI-compatible chat endpoint, or the embedded answerer',
    voices: 'Flite (English); Pico after a download, or a voice of the operating system (German)',
    memory: 'Kept by Parley',
    sessionLimit: 'None',
    needs: 'Nothing: no key, no network',
    inParley: true,
  },
  {
    name: 'OpenAI Realtime',
    mind: 'gpt-realtime family, speech in and speech out',
    voices: '10, and custom ones for eligible customers',
    memory: 'Within a session; lost when it ends',
    sessionLimit: '60 minutes',
    needs: 'An OpenAI key',
    inParley: false,
  },
  {
    name: 'Azure OpenAI',
    mind: 'The same models as your own deployment',
    voices: '10',
    memory: 'Within a session; lost when it ends',
    sessionLimit: '60 minutes',
    needs: 'A resource, a deployment, a key or Entra ID',
    inParley: false,
  },
  {
    name: 'Azure Voice Live',
    mind: 'Managed models in three price tiers',
    voices: '600 and more in over 150 locales',
    memory: 'Within a session; lost when it ends',
    sessionLimit: '60 minutes',
    needs: 'A Foundry resource, a key or Entra ID',
    inParley: false,
  },
  {
    name: 'Voice Live BYOM',
    mind: 'Your own deployment: realtime, chat completion or Claude',
    voices: 'As Voice Live',
    memory: 'Within a session; lost when it ends',
    sessionLimit: '60 minutes',
    needs: 'As Voice Live, and a model deployment',
    inParley: false,
  },
  {
    name: 'Gemini Live',
    mind: 'Gemini native audio models',
    voices: '30',
    memory: 'Within a session; can be resumed for two hours',
    sessionLimit: 'About 10 minutes a connection',
    needs: 'A Google key',
    inParley: false,
  },
]
