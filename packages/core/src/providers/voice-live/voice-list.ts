import { z } from 'zod'
import { RealtimeError } from '../../errors.ts'
import type { VoiceCapability } from '../capabilities.ts'

const ListedVoice = z.looseObject({
  ShortName: z.string(),
  DisplayName: z.string().optional(),
  Gender: z.string().optional(),
  Locale: z.string(),
  SecondaryLocaleList: z.array(z.string()).optional(),
  StyleList: z.array(z.string()).optional(),
  Status: z.string().optional(),
})
type ListedVoice = z.infer<typeof ListedVoice>

/** The voices of the service's list, without those it has given up. Throws `backend_unavailable`. */
export function parseVoices(text: string): readonly VoiceCapability[] {
  const list = z.array(ListedVoice).safeParse(parseJson(text))
  if (!list.success) {
    throw new RealtimeError('backend_unavailable', 'The service sent no list of voices.')
  }
  return list.data.filter(({ Status }) => Status !== 'Deprecated').map(toVoice)
}

function toVoice(listed: ListedVoice): VoiceCapability {
  const { ShortName: name, DisplayName: title, Locale, SecondaryLocaleList = [], StyleList = [] } = listed
  const gender = genders.get(listed.Gender ?? '')
  return {
    name,
    languages: [...new Set([Locale, ...SecondaryLocaleList])],
    engine: engineOf(name),
    ...(title === undefined ? {} : { title }),
    ...(gender === undefined ? {} : { gender }),
    ...(StyleList.length === 0 ? {} : { styles: StyleList }),
  }
}

const genders: ReadonlyMap<string, NonNullable<VoiceCapability['gender']>> = new Map([
  ['Female', 'female'],
  ['Male', 'male'],
  ['Neutral', 'neutral'],
])

/** The family is said by the name alone. */
function engineOf(name: string): string {
  if (name.includes(':MAI-Voice')) return 'mai-voice'
  if (name.includes(':DragonHD')) return 'dragon-hd'
  return name.includes('Multilingual') ? 'multilingual-neural' : 'neural'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
