import type { VoiceCapability } from '../../../capabilities.ts'
import { isRecord, parseJson, stringOf } from '../http/json-value.ts'
import { azureSpeechErrors } from './azure-speech-endpoint.ts'

/** Reads the body of `voices/list`; entries without a name, and voices the service has given up, are left out. Throws `backend_unavailable` for no list. */
export function parseAzureVoices(text: string): readonly VoiceCapability[] {
  const list = parseJson(text)
  if (!Array.isArray(list)) throw azureSpeechErrors.connection('garbled')
  return list.filter(isRecord).flatMap((entry): readonly VoiceCapability[] => {
    const name = stringOf(entry['ShortName'])
    const locale = stringOf(entry['Locale'])
    if (name === '' || locale === '' || entry['Status'] === 'Deprecated') return []
    const title = stringOf(entry['LocalName']) || stringOf(entry['DisplayName'])
    const gender = genders[stringOf(entry['Gender']).toLowerCase()]
    const styles = textsOf(entry['StyleList'])
    return [
      {
        name,
        ...(title !== '' && { title }),
        languages: [...new Set([locale, ...textsOf(entry['SecondaryLocaleList'])])],
        ...(gender && { gender }),
        engine: stringOf(entry['VoiceType']).toLowerCase() || 'neural',
        ...(styles.length > 0 && { styles }),
      },
    ]
  })
}

const genders: Readonly<Record<string, NonNullable<VoiceCapability['gender']>>> = {
  female: 'female',
  male: 'male',
  neutral: 'neutral',
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}
