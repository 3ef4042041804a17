import type { Capabilities } from '../providers/capabilities.ts'

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

type Voices = Pick<Capabilities, 'voices' | 'otherVoices'>

/** The error for a voice the backend does not have, `undefined` when it may be used. */
export function voiceProblem(voice: unknown, { voices, otherVoices }: Voices): string | undefined {
  if (typeof voice !== 'string' || voices.length === 0 || otherVoices || openaiVoices.has(voice))
    return undefined
  if (voices.some(({ name }) => name === voice)) return undefined
  return `Unknown voice '${voice}'. This backend has: ${voices.map(({ name }) => name).join(', ')}.`
}

/** A voice by the backend's own names: `undefined` stands for its default. */
export function ownVoice<Voice>(voice: Voice, { voices, otherVoices }: Voices): Voice | undefined {
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
