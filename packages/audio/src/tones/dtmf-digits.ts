/** A key of a telephone with sixteen keys (ITU-T Q.23). */
export type DtmfDigit = (typeof dtmfDigits)[number]

/** All keys, row by row. */
export const dtmfDigits = [
  '1',
  '2',
  '3',
  'A',
  '4',
  '5',
  '6',
  'B',
  '7',
  '8',
  '9',
  'C',
  '*',
  '0',
  '#',
  'D',
] as const

/** Frequencies in Hz of the rows and of the columns. */
export const rowFrequencies = [697, 770, 852, 941] as const
export const columnFrequencies = [1209, 1336, 1477, 1633] as const

/** The two frequencies of a key. Throws `RangeError` for what is none. */
export function frequenciesOf(digit: DtmfDigit): readonly [row: number, column: number] {
  const place = dtmfDigits.indexOf(digit)
  if (place < 0) throw new RangeError(`digits must be keys of a telephone, got ${JSON.stringify(digit)}`)
  return [rowFrequencies[Math.floor(place / 4)] ?? 0, columnFrequencies[place % 4] ?? 0]
}
