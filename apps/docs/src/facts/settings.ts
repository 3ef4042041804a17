import { cloudSettings } from './cloud-settings.ts'
import type { SettingGroup } from './setting-group.ts'

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
        meaning: 'Where conversations are kept: sqlite, postgres (usual with a database URL) or memory.',
      },
      {
        names: ['PARLEY_DATABASE_URL'],
        usual: 'none',
        meaning: 'PostgreSQL database (15 or newer) that keeps the conversations, with user and password.',
      },
      {
        names: ['PARLEY_DATABASE_CONNECTIONS'],
        usual: '8',
        meaning: 'Connections of one gateway to the database, at most.',
      },
      {
        names: ['PARLEY_KEEP_AUDIO'],
        usual: 'off',
        meaning:
          'on keeps the sound of turns and answers beside their words, unless a session asks for keep_audio=false.',
      },
      {
        names: ['PARLEY_RETENTION_DAYS'],
        usual: 'for ever',
        meaning: 'Days after its last entry that a new conversation is deleted.',
      },
      {
        names: ['PARLEY_CONTEXT_STRATEGY'],
        usual: 'summary',
        meaning:
          'What a new session of a backend is told of the conversation: summary (newest turns, the rest in short), recent (newest turns), full (all of it) or none (only facts).',
      },
      {
        names: ['PARLEY_CONTEXT_TOKENS'],
        usual: '8000',
        meaning:
          'How much it is told at most, in estimated tokens, and never more than half of its context window.',
      },
      {
        names: ['PARLEY_SUMMARY_URL', 'PARLEY_SUMMARY_MODEL', 'PARLEY_SUMMARY_KEY'],
        usual: 'those of PARLEY_LLM_*',
        meaning:
          'Chat endpoint that writes summaries and notes what people say of themselves. Without one, Parley picks sentences itself.',
      },
      {
        names: ['PARLEY_PEOPLE'],
        usual: 'off',
        meaning: 'on keeps facts of people who are named by person=<id>, over all their conversations.',
      },
      {
        names: ['PARLEY_TLS_CERT', 'PARLEY_TLS_KEY'],
        usual: 'none',
        meaning: 'Files of a certificate and its key; the gateway then speaks https and wss.',
      },
      {
        names: ['PARLEY_DEFAULT_BACKEND'],
        usual: 'local',
        meaning:
          'Backend for clients that name none, or a model nobody has. Further names after commas take over when it fails.',
      },
      {
        names: ['PARLEY_MAX_SESSIONS'],
        usual: 'no limit',
        meaning: 'Sessions at once, over all gateways that share a Redis.',
      },
      {
        names: ['PARLEY_DRAIN_TIMEOUT_MS'],
        usual: '30000',
        meaning: 'How long a stop waits for sessions to finish their turns and leave (ms).',
      },
      {
        names: ['PARLEY_RESUME_GRACE_MS'],
        usual: '60000',
        meaning: 'How long a session waits for a client that has lost its connection (ms).',
      },
      {
        names: ['PARLEY_REDIS_URL'],
        usual: 'none',
        meaning:
          'Redis or Valkey that the gateways of one service share: who has which session, and what it takes to go on with it.',
      },
      {
        names: ['PARLEY_CLUSTER_SECRET'],
        usual: 'none',
        meaning: 'What these gateways prove to each other, the same for all of them: 16 characters or more.',
      },
      {
        names: ['PARLEY_REPLICA_URL'],
        usual: 'where it listens',
        meaning: 'Where the other gateways reach this one, without a load balancer between.',
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
  ...cloudSettings,
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
    id: 'replay',
    title: 'Recording and replay',
    settings: [
      {
        names: ['PARLEY_RECORD'],
        usual: 'asked',
        meaning:
          'Who records sessions to cassettes: off, asked (clients with record=events or record=audio), always (without sound unless it is asked for).',
      },
      {
        names: ['PARLEY_CASSETTES_DIR', 'PARLEY_CASSETTES_MAX_MB'],
        usual: 'cassettes in the data folder, 1000',
        meaning: 'Where cassettes are kept, and the room all of them have together, in MB.',
      },
      {
        names: ['PARLEY_REPLAY_SPEED'],
        usual: '1',
        meaning: 'How much faster than recorded the backend replay serves cassettes, from 1 to 100.',
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
