import { z } from 'zod'
import { compatibleSettings, compatibleVariables } from './compatible-settings.ts'
import { httpUrl, list, oneOf, secret, vendorName, webSocketUrl, wholeNumber } from './setting-kinds.ts'
import type { Environment } from './setting-kinds.ts'

/** Kinds of models of one's own that Voice Live can run. */
export const byomProfiles = [
  'byom-azure-openai-realtime',
  'byom-azure-openai-chat-completion',
  'byom-foundry-anthropic-messages',
] as const

/** The name Azure proposes for a deployment is that of its model. */
const usualDeployment = 'gpt-realtime-2.1'

/** Variables of the backends in the cloud, beside `compatibleVariables`. */
export const providerVariables = {
  PARLEY_OPENAI_KEY: secret.optional(),
  PARLEY_OPENAI_URL: webSocketUrl.optional(),
  PARLEY_OPENAI_MODEL: vendorName.optional(),
  PARLEY_OPENAI_ORGANIZATION: secret.optional(),
  PARLEY_OPENAI_PROJECT: secret.optional(),
  PARLEY_AZURE_OPENAI_ENDPOINT: httpUrl.optional(),
  PARLEY_AZURE_OPENAI_KEY: secret.optional(),
  PARLEY_AZURE_OPENAI_DEPLOYMENT: vendorName.default(usualDeployment),
  PARLEY_AZURE_OPENAI_API_VERSION: vendorName.optional(),
  PARLEY_AZURE_OPENAI_TRANSCRIPTION_DEPLOYMENT: vendorName.optional(),
  PARLEY_VOICE_LIVE_ENDPOINT: httpUrl.optional(),
  PARLEY_VOICE_LIVE_KEY: secret.optional(),
  PARLEY_VOICE_LIVE_MODEL: vendorName.optional(),
  PARLEY_VOICE_LIVE_API_VERSION: vendorName.optional(),
  PARLEY_VOICE_LIVE_REGION: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_PROJECT: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_VERSION: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_CONVERSATION: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_IDENTITY: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_ID: vendorName.optional(),
  PARLEY_VOICE_LIVE_AGENT_TOKEN: secret.optional(),
  PARLEY_VOICE_LIVE_BYOM_PROFILE: oneOf(byomProfiles).optional(),
  PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT: vendorName.optional(),
  PARLEY_VOICE_LIVE_BYOM_RESOURCE: vendorName.optional(),
  PARLEY_GEMINI_KEY: secret.optional(),
  PARLEY_GEMINI_MODEL: vendorName.optional(),
  PARLEY_GEMINI_URL: webSocketUrl.optional(),
  PARLEY_DUET_MIND: vendorName.default('local'),
  PARLEY_DUET_VOICE: vendorName.optional(),
  PARLEY_STT_URL: httpUrl.optional(),
  PARLEY_STT_KEY: secret.optional(),
  PARLEY_STT_MODEL: vendorName.default('whisper-1'),
  PARLEY_TTS_URL: httpUrl.optional(),
  PARLEY_TTS_KEY: secret.optional(),
  PARLEY_TTS_MODEL: vendorName.default('tts-1'),
  PARLEY_TTS_VOICES: list.pipe(z.array(vendorName)).default([]),
  PARLEY_AZURE_SPEECH_KEY: secret.optional(),
  PARLEY_AZURE_SPEECH_REGION: vendorName.optional(),
  PARLEY_AZURE_SPEECH_ENDPOINT: httpUrl.optional(),
  PARLEY_CONNECT_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000),
  PARLEY_FIRST_EVENT_TIMEOUT_MS: wholeNumber(100, 600_000).default(10_000),
}

/** Every name that sets a backend up. */
export const providerVariableNames: readonly string[] = [
  ...Object.keys(providerVariables),
  ...compatibleVariables,
]

const schema = z.object(providerVariables)

/** Checked values of `providerVariables`. */
export type ProviderVariables = z.infer<typeof schema>

/** Variables that mean nothing without another one; any of several needed ones will do. */
const needs: readonly { readonly need: readonly string[]; readonly by: readonly string[] }[] = [
  { need: ['OPENAI_KEY'], by: ['OPENAI_URL', 'OPENAI_MODEL', 'OPENAI_ORGANIZATION', 'OPENAI_PROJECT'] },
  {
    need: ['AZURE_OPENAI_ENDPOINT'],
    by: ['KEY', 'DEPLOYMENT', 'API_VERSION', 'TRANSCRIPTION_DEPLOYMENT'].map((end) => `AZURE_OPENAI_${end}`),
  },
  {
    need: ['VOICE_LIVE_ENDPOINT'],
    by: ['KEY', 'MODEL', 'API_VERSION', 'REGION', 'AGENT', 'AGENT_ID', 'BYOM_PROFILE'].map(
      (end) => `VOICE_LIVE_${end}`,
    ),
  },
  { need: ['VOICE_LIVE_AGENT_PROJECT'], by: ['VOICE_LIVE_AGENT', 'VOICE_LIVE_AGENT_ID'] },
  { need: ['VOICE_LIVE_AGENT', 'VOICE_LIVE_AGENT_ID'], by: ['VOICE_LIVE_AGENT_PROJECT'] },
  {
    need: ['VOICE_LIVE_AGENT'],
    by: ['VERSION', 'CONVERSATION', 'IDENTITY'].map((end) => `VOICE_LIVE_AGENT_${end}`),
  },
  { need: ['VOICE_LIVE_AGENT_TOKEN'], by: ['VOICE_LIVE_AGENT_ID'] },
  { need: ['VOICE_LIVE_AGENT_ID'], by: ['VOICE_LIVE_AGENT_TOKEN'] },
  { need: ['VOICE_LIVE_BYOM_DEPLOYMENT'], by: ['VOICE_LIVE_BYOM_PROFILE'] },
  { need: ['VOICE_LIVE_BYOM_PROFILE'], by: ['VOICE_LIVE_BYOM_DEPLOYMENT', 'VOICE_LIVE_BYOM_RESOURCE'] },
  { need: ['GEMINI_KEY'], by: ['GEMINI_MODEL', 'GEMINI_URL'] },
  { need: ['DUET_VOICE'], by: ['DUET_MIND'] },
  { need: ['STT_URL'], by: ['STT_KEY', 'STT_MODEL'] },
  { need: ['TTS_URL'], by: ['TTS_KEY', 'TTS_MODEL', 'TTS_VOICES'] },
  { need: ['AZURE_SPEECH_REGION', 'AZURE_SPEECH_ENDPOINT'], by: ['AZURE_SPEECH_KEY'] },
  { need: ['AZURE_SPEECH_KEY'], by: ['AZURE_SPEECH_REGION'] },
]

/** Rules over more than one variable; they hold whatever else is wrong. */
export function providerFaults(set: Environment): readonly string[] {
  const faults = needs.flatMap(({ need, by }) => {
    const names = need.map((end) => `PARLEY_${end}`)
    const asking = by.map((end) => `PARLEY_${end}`).find((name) => set[name] !== undefined)
    const isMet = asking === undefined || names.some((name) => set[name] !== undefined)
    return isMet ? [] : [`${names.join(' or ')} is missing: ${asking} needs it.`]
  })
  if (set['PARLEY_VOICE_LIVE_AGENT'] !== undefined && set['PARLEY_VOICE_LIVE_AGENT_ID'] !== undefined) {
    faults.push(
      'PARLEY_VOICE_LIVE_AGENT_ID is for a classic agent: set it or PARLEY_VOICE_LIVE_AGENT, not both.',
    )
  }
  return [...faults, ...compatibleSettings(set).faults]
}
