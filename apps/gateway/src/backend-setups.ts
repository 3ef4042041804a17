/** How a person turns a backend on. */
export interface BackendSetup {
  readonly name: string
  readonly title: string
  /** The one variable that turns it on. */
  readonly setting: string
  /** Variable of the key it is paid with, `undefined` where there is none. */
  readonly keySetting: string | undefined
  /** Where what it needs comes from, in one or two sentences. */
  readonly help: string
}

/** Backends that need something of a person, in the order they are shown. */
export const backendSetups: readonly BackendSetup[] = [
  {
    name: 'openai',
    title: 'OpenAI Realtime',
    setting: 'PARLEY_OPENAI_KEY',
    keySetting: 'PARLEY_OPENAI_KEY',
    help: 'Create a key at platform.openai.com/api-keys and set PARLEY_OPENAI_KEY to it.',
  },
  {
    name: 'azure-openai',
    title: 'Azure OpenAI Realtime',
    setting: 'PARLEY_AZURE_OPENAI_ENDPOINT',
    keySetting: 'PARLEY_AZURE_OPENAI_KEY',
    help: 'Deploy a realtime model in Azure, then set PARLEY_AZURE_OPENAI_ENDPOINT to the address of the resource and PARLEY_AZURE_OPENAI_KEY to its key. Without a key, Entra ID signs in.',
  },
  {
    name: 'voice-live',
    title: 'Azure Voice Live',
    setting: 'PARLEY_VOICE_LIVE_ENDPOINT',
    keySetting: 'PARLEY_VOICE_LIVE_KEY',
    help: 'Create a Foundry resource in Azure, then set PARLEY_VOICE_LIVE_ENDPOINT to its address and PARLEY_VOICE_LIVE_KEY to its key. Without a key, Entra ID signs in.',
  },
  {
    name: 'voice-live-agent',
    title: 'Azure Voice Live with an agent',
    setting: 'PARLEY_VOICE_LIVE_AGENT',
    keySetting: 'PARLEY_VOICE_LIVE_KEY',
    help: 'Beside the settings of Voice Live, set PARLEY_VOICE_LIVE_AGENT to the name of an agent in Foundry and PARLEY_VOICE_LIVE_AGENT_PROJECT to its project.',
  },
  {
    name: 'voice-live-byom',
    title: 'Azure Voice Live with your own model',
    setting: 'PARLEY_VOICE_LIVE_BYOM_PROFILE',
    keySetting: 'PARLEY_VOICE_LIVE_KEY',
    help: 'Beside the settings of Voice Live, set PARLEY_VOICE_LIVE_BYOM_PROFILE to the kind of model, for example byom-azure-openai-realtime, and PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT to its deployment.',
  },
  {
    name: 'gemini-live',
    title: 'Gemini Live',
    setting: 'PARLEY_GEMINI_KEY',
    keySetting: 'PARLEY_GEMINI_KEY',
    help: 'Create a key at aistudio.google.com/apikey and set PARLEY_GEMINI_KEY to it.',
  },
  {
    name: 'openai-compatible',
    title: 'A server that speaks OpenAI Realtime',
    setting: 'PARLEY_COMPATIBLE_URL',
    keySetting: 'PARLEY_COMPATIBLE_KEY',
    help: 'Set PARLEY_COMPATIBLE_URL to its address, for example ws://127.0.0.1:8080/v1/realtime.',
  },
  {
    name: 'duet',
    title: 'Duet',
    setting: 'PARLEY_DUET_VOICE',
    keySetting: undefined,
    help: 'Set PARLEY_DUET_VOICE to the backend that speaks, for example voice-live, and PARLEY_DUET_MIND to the one that thinks, for example openai.',
  },
  {
    name: 'cascade',
    title: 'Your own speech services',
    setting: 'PARLEY_TTS_URL',
    keySetting: undefined,
    help: 'Set PARLEY_STT_URL, PARLEY_TTS_URL or both to servers with the speech resources of OpenAI, or PARLEY_AZURE_SPEECH_KEY and PARLEY_AZURE_SPEECH_REGION to those of Azure Speech.',
  },
  {
    name: 'replay',
    title: 'Replay',
    setting: 'PARLEY_RECORD',
    keySetting: undefined,
    help: 'Record a session: with the switch in the playground, or with ?record=audio in the address of a client. PARLEY_RECORD says who may.',
  },
]
