import type { Provider, VoiceCatalog } from '@parley/core'
import {
  azureSpeechToText,
  azureTextToSpeech,
  cascade,
  openaiSpeechToText,
  openaiTextToSpeech,
} from '@parley/core/providers/cascade'
import type { SpeechToText, Stages, TextToSpeech } from '@parley/core/providers/cascade'
import { azureScopes } from './azure-sign-in.ts'
import { azureCredential } from './cloud-backends.ts'
import { given } from './given.ts'
import { createId } from './ids.ts'
import { isLoopbackHost } from './origins.ts'
import type { ProviderSettings } from './provider-settings.ts'
import { stageVoices } from './stage-voices.ts'

/** A text-to-speech service with what is known of its voices. */
export interface VoiceService {
  readonly stage: TextToSpeech
  readonly voices: VoiceCatalog
}

/** What the cascade of speech services is made from. */
export interface SpeechServicesOptions {
  readonly settings: Pick<ProviderSettings, 'stt' | 'tts' | 'azureSpeech'>
  /** Stages on this machine, for what no service was set up for. */
  readonly local: Stages
  /** Made by `voiceService`. */
  readonly voice: VoiceService | undefined
  /** Whether the language model is on this machine. */
  readonly modelIsLocal: boolean
}

/** The voice of the services that were set up; `undefined` without one. */
export function voiceService(
  settings: SpeechServicesOptions['settings'],
  local: Stages,
): VoiceService | undefined {
  const { tts, azureSpeech } = settings
  if (tts !== undefined) {
    const { url, key, model, voices } = tts
    // Which languages such a voice speaks is not told; those that are understood are the ones that are asked for.
    const named = voices.map((name) => ({ name, languages: local.stt.languages }))
    const stage = openaiTextToSpeech({ url, key, model, ...(named.length > 0 && { voices: named }) })
    return { stage, voices: stageVoices(stage) }
  }
  if (azureSpeech === undefined) return undefined
  const stage = azureTextToSpeech(azureOptions(azureSpeech))
  return { stage, voices: { ...stageVoices(stage), list: ({ signal }) => stage.loadVoices(signal) } }
}

/** The backend `cascade`: your own services for hearing and speaking; `undefined` when none was set up. */
export function speechServices({
  settings,
  local,
  voice,
  modelIsLocal,
}: SpeechServicesOptions): Provider | undefined {
  const recogniser = recogniserService(settings)
  if (recogniser === undefined && voice === undefined) return undefined
  const stages = {
    ...local,
    stt: recogniser ?? local.stt,
    tts: voice?.stage ?? local.tts,
  }
  const addresses = [settings.stt?.url, settings.tts?.url, settings.azureSpeech && 'https://azure.invalid']
  const isLocal = addresses.every((url) => url === undefined || isLoopbackHost(new URL(url).hostname))
  const provider = cascade({
    name: 'cascade',
    title: 'Your own speech services',
    description: `Hears with ${stages.stt.name}, thinks with ${stages.llm.name}, speaks with ${stages.tts.name}.`,
    stages,
    capabilities: {
      local: isLocal && modelIsLocal,
      otherVoices: settings.tts === undefined && settings.azureSpeech !== undefined,
      price: { kind: isLocal && modelIsLocal ? 'free' : 'unknown' },
    },
    now: Date.now,
    newId: createId,
  })
  return { ...provider, voices: voice?.voices ?? stageVoices(local.tts) }
}

function recogniserService({
  stt,
  azureSpeech,
}: SpeechServicesOptions['settings']): SpeechToText | undefined {
  if (stt !== undefined) return openaiSpeechToText(stt)
  return azureSpeech === undefined ? undefined : azureSpeechToText(azureOptions(azureSpeech))
}

function azureOptions({ key, region, endpoint }: NonNullable<ProviderSettings['azureSpeech']>) {
  return {
    credential: azureCredential(key, azureScopes.cognitiveServices),
    ...given({ region, endpoint }),
  }
}
