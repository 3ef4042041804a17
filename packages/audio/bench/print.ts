import type { Section, Table, Target } from './section.ts'

const signs: Readonly<Record<Target['met'], string>> = { aim: '++', must: '+', missed: 'MISSED' }

/** Writes a section to the terminal. */
export function printSection(section: Section): void {
  console.log(`\n== ${section.title}`)
  for (const table of section.tables) printTable(table)
}

function printTable({ title, columns, rows, targets = [] }: Table): void {
  console.log(`\n${title}`)
  printRows([columns, ...rows])
  if (targets.length === 0) return
  console.log()
  const heads = ['figure', 'must', 'aim', 'measured', 'met']
  printRows([
    heads,
    ...targets.map(({ figure, must, aim = '', measured, met }) => [figure, must, aim, measured, signs[met]]),
  ])
}

function printRows(rows: readonly (readonly (string | number)[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => String(row[column] ?? '').length)),
  )
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const text = String(cell)
      return column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
    })
    console.log(`  ${cells.join('  ')}`)
  }
}
