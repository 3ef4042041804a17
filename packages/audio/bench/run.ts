import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { printSection } from './print.ts'
import type { BenchOptions, Section } from './section.ts'

/** Files of this folder that measure something, in the order of the docs page. */
const areas = [
  'resampler',
  'native',
  'spectrograms',
  'codecs',
  'vad',
  'turns',
  'echo',
  'signals',
  'opus',
].filter((area) => existsSync(new URL(`${area}.ts`, import.meta.url)))

/** Only measured when it is asked for: it needs a compiler and native libraries. */
const onRequest = new Set(['native'])

/** What the docs page shows: one entry a section, each with where and when it was measured. */
interface Figures {
  readonly sections: readonly (Section & { readonly measured: Measured })[]
}

/** What every file of `areas` exports. */
interface Area {
  readonly run: (options: BenchOptions) => Promise<Section>
}

interface Measured {
  readonly date: string
  readonly machine: string
  readonly node: string
  /** Load over one minute before; others used the machine too where it is more than nothing. */
  readonly loadBefore: number
}

const figuresFile = new URL('../../../apps/docs/src/generated/audio-benchmark.json', import.meta.url)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean' } },
})
const { quick, write = !quick } = values
const chosen = positionals.length === 0 ? areas.filter((area) => !onRequest.has(area)) : positionals
const unknown = chosen.filter((area) => !areas.includes(area))
if (unknown.length > 0) {
  console.error(`No such area: ${unknown.join(', ')}. There are ${areas.join(', ')}.`)
  process.exit(1)
}

for (const area of chosen) {
  const measured: Measured = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`,
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  }
  // One after the other: two measurements at once would disturb each other.
  // oxlint-disable-next-line no-await-in-loop
  const { run } = (await import(`./${area}.ts`)) as Area
  // oxlint-disable-next-line no-await-in-loop
  const section = await run({ quick })
  printSection(section)
  if (write) keep({ ...section, measured })
}

/** Puts one section into the file, in the place of the one before, so that areas can be measured one by one. */
function keep(section: Section & { readonly measured: Measured }): void {
  const { sections } = readFigures()
  const place = sections.findIndex(({ id }) => id === section.id)
  const figures: Figures = { sections: place < 0 ? [...sections, section] : sections.with(place, section) }
  writeFileSync(figuresFile, `${JSON.stringify(figures, undefined, 2)}\n`)
}

function readFigures(): Figures {
  try {
    // Only this program writes the file.
    return JSON.parse(readFileSync(figuresFile, 'utf8')) as Figures
  } catch {
    return { sections: [] }
  }
}
