import type { Capabilities } from '../../providers/capabilities.ts'
import type { Notice } from './notice.ts'

/** Voices every OpenAI client knows; elsewhere they stand for the backend's own default voice. */
const openaiVoices: ReadonlySet<string> = new Set([
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
])

/** Azure voices begin with their language tag, for example `de-DE-SeraphinaMultilingualNeural`. */
const azureVoice = /^[a-z]{2,3}-[A-Z]/

type Voices = Pick<Capabilities, 'voices' | 'otherVoices' | 'sessionExtensions'>

/**
 * A voice of the other vendor, for which the backend's default stands in: clients of Voice Live always name one of
 * Azure's, those of OpenAI often one of OpenAI's.
 */
function isForeign(voice: string, { voices, sessionExtensions }: Voices): boolean {
  if (voices.some(({ name }) => name === voice)) return false
  const hasAzureVoices = sessionExtensions.includes('voice')
  if (openaiVoices.has(voice)) return hasAzureVoices
  const hasOwnOnly = voices.length > 0 && !voices.some(({ name }) => azureVoice.test(name))
  return azureVoice.test(voice) && hasOwnOnly && !hasAzureVoices
}

/** What to tell a client whose voice is replaced by the backend's own. */
export function replacedVoice(
  place: 'session' | 'response',
  voice: unknown,
  voices: Voices,
): readonly Notice[] {
  if (typeof voice !== 'string' || openaiVoices.has(voice) || !isForeign(voice, voices)) return []
  const message = `This backend has no Azure voices: its own voice speaks in place of '${voice}'.`
  return [{ param: `${place}.audio.output.voice`, message }]
}

/** The error for a voice the backend does not have, `undefined` when it may be used. */
export function voiceProblem(voice: unknown, known: Voices): string | undefined {
  const { voices, otherVoices } = known
  if (typeof voice !== 'string' || voices.length === 0 || otherVoices || openaiVoices.has(voice))
    return undefined
  if (isForeign(voice, known) || voices.some(({ name }) => name === voice)) return undefined
  return `Unknown voice '${voice}'. This backend has: ${voices.map(({ name }) => name).join(', ')}.`
}

/** A voice by the backend's own names: `undefined` stands for its default. */
export function ownVoice<Voice>(voice: Voice, known: Voices): Voice | undefined {
  const { voices, otherVoices } = known
  if (typeof voice === 'string' && isForeign(voice, known)) return undefined
  const named = typeof voice !== 'string' || voices.length === 0 || otherVoices
  return named || voices.some(({ name }) => name === voice) ? voice : undefined
}

/** The voice object of an Azure voice that was named by a plain string, `undefined` for any other. */
export function azureVoiceObject(
  voice: unknown,
): { readonly type: string; readonly name: string } | undefined {
  if (typeof voice !== 'string' || openaiVoices.has(voice) || !azureVoice.test(voice)) return undefined
  return { type: 'azure-standard', name: voice }
}
