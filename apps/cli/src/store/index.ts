import type { Command } from 'commander'
import * as z from 'zod'
import { stopped, usageError } from '../command-failure.ts'
import { readEnvironment, setting } from '../environment.ts'
import { onInterrupt } from '../interrupt.ts'
import { checkOutputPaths } from '../output-files.ts'
import { liveProgress } from '../terminal/live-progress.ts'
import { print, tell } from '../terminal/terminal.ts'
import { openStore, shownAddress, usualFile, usualStore } from './open-store.ts'
import { runExport, runImport } from './run-files.ts'
import { beginText, progressText, runMove } from './run-move.ts'

const MoveOptions = z.object({
  to: z.string().optional(),
  from: z.string().optional(),
  json: z.boolean().optional(),
})
const StoreOption = z.object({ store: z.string().optional() })
const ExportOptions = StoreOption.extend({ out: z.string().optional(), audio: z.boolean() })
const Names = z.array(z.string())

const storeOption = [
  '--store <place>',
  'database (postgres://...) or file; the one the settings of the gateway name by default',
] as const

/** Adds `parley store`. */
export function registerStore(program: Command): void {
  const store = program
    .command('store')
    .summary('move, export, import and purge stored conversations')
    .description(
      'Work on stored conversations without a gateway. A file of conversations is held by one process alone, so stop the gateway first; a database may be in use. A running gateway does the same over REST.',
    )
  registerMove(store)
  registerExport(store)
  registerImport(store)
  registerPurge(store)
}

function registerMove(store: Command): void {
  store
    .command('move')
    .summary('move everything to PostgreSQL')
    .description(
      'Copy every conversation with its times, sounds and retention, and what is known of people, to another store, and compare what arrived. The first store stays as it is. A move that was stopped goes on with the same command.',
    )
    .option(
      '--to <place>',
      'database (postgres://user:password@host/name) or file; PARLEY_DATABASE_URL by default',
    )
    .option('--from <place>', 'file or database; conversations.sqlite in the data folder by default')
    .option('--json', 'progress and result as lines of JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  PARLEY_DATABASE_URL=postgres://parley:secret@db/parley parley store move
  parley store move --to postgres://parley:secret@db/parley --from ~/parley/conversations.sqlite --json`,
    )
    .action(async (given: unknown) => {
      const options = MoveOptions.parse(given)
      const environment = readEnvironment()
      const to = options.to ?? setting(environment, 'PARLEY_DATABASE_URL')
      if (to === undefined) throw usageError('Say where to: --to postgres://... or PARLEY_DATABASE_URL.')
      const from = options.from ?? usualFile(environment)
      using interrupt = onInterrupt()
      using progress = liveProgress()
      const moved = await runMove({
        from,
        to,
        signal: interrupt.signal,
        intervalMs: 500,
        onBegin: (found) =>
          options.json === true
            ? print(JSON.stringify({ state: 'begun', ...found }))
            : tell(beginText(shownAddress(to), found)),
        onProgress: (state) =>
          options.json === true
            ? print(JSON.stringify({ state: 'moving', ...state }))
            : progress.say(progressText(state)),
      })
      progress.clear()
      if (options.json === true) return print(JSON.stringify({ state: 'moved', ...moved }))
      print(`Moved ${progressText(moved)}, and compared all of it.`)
      if (moved.total > 0 && moved.skipped === moved.total) tell('No conversation was left to copy.')
      tell(`${shownAddress(from)} is as it was. Start the gateway with PARLEY_DATABASE_URL.`)
    })
}

function registerExport(store: Command): void {
  store
    .command('export')
    .summary('write conversations as JSON')
    .description('Write conversations as JSON, whole: log, times and kept sound. Without an id all of them.')
    .argument('[id...]', 'conversations')
    .option('--out <folder>', 'one file each; needed for more than one')
    .option('--no-audio', 'leave kept sound out')
    .option(...storeOption)
    .addHelpText(
      'after',
      `
Examples:
  parley store export conv_123 > conv_123.json
  parley store export --out backup`,
    )
    .action(async (given: unknown, rest: unknown) => {
      const ids = Names.parse(given)
      const { out: folder, audio, store: place } = ExportOptions.parse(rest)
      if (folder === undefined && ids.length !== 1)
        throw usageError('For more than one conversation say --out <folder>.')
      await checkOutputPaths([{ option: '--out', path: folder, kind: 'folder' }])
      using interrupt = onInterrupt()
      await using opened = await openStore(place ?? usualStore(readEnvironment()), { mustExist: true })
      const request = { store: opened, ids, folder, audio, signal: interrupt.signal }
      const count = await runExport(request).catch((error: unknown) => {
        throw interrupt.signal.aborted ? stopped() : error
      })
      if (folder !== undefined) tell(`${count} conversations in ${folder}`)
    })
}

function registerImport(store: Command): void {
  store
    .command('import')
    .summary('take in conversations that were exported')
    .description('Take in files that "parley store export" or a gateway has written. Prints the ids.')
    .argument('<file...>', 'exported conversations')
    .option(...storeOption)
    .addHelpText(
      'after',
      `
Example:
  parley store import backup/*.json`,
    )
    .action(async (given: unknown, rest: unknown) => {
      const { store: place } = StoreOption.parse(rest)
      await using opened = await openStore(place ?? usualStore(readEnvironment()), { mustExist: false })
      for (const id of await runImport(opened, Names.parse(given))) print(id)
    })
}

function registerPurge(store: Command): void {
  store
    .command('purge')
    .summary('delete conversations whose time is over')
    .description(
      'Delete conversations whose retention time is over, as a running gateway does every ten minutes.',
    )
    .option(...storeOption)
    .addHelpText(
      'after',
      `
Example:
  parley store purge`,
    )
    .action(async (given: unknown) => {
      const { store: place } = StoreOption.parse(given)
      await using opened = await openStore(place ?? usualStore(readEnvironment()), { mustExist: true })
      let deleted = 0
      for (let last = -1; last !== 0; deleted += last) {
        // Batch by batch: others may be waiting.
        // oxlint-disable-next-line no-await-in-loop
        last = (await opened.purge(100)).length
      }
      print(`${deleted} conversations deleted`)
    })
}
