import { z } from 'zod'
import { RealtimeError } from '../../errors.ts'
import type { VoiceCapability } from '../capabilities.ts'

const ListedVoice = z.looseObject({
  ShortName: z.string().min(1),
  DisplayName: z.string().optional(),
  LocalName: z.string().optional(),
  Gender: z.string().optional(),
  Locale: z.string().min(1),
  SecondaryLocaleList: z.array(z.string()).optional(),
  StyleList: z.array(z.string()).optional(),
  Status: z.string().optional(),
})
type ListedVoice = z.infer<typeof ListedVoice>

/** The voices of Azure's `voices/list`, without those it has given up and what is no voice. Throws `backend_unavailable`. */
export function parseAzureVoices(text: string): readonly VoiceCapability[] {
  const list = z.array(z.unknown()).safeParse(parseJson(text))
  if (!list.success) {
    throw new RealtimeError('backend_unavailable', 'The service sent no list of voices.')
  }
  return list.data.flatMap((entry) => {
    const { data: voice } = ListedVoice.safeParse(entry)
    return voice === undefined || voice.Status === 'Deprecated' ? [] : [toVoice(voice)]
  })
}

function toVoice(listed: ListedVoice): VoiceCapability {
  const { ShortName: name, Locale, SecondaryLocaleList = [], StyleList = [] } = listed
  const title = listed.DisplayName ?? listed.LocalName
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
