import { englishNumber, germanNumber, largestNumber, yearInWords } from './number-words.ts'

/**
 * Share of words that are wrong: the fewest insertions, deletions and changes that make the transcript of the
 * script, by the words of the script. Above 1 when more was heard than was said; 0 for two empty texts.
 */
export function wordErrorRate(script: string, transcript: string, language: string): number {
  const expected = wordsOf(script, language)
  const actual = wordsOf(transcript, language)
  if (expected.length === 0) return actual.length === 0 ? 0 : 1
  return editDistance(expected, actual) / expected.length
}

/**
 * Words as they are compared: small letters, no punctuation, hyphens are spaces, `%` and whole or decimal numbers
 * are written out in English and German. Umlauts, ß and accents stay.
 */
export function wordsOf(text: string, language: string): readonly string[] {
  const spoken = language.toLowerCase().split('-')[0] ?? ''
  const plain = text.normalize('NFC').toLocaleLowerCase(language).replaceAll('’', "'")
  const written = spoken === 'en' || spoken === 'de' ? numbersWritten(plain, spoken) : plain
  const words = written.match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu) ?? []
  return spoken === 'en' ? withoutAnds(words) : words
}

function numbersWritten(text: string, language: 'en' | 'de'): string {
  const [group, decimal, percent, comma] =
    language === 'en' ? ([',', '.', 'percent', 'point'] as const) : (['.', ',', 'prozent', 'komma'] as const)
  const write = language === 'en' ? englishNumber : germanNumber
  const number = new RegExp(
    String.raw`(?<![\p{L}\p{N}])(\d{1,3}(?:[${group}]\d{3})+|\d+)(?:[${decimal}](\d+))?(?![\p{L}\p{N}])`,
    'gu',
  )
  return text
    .replaceAll(number, (whole: string, integer: string, fraction: string | undefined) => {
      const value = Number(integer.replaceAll(group, ''))
      if (value > largestNumber) return whole
      const isYear = fraction === undefined && /^1[1-9]\d\d$/.test(integer)
      const head = isYear ? yearInWords(value, language) : write(value)
      if (fraction === undefined) return head
      return [head, comma, ...Array.from(fraction, (digit) => write(Number(digit)))].join(' ')
    })
    .replaceAll('%', ` ${percent} `)
}

/** `one hundred and five` and 105 are the same words. */
function withoutAnds(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => word !== 'and' || !/^(hundred|thousand)$/.test(words[index - 1] ?? ''))
}

function editDistance(expected: readonly string[], actual: readonly string[]): number {
  let row = Array.from({ length: actual.length + 1 }, (_, index) => index)
  for (const [index, word] of expected.entries()) {
    const next = [index + 1]
    for (const [column, other] of actual.entries()) {
      const change = (row[column] ?? 0) + (word === other ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
