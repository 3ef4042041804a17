const englishOnes = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ')
const englishTens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const germanOnes = (
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn ' +
  'siebzehn achtzehn neunzehn'
).split(' ')
const germanTens = 'null zehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ')

/** Largest number that is written out. */
export const largestNumber = 999_999_999

/** A whole number from 0 to `largestNumber` in English words, without `and` and hyphens. */
export function englishNumber(value: number): string {
  if (value < 20) return englishOnes[value] ?? ''
  if (value < 100) return joined(englishTens[Math.floor(value / 10)], rest(value % 10, englishNumber))
  if (value < 1000) return scaled(value, 100, 'hundred')
  return value < 1_000_000 ? scaled(value, 1000, 'thousand') : scaled(value, 1_000_000, 'million')
}

/** A whole number from 0 to `largestNumber` in German words; one word below a million. */
export function germanNumber(value: number): string {
  if (value < 1_000_000) return germanBelowMillion(value, 'eins')
  const millions = Math.floor(value / 1_000_000)
  const head = millions === 1 ? 'eine million' : `${germanBelowMillion(millions, 'eine')} millionen`
  return joined(head, rest(value % 1_000_000, germanNumber))
}

/** A year from 1100 to 1999 as it is said: in hundreds. */
export function yearInWords(value: number, language: 'en' | 'de'): string {
  const hundreds = Math.floor(value / 100)
  const years = value % 100
  if (language === 'de') return `${germanNumber(hundreds)}hundert${rest(years, germanNumber)}`
  if (years === 0) return `${englishNumber(hundreds)} hundred`
  return `${englishNumber(hundreds)} ${years < 10 ? 'oh ' : ''}${englishNumber(years)}`
}

function germanBelowMillion(value: number, one: string): string {
  if (value === 1) return one
  if (value < 20) return germanOnes[value] ?? ''
  if (value < 100) {
    const tens = germanTens[Math.floor(value / 10)] ?? ''
    return value % 10 === 0 ? tens : `${germanBelowMillion(value % 10, 'ein')}und${tens}`
  }
  const [size, name] = value < 1000 ? ([100, 'hundert'] as const) : ([1000, 'tausend'] as const)
  const head = germanBelowMillion(Math.floor(value / size), 'ein')
  return `${head}${name}${rest(value % size, (left) => germanBelowMillion(left, one))}`
}

function scaled(value: number, size: number, name: string): string {
  return joined(`${englishNumber(Math.floor(value / size))} ${name}`, rest(value % size, englishNumber))
}

function rest(value: number, write: (value: number) => string): string {
  return value === 0 ? '' : write(value)
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}
