import { stripVTControlCharacters, styleText } from 'node:util'

/** Colours and weights in use. */
type Style = Parameters<typeof styleText>[0]

/** Styles text for standard output; plain where it is no terminal, or NO_COLOR is set. */
export function styled(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout })
}

/** Styles text for standard error. */
export function styledError(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stderr })
}

/** Writes results. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Writes what accompanies results: progress, warnings, errors. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Of a terminal that does not tell. */
const usualColumns = 80

const segmenter = new Intl.Segmenter()

/** Characters as people count them, without styles. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(stripVTControlCharacters(text)), ({ segment }) => segment)
}

/** Columns a text takes on a terminal; styles take none. */
export function textWidth(text: string): number {
  return charactersOf(text).length
}

/** Columns of a terminal; `Infinity` where lines are not cut, as in a pipe. A terminal without a size says 0. */
export function columnsOf({
  isTTY,
  columns,
}: {
  readonly isTTY?: boolean
  readonly columns?: number
}): number {
  return isTTY === true ? columns || usualColumns : Number.POSITIVE_INFINITY
}
