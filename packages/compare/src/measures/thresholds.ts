import type { Comparison } from '../run/comparison.ts'
import { observe } from './compare-lanes.ts'
import { formatValue } from './format-value.ts'
import type { Measure, MeasureName } from './measure.ts'
import { measures } from './measures.ts'
import { passesOf } from './passes.ts'
import { meanOf, summarise } from './summarise.ts'

const statistics = ['median', 'p95', 'min', 'max', 'mean', 'count'] as const

/** What of the observations a threshold is about; `count` is how many there are. */
export type Statistic = (typeof statistics)[number]

/** A condition under which a comparison fails, for example `local.first_audio.p95 > 800ms`. */
export interface Threshold {
  /** As it was written. */
  readonly text: string
  readonly lane: string
  readonly measure: MeasureName
  readonly statistic: Statistic
  readonly operator: '<' | '<=' | '>' | '>='
  /** In the measure's unit: ms, a share from 0 to 1, tokens, dollars or a count. */
  readonly limit: number
}

/** What became of one threshold. */
export interface ThresholdResult {
  readonly threshold: Threshold
  /** `violated`: the condition holds; `unjudged`: nothing was observed or no pass came to its end, which fails too. */
  readonly verdict: 'passed' | 'violated' | 'unjudged'
  /** `undefined` without observations. */
  readonly value: number | undefined
  /** One English sentence that says what was found. */
  readonly message: string
}

/** A threshold that cannot be read; the message names the part at fault and lists what exists. */
export class ThresholdError extends Error {
  readonly field: 'form' | 'lane' | 'measure' | 'statistic' | 'limit'

  constructor(field: ThresholdError['field'], message: string) {
    super(message)
    this.name = 'ThresholdError'
    this.field = field
  }
}

// A label may hold dots, so the measure and the statistic are what comes last.
const form = /^(?<lane>.+)\.(?<measure>[^.]+)\.(?<statistic>[^.]+?)\s*(?<operator><=|>=|<|>)\s*(?<limit>.+)$/

/**
 * Reads `<lane>.<measure>.<statistic> <operator> <number>[ms|s|%|usd]`. A number without a unit is in the measure's
 * own. Throws `ThresholdError`; with `labels`, for a lane that is not one of them too.
 */
export function parseThreshold(text: string, labels?: readonly string[]): Threshold {
  const groups = form.exec(text.trim())?.groups
  const {
    lane = '',
    measure: name = '',
    statistic: word = '',
    operator: sign = '',
    limit = '',
  } = groups ?? {}
  const operator = (['<=', '>=', '<', '>'] as const).find((other) => other === sign)
  if (operator === undefined) {
    throw new ThresholdError(
      'form',
      `"${text}" is no threshold: expected <lane>.<measure>.<statistic> <operator> <number>, for example local.first_audio.p95 > 800ms`,
    )
  }
  if (labels !== undefined && !labels.includes(lane)) {
    throw new ThresholdError('lane', unknownPart(text, 'lane', lane, labels))
  }
  const measure = measures.find((other) => other.name === name)
  if (measure === undefined) {
    const names = measures.map((other) => other.name)
    throw new ThresholdError('measure', unknownPart(text, 'measure', name, names))
  }
  const statistic = statistics.find((other) => other === word)
  if (statistic === undefined) {
    throw new ThresholdError('statistic', unknownPart(text, 'statistic', word, statistics))
  }
  const unit = statistic === 'count' ? 'count' : measure.unit
  return {
    text: text.trim(),
    lane,
    measure: measure.name,
    statistic,
    operator,
    limit: limitOf(text, limit, unit),
  }
}

/** Judges thresholds in their order. Throws `ThresholdError` for a lane the comparison does not have. */
export function checkThresholds(
  comparison: Comparison,
  thresholds: readonly Threshold[],
): readonly ThresholdResult[] {
  const labels = comparison.lanes.map(({ label }) => label)
  return thresholds.map((threshold) => {
    const { text, lane, measure, statistic } = threshold
    if (!labels.includes(lane)) throw new ThresholdError('lane', unknownPart(text, 'lane', lane, labels))
    const values = observe(comparison, lane, measure)
    const { counted, begun } = passesOf(comparison, lane)
    const value = counted === 0 ? undefined : statisticOf(values, statistic)
    if (value === undefined) {
      const reason =
        counted === 0
          ? `no pass of ${lane} came to its end (0 of ${begun})`
          : `${lane} has no observation of ${measure}`
      const message = `${text}: could not be judged, ${reason}`
      return { threshold, verdict: 'unjudged', value, message }
    }
    const violated = holds(value, threshold)
    const unit = statistic === 'count' ? 'count' : unitOf(measure)
    const shown = `${formatValue(value, unit, 'en')}, of ${values.length} ${values.length === 1 ? 'observation' : 'observations'}`
    return {
      threshold,
      verdict: violated ? 'violated' : 'passed',
      value,
      message: `${text}: ${violated ? 'violated' : 'passed'}, ${statistic} is ${shown}`,
    }
  })
}

function statisticOf(values: readonly number[], statistic: Statistic): number | undefined {
  if (statistic === 'count') return values.length
  if (statistic === 'mean') return meanOf(values)
  return summarise(values)?.[statistic]
}

function holds(value: number, { operator, limit }: Threshold): boolean {
  switch (operator) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
  }
}

/** Units a number may carry, by the measure's, with how many of that unit one is. */
const units: Readonly<Record<Measure['unit'], Readonly<Record<string, number>>>> = {
  ms: { '': 1, ms: 1, s: 1000 },
  ratio: { '': 1, '%': 0.01 },
  count: { '': 1 },
  tokens: { '': 1 },
  usd: { '': 1, usd: 1 },
}

function limitOf(text: string, written: string, unit: Measure['unit']): number {
  const [, digits = '', suffix = ''] = /^(-?\d+(?:\.\d+)?|-?\.\d+)\s*([^\d\s]*)$/.exec(written.trim()) ?? []
  if (digits === '') {
    throw new ThresholdError('limit', `"${text}": "${written}" is no number, expected for example 800ms`)
  }
  const scale = Object.entries(units[unit]).find(([name]) => name === suffix.toLowerCase())?.[1]
  if (scale === undefined) {
    const known = Object.keys(units[unit]).filter((name) => name !== '')
    throw new ThresholdError(
      'limit',
      known.length === 0
        ? `"${text}": the limit is a plain number here, without "${suffix}"`
        : `"${text}": unknown unit "${suffix}", there are: ${known.join(', ')}`,
    )
  }
  return Number(digits) * scale
}

function unitOf(name: MeasureName): Measure['unit'] {
  return measures.find((other) => other.name === name)?.unit ?? 'count'
}

function unknownPart(text: string, part: string, found: string, known: readonly string[]): string {
  return `"${text}": unknown ${part} "${found}", there are: ${known.join(', ')}`
}
