import type { SettingGroup } from './setting-group.ts'

/** Variables of the backends with a wire. */
export const cloudSettings: readonly SettingGroup[] = [
  {
    id: 'openai',
    title: 'OpenAI Realtime',
    settings: [
      { names: ['PARLEY_OPENAI_KEY'], usual: 'off', meaning: 'Turns it on: a key of the OpenAI platform.' },
      {
        names: ['PARLEY_OPENAI_MODEL'],
        usual: 'gpt-realtime-2.1',
        meaning: 'Model of sessions that name none.',
      },
      {
        names: ['PARLEY_OPENAI_URL'],
        usual: 'wss://api.openai.com/v1',
        meaning: 'Another address, for a proxy or a region.',
      },
      {
        names: ['PARLEY_OPENAI_ORGANIZATION', 'PARLEY_OPENAI_PROJECT'],
        usual: 'those of the key',
        meaning: 'Who pays.',
      },
    ],
  },
  {
    id: 'azure-openai',
    title: 'Azure OpenAI Realtime',
    settings: [
      {
        names: ['PARLEY_AZURE_OPENAI_ENDPOINT'],
        usual: 'off',
        meaning: 'Turns it on: https://<resource>.openai.azure.com.',
      },
      {
        names: ['PARLEY_AZURE_OPENAI_KEY'],
        usual: 'Entra ID',
        meaning: 'Key of the resource. Without one, whoever is signed in with Azure pays.',
      },
      {
        names: ['PARLEY_AZURE_OPENAI_DEPLOYMENT'],
        usual: 'gpt-realtime-2.1',
        meaning: 'Name of the deployment.',
      },
      {
        names: ['PARLEY_AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT'],
        usual: 'none',
        meaning: 'Deployment that writes down what is said.',
      },
      {
        names: ['PARLEY_AZURE_OPENAI_API_VERSION'],
        usual: 'GA',
        meaning: 'Speaks the older preview wire with this version.',
      },
    ],
  },
  {
    id: 'voice-live',
    title: 'Azure Voice Live',
    settings: [
      {
        names: ['PARLEY_VOICE_LIVE_ENDPOINT'],
        usual: 'off',
        meaning: 'Turns it on: https://<resource>.services.ai.azure.com.',
      },
      {
        names: ['PARLEY_VOICE_LIVE_KEY'],
        usual: 'Entra ID',
        meaning: 'Key of the resource. Without one, whoever is signed in with Azure pays.',
      },
      {
        names: ['PARLEY_VOICE_LIVE_MODEL'],
        usual: 'gpt-realtime-2.1',
        meaning: 'Managed model of sessions that name none.',
      },
      { names: ['PARLEY_VOICE_LIVE_API_VERSION'], usual: '2026-07-15', meaning: 'Version of the interface.' },
      {
        names: ['PARLEY_VOICE_LIVE_REGION'],
        usual: 'that of the resource',
        meaning: 'Region of the list of voices.',
      },
    ],
  },
  {
    id: 'voice-live-agent',
    title: 'Azure Voice Live with an agent',
    settings: [
      {
        names: ['PARLEY_VOICE_LIVE_AGENT', 'PARLEY_VOICE_LIVE_AGENT_PROJECT'],
        usual: 'off',
        meaning: 'Turn it on, beside the settings of Voice Live: an agent of Foundry and its project.',
      },
      { names: ['PARLEY_VOICE_LIVE_AGENT_VERSION'], usual: 'the newest', meaning: 'Version of the agent.' },
      {
        names: ['PARLEY_VOICE_LIVE_AGENT_CONVERSATION'],
        usual: 'a new one',
        meaning: 'Conversation of the agent to go on with.',
      },
      {
        names: ['PARLEY_VOICE_LIVE_AGENT_IDENTITY'],
        usual: 'none',
        meaning: 'Client id of the managed identity the agent uses.',
      },
      {
        names: ['PARLEY_VOICE_LIVE_AGENT_ID', 'PARLEY_VOICE_LIVE_AGENT_TOKEN'],
        usual: 'none',
        meaning: 'A classic agent by its id, and an access token for it, in place of the name.',
      },
    ],
  },
  {
    id: 'voice-live-byom',
    title: 'Azure Voice Live, own model',
    settings: [
      {
        names: ['PARLEY_VOICE_LIVE_BYOM_PROFILE', 'PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT'],
        usual: 'off',
        meaning:
          'Turn it on, beside the settings of Voice Live: byom-azure-openai-realtime, byom-azure-openai-chat-completion or byom-foundry-anthropic-messages, and your deployment.',
      },
      {
        names: ['PARLEY_VOICE_LIVE_BYOM_RESOURCE'],
        usual: 'the same resource',
        meaning: 'Another Foundry resource that holds the deployment.',
      },
    ],
  },
  {
    id: 'gemini-live',
    title: 'Gemini Live',
    settings: [
      { names: ['PARLEY_GEMINI_KEY'], usual: 'off', meaning: 'Turns it on: a key of Google AI Studio.' },
      {
        names: ['PARLEY_GEMINI_MODEL'],
        usual: 'gemini-3.8-live',
        meaning: 'Model of sessions that name none.',
      },
      {
        names: ['PARLEY_GEMINI_URL'],
        usual: 'wss://generativelanguage.googleapis.com',
        meaning: 'Another address.',
      },
    ],
  },
  {
    id: 'openai-compatible',
    title: 'A server that speaks OpenAI Realtime',
    settings: [
      {
        names: ['PARLEY_COMPATIBLE_URL'],
        usual: 'off',
        meaning:
          'Turns it on: the address, for example ws://127.0.0.1:8080/v1/realtime. Further servers are PARLEY_COMPATIBLE_2_URL to PARLEY_COMPATIBLE_9_URL, and so on for what follows.',
      },
      {
        names: ['PARLEY_COMPATIBLE_KEY', 'PARLEY_COMPATIBLE_MODEL'],
        usual: 'none',
        meaning: 'Its key and its model.',
      },
      {
        names: ['PARLEY_COMPATIBLE_DIALECT'],
        usual: 'openai-ga',
        meaning: 'openai-beta for a server from before GA.',
      },
      { names: ['PARLEY_COMPATIBLE_NAME'], usual: 'openai-compatible', meaning: 'Name of the backend.' },
    ],
  },
]
