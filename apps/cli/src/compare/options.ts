import { parseLane, parseThreshold } from '@parley/compare'
import type { Comparison, Lane, Threshold } from '@parley/compare'
import * as z from 'zod'
import { messageOf, usageError } from '../command-failure.ts'

/** What the command line gives, checked. */
export interface CompareRequest {
  readonly lanes: readonly Lane[]
  /** Names of shipped scenarios or paths. */
  readonly scenarios: readonly string[]
  readonly repeats: number
  readonly order: Comparison['order']
  readonly thresholds: readonly Threshold[]
  /** Files to write; `json: '-'` is standard output. */
  readonly report: string | undefined
  readonly json: string | undefined
  readonly csv: string | undefined
  readonly language: 'en' | 'de'
  /** Exports, reports and recordings hold sound. */
  readonly audio: boolean
  readonly gateway: string | undefined
  readonly key: string | undefined
  /** Folder for recordings of the sessions. */
  readonly record: string | undefined
}

const Options = z.object({
  backends: z.array(z.string()).default(['local']),
  scenario: z.array(z.string()).default(['question-and-answer']),
  repeat: z.string().default('1'),
  order: z.string().default('in-turn'),
  failIf: z.array(z.string()).default([]),
  report: z.string().optional(),
  json: z.union([z.string(), z.boolean()]).optional(),
  csv: z.string().optional(),
  language: z.string().default('en'),
  audio: z.boolean(),
  gateway: z.string().optional(),
  key: z.string().optional(),
  record: z.string().optional(),
})

const orders: Readonly<Record<string, Comparison['order']>> = { together: 'together', 'in-turn': 'in turn' }

/** Reads what commander collected. Throws a usage error that names what is wrong. */
export function compareRequest(given: unknown): CompareRequest {
  const options = Options.parse(given)
  const { report, csv, audio, gateway, key, record, language, scenario: scenarios } = options
  const lanes = asUsage(() => options.backends.flatMap((text) => text.split(',')).map(parseLane))
  const labels = lanes.map(({ label }) => label)
  const twice = labels.find((label, index) => labels.indexOf(label) !== index)
  if (twice !== undefined) {
    throw usageError(`Two lanes are called "${twice}". Name one of them, for example "other=${twice}".`)
  }
  const repeats = Number(options.repeat)
  if (!Number.isInteger(repeats) || repeats < 1 || repeats > 1000) {
    throw usageError(`--repeat is a whole number from 1 to 1000, not "${options.repeat}".`)
  }
  const order = orders[options.order]
  if (order === undefined) throw usageError(`--order is together or in-turn, not "${options.order}".`)
  if (language !== 'en' && language !== 'de') throw usageError(`--language is en or de, not "${language}".`)
  if (record !== undefined && gateway !== undefined) {
    throw usageError(
      '--record needs a gateway of its own, so it cannot go with --gateway. Set PARLEY_CASSETTES_DIR for that gateway instead.',
    )
  }
  return {
    lanes,
    scenarios,
    repeats,
    order,
    thresholds: asUsage(() => options.failIf.map((text) => parseThreshold(text, labels))),
    report,
    json: options.json === true ? '-' : options.json === false ? undefined : options.json,
    csv,
    language,
    audio,
    gateway,
    key,
    record,
  }
}

/** What a library says of text that came from the command line is a matter of the command line. */
function asUsage<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw usageError(messageOf(error))
  }
}
