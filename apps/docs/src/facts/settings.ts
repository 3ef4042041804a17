/** One or a few variables that mean something together. */
export interface Setting {
  readonly names: readonly string[]
  /** What holds without it. */
  readonly usual: string
  readonly meaning: string
}

/** Settings of one thing. */
export interface SettingGroup {
  /** Name of the backend, or of what it is about. */
  readonly id: string
  readonly title: string
  readonly settings: readonly Setting[]
}

/** Every variable of the gateway and the playground; a test holds the names against the code. */
export const settingGroups: readonly SettingGroup[] = [
  {
    id: 'gateway',
    title: 'Gateway and playground',
    settings: [
      {
        names: ['PARLEY_HOST', 'PARLEY_PORT'],
        usual: '127.0.0.1, 8787',
        meaning: 'Where the gateway listens; the next free port when none is asked for.',
      },
      {
        names: ['PARLEY_WEB_PORT'],
        usual: '3000 or the next free one',
        meaning: 'Where the playground listens.',
      },
      {
        names: ['PARLEY_GATEWAY_URL'],
        usual: 'http://127.0.0.1:8787',
        meaning: 'Where a playground started by itself finds the gateway.',
      },
      {
        names: ['PARLEY_KEY'],
        usual: 'none',
        meaning: 'Keys that clients must show, separated by commas. Needed on any address but loopback.',
      },
      {
        names: ['PARLEY_ALLOWED_ORIGINS'],
        usual: 'loopback',
        meaning: 'Web origins that may connect, separated by commas.',
      },
      { names: ['PARLEY_DATA_DIR'], usual: '.parley', meaning: 'Folder of the conversations and downloads.' },
      {
        names: ['PARLEY_STORE'],
        usual: 'sqlite',
        meaning: 'Where conversations are kept: sqlite or memory.',
      },
      {
        names: ['PARLEY_TLS_CERT', 'PARLEY_TLS_KEY'],
        usual: 'none',
        meaning: 'Files of a certificate and its key; the gateway then speaks https and wss.',
      },
      {
        names: ['PARLEY_DEFAULT_BACKEND'],
        usual: 'local',
        meaning: 'Backend for clients that name none, or a model nobody has.',
      },
      { names: ['PARLEY_MAX_SESSIONS'], usual: 'no limit', meaning: 'Sessions at once.' },
      {
        names: ['PARLEY_DRAIN_TIMEOUT_MS'],
        usual: '10000',
        meaning: 'Time for sessions to end when the gateway is stopped, in ms.',
      },
      {
        names: ['PARLEY_CONNECT_TIMEOUT_MS'],
        usual: '10000',
        meaning: 'Longest wait for a backend to accept a connection, in ms.',
      },
      {
        names: ['PARLEY_FIRST_EVENT_TIMEOUT_MS'],
        usual: '10000',
        meaning: 'Longest wait for its first event after that, in ms.',
      },
      { names: ['PARLEY_LOG_LEVEL'], usual: 'info', meaning: 'trace, debug, info, warn, error or silent.' },
    ],
  },
  {
    id: 'local',
    title: 'Local',
    settings: [
      {
        names: ['PARLEY_LLM_URL', 'PARLEY_LLM_MODEL', 'PARLEY_LLM_KEY'],
        usual: 'the embedded answerer',
        meaning: 'Any OpenAI-compatible chat endpoint, its model, and its key where it has one.',
      },
      {
        names: ['PARLEY_STT'],
        usual: 'moonshine-tiny',
        meaning: 'Recogniser for languages that several know: moonshine-tiny, whisper-base or whisper-small.',
      },
      { names: ['PARLEY_TTS'], usual: 'flite', meaning: 'Whose voices come first: flite, pico or system.' },
      { names: ['PARLEY_MODELS_DIR'], usual: 'in the data folder', meaning: 'Where downloads go.' },
      { names: ['PARLEY_OFFLINE'], usual: 'off', meaning: 'Never download.' },
    ],
  },
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
  {
    id: 'duet',
    title: 'Duet',
    settings: [
      {
        names: ['PARLEY_DUET_MIND', 'PARLEY_DUET_VOICE'],
        usual: 'off',
        meaning: 'Turn it on: who thinks and who speaks, each the name of a backend, or <backend>/<model>.',
      },
    ],
  },
  {
    id: 'cascade',
    title: 'Your own speech services',
    settings: [
      {
        names: ['PARLEY_STT_URL', 'PARLEY_STT_KEY', 'PARLEY_STT_MODEL'],
        usual: 'off, none, whisper-1',
        meaning: 'A server with OpenAI’s /audio/transcriptions.',
      },
      {
        names: ['PARLEY_TTS_URL', 'PARLEY_TTS_KEY', 'PARLEY_TTS_MODEL'],
        usual: 'off, none, tts-1',
        meaning: 'A server with OpenAI’s /audio/speech.',
      },
      {
        names: ['PARLEY_TTS_VOICES'],
        usual: 'those of the model',
        meaning: 'Its voices, separated by commas.',
      },
      {
        names: ['PARLEY_AZURE_SPEECH_KEY', 'PARLEY_AZURE_SPEECH_REGION', 'PARLEY_AZURE_SPEECH_ENDPOINT'],
        usual: 'off',
        meaning: 'Azure Speech in place of such servers: a key and a region, or the address of a resource.',
      },
    ],
  },
]
