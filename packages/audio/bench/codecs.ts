import { pathToFileURL } from 'node:url'
import { g711Table } from './codecs/g711.ts'
import { pcmTable } from './codecs/pcm.ts'
import { transcoderTable } from './codecs/transcoder.ts'
import { printSection } from './print.ts'
import type { BenchOptions, Section } from './section.ts'

/** The codecs of the telephone and of PCM, and the transcoder over them. */
export async function run(options: BenchOptions): Promise<Section> {
  return {
    id: 'codecs',
    title: 'Codecs',
    tables: [g711Table(options), pcmTable(options), transcoderTable(options)],
  }
}

if (pathToFileURL(process.argv[1] ?? '').href === import.meta.url) {
  printSection(await run({ quick: process.argv.includes('--quick') }))
}
