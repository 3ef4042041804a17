/**
 * Plays every scenario on every backend through every served dialect and writes what came out for the docs:
 * `node scripts/write-parity.ts [--only <pattern>] [--print]`. `--only` plays the cells whose `<backend> <dialect>
 * <scenario>` matches and keeps the others as they are; `--print` shows cells and writes nothing. Nothing is written
 * either when a cell failed.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { backendCases } from '../src/parity/backends.ts'
import { runCell, scenarios } from '../src/parity/run.ts'
import type { Cell } from '../src/parity/run.ts'
import { keyOf, mergeCells, tablePath } from '../src/parity/table.ts'
import { wires } from '../src/parity/wire.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, print: { type: 'boolean' } } })

const only = new RegExp(values.only ?? '')
const order = {
  providers: backendCases.map(({ name }) => name),
  dialects: wires.map(({ dialect }) => dialect),
  scenarios: scenarios.map(({ id }) => id),
}

const played: Cell[] = []
for (const backendCase of backendCases) {
  const labelOf = (dialect: Cell['dialect'], scenario: string) =>
    keyOf({ provider: backendCase.name, dialect, scenario })
  const asked = wires.flatMap((wire) =>
    scenarios
      .filter(({ id }) => only.test(labelOf(wire.dialect, id)))
      .map((scenario) => ({ wire, scenario })),
  )
  if (asked.length === 0) continue
  await using backend = await backendCase.start()
  for (const { wire, scenario } of asked) {
    const startedAt = performance.now()
    const cell = await runCell(scenario, backend, wire)
    played.push(cell)
    const ms = Math.round(performance.now() - startedAt)
    const note = cell.note ? ` (${cell.note})` : ''
    process.stdout.write(`${keyOf(cell)}: ${cell.result}${note} ${ms} ms\n`)
  }
}
const failed = played.filter(({ result }) => result === 'failed').length
process.stdout.write(`${played.length} cells, ${failed} failed\n`)
if (values.print !== true && failed === 0) {
  // Written by this script.
  const before = JSON.parse(readFileSync(tablePath, 'utf8')) as { readonly cells: readonly Cell[] }
  const table = {
    generatedAt: new Date().toISOString().slice(0, 10),
    scenarios: scenarios.map(({ id, title }) => ({ id, title })),
    providers: order.providers,
    dialects: order.dialects,
    cells: mergeCells(before.cells, played, order),
  }
  writeFileSync(tablePath, `${JSON.stringify(table, undefined, 1)}\n`)
}
process.exitCode = failed === 0 ? 0 : 1
