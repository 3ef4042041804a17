import { describe, expect, it } from 'vitest'
import { compareMessages } from './compare-messages.ts'
import { memoryMessages } from './memory-messages.ts'
import { messages, preferredLanguage } from './messages.ts'
import { runsMessages } from './runs-messages.ts'
import { listenMessages } from './listen-messages.ts'
import { votesMessages } from './votes-messages.ts'

/** Texts that are rightly the same in both languages. */
const shared = new Set([
  'title',
  'theme.system',
  'talk.parley',
  'transcript.roles.assistant',
  'setup.backend',
  'shell.titles.talk',
  'shell.keys.names.escape',
  'shell.keys.names.tab',
  'setup.systemDevice',
  'setup.needsDownload',
  'downloads.label',
  'problems.label',
  'backends.prices.row',
  'lanes.backend',
  'settings.backend',
  'filters.backends',
  'list.live',
  'pair.live',
  'export.json',
  'marks.short.first_text',
  'translation.original',
  'told.backend',
  'voices.genders.neutral',
  'picture.kilohertz',
  'settings.detectors.silero',
  'settings.modes.azure_semantic_vad',
  'settings.eagernessNames.auto',
  'settings.numbers.pauseMs.label',
  'marks.kinds.pause',
  'export.forms.openai',
  'export.forms.voice-live',
])

function texts(tree: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
      const at = path === '' ? key : `${path}.${key}`
      if (typeof value === 'string') return [[at, value] as const]
      if (typeof value === 'function') return [[at, String(value('§', '§'))] as const]
      return typeof value === 'object' && value !== null ? [...texts(value, at)] : []
    }),
  )
}

describe.each([
  ['of every view', messages],
  ['of the compare view', compareMessages],
  ['of the views of runs', runsMessages],
  ['of what is remembered', memoryMessages],
  ['of the view of votes', votesMessages],
  ['of the view that listens', listenMessages],
] as const)('the messages %s', (_name, { en: english, de: german }) => {
  const en = texts(english)
  const de = texts(german)

  it('have the same keys in every language', () => {
    expect([...de.keys()]).toEqual([...en.keys()])
  })

  it('are never empty', () => {
    expect([...en, ...de].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('are translated', () => {
    const same = [...en].filter(
      ([key, text]) => de.get(key) === text && /[a-z]{3}/i.test(text) && !shared.has(key),
    )
    expect(same).toEqual([])
  })

  it('keep the values they are given', () => {
    const lost = [...en].filter(([key, text]) => text.split('§').length !== de.get(key)?.split('§').length)
    expect(lost).toEqual([])
  })
})

describe('preferredLanguage', () => {
  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['fr-FR, DE-at;q=0.7', 'de'],
    ['en-GB,de;q=0.9', 'en'],
    ['fr', 'en'],
    [null, 'en'],
  ])('of %s is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })
})
