import { isObject } from '../json-object.ts'
import type { Reading } from './field.ts'

/** Names of Azure speech voices begin with a locale: `en-US-AvaMultilingualNeural`, `en-US-Ava:DragonHDLatestNeural`. */
const azureVoiceName = /^[a-z]{2,3}(-\w+)+-\w+(Neural(HD)?|:[\w-]+)$/

/** A voice by name, or a vendor's object of which GA can only say the name. */
export function readVoice(value: unknown): Reading {
  if (typeof value === 'string') return { ga: value }
  if (isObject(value) && typeof value['name'] === 'string') return { ga: value['name'], beyond: value }
  return { beyond: value }
}

/** The name or the id of GA's voice. */
export function voiceName(voice: unknown): unknown {
  return isObject(voice) ? voice['id'] : voice
}

/** As `voiceName`; Voice Live takes the name of an Azure voice only inside an object. */
export function writeAzureVoice(voice: unknown): unknown {
  const name = voiceName(voice)
  const isAzure = typeof name === 'string' && azureVoiceName.test(name)
  return isAzure ? { type: 'azure-standard', name } : name
}
