import type { AnswerLanguage } from './spelling.ts'

const ones: Readonly<Record<AnswerLanguage, readonly string[]>> = {
  en: (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen'
  ).split(' '),
  de: (
    'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn ' +
    'siebzehn achtzehn neunzehn'
  ).split(' '),
}

const tens: Readonly<Record<AnswerLanguage, readonly string[]>> = {
  en: 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' '),
  de: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' '),
}

/** Replaces numbers in words, below a million, by digits. German `ein` and `eine` stay, as they are mostly articles. */
export function toDigits(text: string, language: AnswerLanguage): string {
  return language === 'en' ? englishDigits(text) : germanDigits(text)
}

const [englishOnes, englishTens] = [ones.en.join('|'), tens.en.join('|')]
const englishNumber = new RegExp(
  `\\b(?:(?:(?<hundreds>${englishOnes}|a) )?(?<hundred>hundred)(?: and)?(?: (?=${englishTens}|${englishOnes})|\\b))?` +
    `(?:(?<tens>${englishTens})(?:[ -](?<unit>${ones.en.slice(1, 10).join('|')}))?|(?<one>${englishOnes}))?\\b`,
  'gi',
)

function englishDigits(text: string): string {
  const small = text.replace(englishNumber, (whole: string, ...rest: unknown[]) => {
    const found = (rest.at(-1) ?? {}) as Record<string, string | undefined> // named groups come last
    if (whole.trim() === '') return whole
    const hundreds = found['hundred'] === undefined ? 0 : Math.max(1, indexIn(ones.en, found['hundreds']))
    const tensValue = found['tens'] === undefined ? 0 : 20 + 10 * indexIn(tens.en, found['tens'])
    const value =
      hundreds * 100 + tensValue + indexIn(ones.en, found['unit']) + indexIn(ones.en, found['one'])
    return `${value}${whole.endsWith(' ') ? ' ' : ''}`
  })
  return small.replace(/\b(\d+|an?) thousand(?: (?:and )?(\d{1,3})\b)?/giu, (_, count: string, rest = '0') =>
    String((Number(count) || 1) * 1000 + Number(rest)),
  )
}

function indexIn(list: readonly string[], word: string | undefined): number {
  return Math.max(0, list.indexOf(word?.toLowerCase() ?? ''))
}

const germanNumbers = new Map<string, number>()
for (let value = 0; value < 1000; value += 1) {
  const spelt = spellGerman(value)
  for (const form of [spelt, spelt.replace(/^einhundert/, 'hundert')]) {
    germanNumbers.set(form, value).set(form.replaceAll('ß', 'ss'), value)
  }
}
germanNumbers.set('zwo', 2)

function spellGerman(value: number): string {
  if (value >= 100) {
    const rest = value % 100
    const hundreds = value < 200 ? 'ein' : ones.de[Math.floor(value / 100)]
    return `${hundreds}hundert${rest === 0 ? '' : spellGerman(rest)}`
  }
  if (value < 20) return ones.de[value] ?? ''
  const unit = value % 10
  const ten = tens.de[Math.floor(value / 10) - 2] ?? ''
  return unit === 0 ? ten : `${unit === 1 ? 'ein' : ones.de[unit]}und${ten}`
}

function germanDigits(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => String(germanValue(word.toLowerCase()) ?? word))
}

function germanValue(word: string): number | undefined {
  const [thousands, rest, ...more] = word.split('tausend')
  if (thousands === undefined || rest === undefined || more.length > 0) return germanNumbers.get(word)
  const [count, below] = [
    germanNumbers.get(thousands.replace(/^(?:ein)?$/, 'eins')),
    germanNumbers.get(rest || 'null'),
  ]
  return count === undefined || below === undefined ? undefined : count * 1000 + below
}
