import generated from '../generated/parity.json' with { type: 'json' }
import { list, record, text } from '../facts/json-fields.ts'

/** How a scenario went on one backend through one kind of client. */
export type ParityResult = 'native' | 'supplied' | 'unsupported' | 'failed'

/** One run. */
export interface ParityCell {
  readonly scenario: string
  readonly provider: string
  readonly dialect: string
  readonly result: ParityResult
  readonly note: string
}

/** What the parity suite wrote. */
export interface Parity {
  /** ISO 8601 day, `null` before the first run. */
  readonly generatedAt: string | null
  readonly scenarios: readonly { readonly id: string; readonly title: string }[]
  readonly providers: readonly string[]
  readonly dialects: readonly string[]
  readonly cells: readonly ParityCell[]
}

const results: readonly ParityResult[] = ['native', 'supplied', 'unsupported', 'failed']

/** Checks what the suite wrote; a cell with a result nobody knows is an error. */
export function parseParity(written: unknown): Parity {
  const table = record(written)
  const generatedAt = table['generatedAt']
  return {
    generatedAt: typeof generatedAt === 'string' ? generatedAt : null,
    scenarios: list(table['scenarios']).map((each) => ({ id: text(each, 'id'), title: text(each, 'title') })),
    providers: list(table['providers']).map(String),
    dialects: list(table['dialects']).map(String),
    cells: list(table['cells']).map((cell) => {
      const result = results.find((known) => known === text(cell, 'result'))
      if (result === undefined) throw new Error(`No such result: ${text(cell, 'result')}`)
      return {
        scenario: text(cell, 'scenario'),
        provider: text(cell, 'provider'),
        dialect: text(cell, 'dialect'),
        result,
        note: text(cell, 'note'),
      }
    }),
  }
}

/** The last run. */
export const parity: Parity = parseParity(generated)
