import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backendCases } from './backends.ts'
import type { BackendUnderTest } from './backends.ts'
import { runCell, scenarios } from './run.ts'
import type { Cell } from './run.ts'
import { keyOf, tablePath } from './table.ts'
import { wires } from './wire.ts'

// Checked cell by cell below.
const { cells } = JSON.parse(readFileSync(tablePath, 'utf8')) as { readonly cells: readonly Cell[] }
const documented = new Map(cells.map((cell) => [keyOf(cell), cell]))

for (const { name, start } of backendCases) {
  describe(`${name} does what the table in the docs says`, () => {
    let backend: BackendUnderTest
    beforeAll(async () => void (backend = await start()))
    afterAll(() => backend[Symbol.asyncDispose]())

    for (const wire of wires) {
      for (const scenario of scenarios) {
        it(`${scenario.title} through ${wire.dialect}`, async () => {
          const cell = await runCell(scenario, backend, wire)
          expect(cell.result, cell.note).not.toBe('failed')
          expect(cell, 'run "pnpm parity" when the change is meant').toEqual(documented.get(keyOf(cell)))
        })
      }
    }
  })
}

it('shows no cell that is not played', () => {
  expect(cells).toHaveLength(backendCases.length * wires.length * scenarios.length)
})
