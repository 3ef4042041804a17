import type { LanguageCapability, TokenPrices, VoiceCapability } from '../capabilities.ts'
import { realtimeLanguages, realtimeModel, realtimeVoices } from '../realtime-models.ts'

/** How Voice Live runs a model; it decides what a session can do. */
export interface VoiceLivePipeline {
  /** `cascaded`: Azure speech-to-text before the model and Azure text-to-speech behind it. */
  readonly kind: 'openai' | 'azure-realtime' | 'phi' | 'cascaded'
  /** It takes a reasoning effort. */
  readonly reasons: boolean
  readonly contextWindowTokens: number | undefined
}

/** The managed models by tier of price, from the overview of 2026-09-29. */
const tiers = {
  pro: [
    'gpt-realtime-2.1',
    'gpt-realtime-1.5',
    'gpt-realtime',
    'gpt-4o',
    'gpt-4.1',
    'gpt-5',
    'gpt-5-chat',
    'gpt-5.1',
    'gpt-5.2',
    'gpt-5.4',
    'gpt-5.6-terra',
    'azure-realtime',
  ],
  standard: [
    'gpt-realtime-2.1-mini',
    'gpt-realtime-mini',
    'gpt-4o-mini',
    'gpt-4.1-mini',
    'gpt-5-mini',
    'gpt-5.6-luna',
  ],
  lite: ['gpt-4.1-nano', 'gpt-5-nano', 'phi4-mm-realtime'],
} as const

type Tier = keyof typeof tiers

/** These also run inside one data zone. */
const inDatazone: readonly string[] = ['gpt-realtime-2.1', 'gpt-realtime-1.5', 'gpt-realtime']

/** Every managed model. */
export const managedModels: readonly string[] = [
  ...Object.values(tiers).flat(),
  ...inDatazone.map((name) => `${name}-datazone`),
]

/** How a managed model runs, by its name. */
export function pipelineOf(model: string): VoiceLivePipeline {
  if (model.startsWith('gpt-realtime')) return { kind: 'openai', ...realtimeModel(model) }
  const kind = model === 'azure-realtime' ? model : model.startsWith('phi') ? 'phi' : 'cascaded'
  const reasons = /^gpt-5(?!-chat)/.test(model)
  return { kind, reasons, contextWindowTokens: undefined }
}

/** Prices by kind of sound, from a public note of 2026-05-22 on the vendor's price page. */
export function managedPrices(model: string): Readonly<Record<string, TokenPrices>> {
  const text = textPrices[tierOf(model)]
  const { azure, native } = audioPrices[tierOf(model)]
  return pipelineOf(model).kind === 'cascaded'
    ? { 'Azure speech': { ...text, ...azure } }
    : { 'native sound': { ...text, ...native }, 'Azure speech': { ...text, ...azure } }
}

/** Your own deployment bills the tokens of the model; Voice Live bills the sound. */
export const byomPrices: Readonly<Record<string, TokenPrices>> = {
  'Azure speech': { audioIn: 12.5, audioOut: 23 },
}

function tierOf(model: string): Tier {
  const named = model.replace(/-datazone$/, '')
  if (tiers.standard.some((name) => name === named)) return 'standard'
  return tiers.lite.some((name) => name === named) ? 'lite' : 'pro'
}

const textPrices: Readonly<Record<Tier, TokenPrices>> = {
  pro: { textIn: 4, textCachedIn: 0.4, textOut: 16 },
  standard: { textIn: 0.66, textCachedIn: 0.33, textOut: 2.64 },
  lite: { textIn: 0.11, textCachedIn: 0.04, textOut: 0.44 },
}

const audioPrices: Readonly<Record<Tier, { readonly azure: TokenPrices; readonly native: TokenPrices }>> = {
  pro: {
    azure: { audioIn: 17, audioCachedIn: 0.4, audioOut: 31 },
    native: { audioIn: 32, audioCachedIn: 0.4, audioOut: 64 },
  },
  standard: {
    azure: { audioIn: 15, audioCachedIn: 0.33, audioOut: 26 },
    native: { audioIn: 11, audioCachedIn: 0.33, audioOut: 22 },
  },
  lite: {
    azure: { audioIn: 15, audioCachedIn: 0.04, audioOut: 25 },
    native: { audioIn: 4, audioCachedIn: 0.04 },
  },
}

/** Voices that need no list of the service: those of the model itself. */
export function nativeVoices(kind: VoiceLivePipeline['kind']): readonly VoiceCapability[] {
  if (kind === 'openai') return realtimeVoices
  return kind === 'azure-realtime' ? azureRealtimeVoices : []
}

const azureRealtimeVoices: readonly VoiceCapability[] =
  'ava aarti andrew denise diya elsa florian francisca meera xiaoxiao yunxi ximena'
    .split(' ')
    .map((name) => ({ name, languages: [], engine: 'azure-realtime' }))

/** What is understood without naming a language. Azure's recognition knows over 140 locales when one is named. */
export function languagesOf(kind: VoiceLivePipeline['kind']): readonly LanguageCapability[] {
  if (kind === 'openai') return realtimeLanguages
  const codes = kind === 'phi' ? 'zh en fr de it ja pt es' : 'zh en fr de hi it ja ko es'
  return codes.split(' ').map((code) => ({ code, recognition: 'ready', speech: 'ready', downloads: [] }))
}
