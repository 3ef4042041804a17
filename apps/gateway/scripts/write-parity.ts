/**
 * Plays every scenario on every backend through every served dialect and writes what came out for the docs:
 * `node scripts/write-parity.ts [--only <text>] [--print]`. `--print` shows cells and writes nothing.
 */
import { writeFileSync } from 'node:fs'

import { parseArgs } from 'node:util'
import { backendCases } from '../src/parity/backends.ts'
import { runCell, scenarios } from '../src/parity/run.ts'
import type { Cell } from '../src/parity/run.ts'
import { tablePath } from '../src/parity/table.ts'
import { wires } from '../src/parity/wire.ts'

const { values } = parseArgs({ options: { only: { type: 'string' }, print: { type: 'boolean' } } })

const cells: Cell[] = []
for (const backendCase of backendCases) {
  await using backend = await backendCase.start()
  for (const wire of wires) {
    for (const scenario of scenarios) {
      const label = `${backend.name} ${wire.dialect} ${scenario.id}`
      if (values.only !== undefined && !new RegExp(values.only).test(label)) continue
      const startedAt = performance.now()
      const cell = await runCell(scenario, backend, wire)
      cells.push(cell)
      const ms = Math.round(performance.now() - startedAt)
      process.stdout.write(`${label}: ${cell.result}${cell.note ? ` (${cell.note})` : ''} ${ms} ms\n`)
    }
  }
}
const failed = cells.filter(({ result }) => result === 'failed').length
process.stdout.write(`${cells.length} cells, ${failed} failed\n`)
if (values.print !== true) {
  const table = {
    generatedAt: new Date().toISOString().slice(0, 10),
    scenarios: scenarios.map(({ id, title }) => ({ id, title })),
    providers: backendCases.map(({ name }) => name),
    dialects: wires.map(({ dialect }) => dialect),
    cells,
  }
  writeFileSync(tablePath, `${JSON.stringify(table, undefined, 1)}\n`)
}
process.exitCode = failed === 0 ? 0 : 1
