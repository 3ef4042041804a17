import type { Measure } from './measure.ts'

/** What a value of a measure is called for people, with its unit: `523 ms`, `4.2%`, `$0.0123`; minus is a true minus. */
export function formatValue(
  value: number,
  unit: Measure['unit'],
  language: string,
  options: { readonly signed?: boolean } = {},
): string {
  return written(value, unit, language, options).replace('-', '−')
}

/** Places after the point that a value is written with for machines: finer is noise of the arithmetic. */
const places: Readonly<Record<Measure['unit'], number>> = { ms: 3, ratio: 6, usd: 9, tokens: 3, count: 3 }

/** A value without the noise of floating point, for exports: ms to 3 places, shares to 6, dollars to 9. */
export function roundValue(value: number, unit: Measure['unit']): number {
  return Number(value.toFixed(places[unit]))
}

function written(
  value: number,
  unit: Measure['unit'],
  language: string,
  options: { readonly signed?: boolean },
): string {
  const signDisplay = options.signed === true ? 'exceptZero' : 'auto'
  const number = (most: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: most, signDisplay }).format(value)
  switch (unit) {
    case 'ms':
      return `${number(Math.abs(value) < 10 ? 1 : 0)} ms`
    case 'ratio':
      return new Intl.NumberFormat(language, {
        style: 'percent',
        maximumFractionDigits: 1,
        signDisplay,
      }).format(value)
    case 'usd':
      return new Intl.NumberFormat(language, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: value === 0 ? 0 : 2,
        maximumFractionDigits: 4,
        signDisplay,
      }).format(value)
    case 'tokens':
      return number(0)
    case 'count':
      return number(1)
  }
}
