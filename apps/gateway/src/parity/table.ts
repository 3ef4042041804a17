import { resolve } from 'node:path'
import type { Cell } from './run.ts'

/** Where the docs find what the scenarios showed. */
export const tablePath = resolve(import.meta.dirname, '../../../docs/src/generated/parity.json')

/** What the table has, in its order. */
export interface TableOrder {
  readonly providers: readonly string[]
  readonly dialects: readonly Cell['dialect'][]
  readonly scenarios: readonly string[]
}

/** What tells one cell from the others. */
export function keyOf({ provider, dialect, scenario }: Omit<Cell, 'result' | 'note'>): string {
  return `${provider} ${dialect} ${scenario}`
}

/** The cells of a table in its order: those played now, else those written before. */
export function mergeCells(
  before: readonly Cell[],
  played: readonly Cell[],
  { providers, dialects, scenarios }: TableOrder,
): readonly Cell[] {
  const known = new Map([...before, ...played].map((cell) => [keyOf(cell), cell]))
  return providers.flatMap((provider) =>
    dialects.flatMap((dialect) =>
      scenarios.flatMap((scenario) => known.get(keyOf({ provider, dialect, scenario })) ?? []),
    ),
  )
}
