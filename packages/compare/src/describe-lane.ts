import { leavesOf, sessionPaths, type Lane } from './lane.ts'

type Language = 'en' | 'de'

/** Longest value that is shown whole, letters; instructions may be pages long. */
const longestValue = 48

/** What the keys of a lane's text are called before their value. */
const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  voice: { en: 'voice', de: 'Stimme' },
  speed: { en: 'speed', de: 'Tempo' },
  instructions: { en: 'instructions', de: 'Anweisungen' },
  turn_detection: { en: 'turn detection', de: 'Zugende' },
  silence_ms: { en: 'silence', de: 'Stille' },
  threshold: { en: 'threshold', de: 'Schwelle' },
  eagerness: { en: 'eagerness', de: 'Eifer' },
}

/**
 * What a lane is beside its label, in one line for people: `local, silence 200 ms, voice slt`. The backend's name is
 * left out where the label says it already, so the text is empty for a backend as it comes. A field that a lane's text
 * has no key for is named by its place in the session; long values end in an ellipsis.
 */
export function describeLane({ label, backend, model, session }: Lane, language: Language): string {
  const left = leavesOf(session)
  const known = Object.entries(sessionPaths).flatMap(([key, path]) => {
    const name = path.join('.')
    const value = left.get(name)
    if (typeof value !== 'string' && typeof value !== 'number') return []
    left.delete(name)
    return [{ key, value }]
  })
  const given = new Set(known.map(({ key }) => key))
  // The detector's name says nothing beside settings that only it has.
  const isImplied = given.has('silence_ms') || given.has('threshold') || given.has('eagerness')
  return [
    backend === label ? '' : backend,
    model,
    ...known
      .filter(({ key }) => key !== 'turn_detection' || !isImplied)
      .map(({ key, value }) => setting(key, value, language)),
    ...[...left].map(([name, value]) => `${name} ${shortened(JSON.stringify(value))}`),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function setting(key: string, value: string | number, language: Language): string {
  const name = names[key]?.[language] ?? key
  if (typeof value === 'string') {
    return key === 'instructions' ? `${name} “${shortened(value)}”` : `${name} ${shortened(value)}`
  }
  const number = value.toLocaleString(language, { maximumFractionDigits: 3 })
  return `${name} ${number}${key === 'silence_ms' ? ' ms' : ''}`
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= longestValue ? line : `${line.slice(0, longestValue - 1).trimEnd()}…`
}
