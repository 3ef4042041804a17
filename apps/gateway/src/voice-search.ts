import { RealtimeError } from '@parley/core'
import type { VoiceCapability } from '@parley/core'

/** What is looked for among voices; `undefined` for anything. */
export interface VoiceQuery {
  /** Words that each have to stand somewhere in a voice's description. */
  readonly text: string | undefined
  /** BCP 47 tag or the beginning of one. */
  readonly language: string | undefined
  readonly gender: string | undefined
  /** Engine or family. */
  readonly kind: string | undefined
}

/** A part of what was found. */
export interface VoicePage {
  readonly voices: readonly VoiceCapability[]
  /** How many there are on all pages. */
  readonly total: number
  /** Cursor of the next page, `null` on the last. */
  readonly next: string | null
}

/** Voices that match, those whose own language was asked for first. */
export function findVoices(
  voices: readonly VoiceCapability[],
  query: VoiceQuery,
): readonly VoiceCapability[] {
  const words = (query.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = voices.filter(
    (voice) =>
      words.every((word) => descriptionOf(voice).includes(word)) &&
      (query.language === undefined || voice.languages.some((tag) => isWithin(tag, query.language))) &&
      (query.gender === undefined || voice.gender === query.gender) &&
      (query.kind === undefined || voice.engine?.toLowerCase() === query.kind.toLowerCase()),
  )
  if (query.language === undefined) return found
  const isOwn = (voice: VoiceCapability): number => Number(isWithin(voice.languages[0] ?? '', query.language))
  return found.toSorted((a, b) => isOwn(b) - isOwn(a))
}

/** `limit` voices from a cursor on; throws `invalid_value` for a cursor nobody gave. */
export function pageOfVoices(
  found: readonly VoiceCapability[],
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): VoicePage {
  if (cursor !== undefined && !/^\d{1,6}$/.test(cursor)) {
    throw new RealtimeError('invalid_value', 'The cursor is the "next" of a page before.', {
      param: 'cursor',
    })
  }
  const start = Number(cursor ?? 0)
  const end = start + limit
  return {
    voices: found.slice(start, end),
    total: found.length,
    next: end < found.length ? String(end) : null,
  }
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

const descriptions = new WeakMap<VoiceCapability, string>()

/** Everything a person might type to find a voice, in lower case. */
function descriptionOf(voice: VoiceCapability): string {
  const known = descriptions.get(voice)
  if (known !== undefined) return known
  const { name, title, languages, gender, engine, styles = [] } = voice
  // A word of a voice's gender must not find "male" in "female".
  const genderWord = gender === 'male' ? ' male' : gender
  const parts = [name, title, ...languages, ...languages.map(languageName), genderWord, engine, ...styles]
  const description = parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase()
  descriptions.set(voice, description)
  return description
}

function languageName(tag: string): string | undefined {
  try {
    return languageNames.of(tag)
  } catch {
    return undefined
  }
}

function isWithin(tag: string, wanted: string | undefined): boolean {
  const [whole, part] = [tag.toLowerCase(), (wanted ?? '').toLowerCase()]
  return whole === part || whole.startsWith(`${part}-`)
}
