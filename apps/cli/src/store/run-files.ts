import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RealtimeError } from '@parley/core'
import { exportContext, importContext } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { CommandFailure, messageOf, usageError } from '../command-failure.ts'
import { writeOutput } from '../output-files.ts'
import { print } from '../terminal/terminal.ts'

/** What is exported, and how. */
export interface ExportRequest {
  readonly store: ContextStore
  /** Conversations; empty for all of them. */
  readonly ids: readonly string[]
  /** A folder for one file each; standard output without it, for one conversation. */
  readonly folder: string | undefined
  readonly audio: boolean
  readonly signal: AbortSignal
}

/** Writes conversations as JSON; gives how many. */
export async function runExport({ store, ids, folder, audio, signal }: ExportRequest): Promise<number> {
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  let count = 0
  for await (const id of ids.length > 0 ? ids : allIds(store)) {
    signal.throwIfAborted()
    const document = await exportContext(store, id, { audio })
    if (document === undefined) throw usageError(`There is no conversation ${id}.`)
    const text = JSON.stringify(document, null, 2)
    if (folder === undefined) print(text)
    else await writeOutput(join(folder, `${encodeURIComponent(id)}.json`), `${text}\n`)
    count += 1
  }
  return count
}

/** Takes files in that an export has written; gives their ids. Ends with the first that cannot be taken in. */
export async function runImport(store: ContextStore, files: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const file of files) {
    // In order: what was taken in before a failure is told by its id.
    // oxlint-disable-next-line no-await-in-loop
    const text = await readFile(file, 'utf8').catch((error: unknown) => {
      throw usageError(`${file} cannot be read: ${messageOf(error)}`)
    })
    try {
      // oxlint-disable-next-line no-await-in-loop
      ids.push((await importContext(store, JSON.parse(text))).id)
    } catch (cause) {
      if (!(cause instanceof RealtimeError || cause instanceof SyntaxError)) throw cause
      const isTaken = cause instanceof RealtimeError && cause.code === 'revision_conflict'
      const reason = isTaken ? 'there is such a conversation already' : cause.message
      throw new CommandFailure(`${file} was not taken in: ${reason}.`, undefined, { cause })
    }
  }
  return ids
}

async function* allIds(store: ContextStore): AsyncGenerator<string> {
  let after: string | undefined
  do {
    // oxlint-disable-next-line no-await-in-loop
    const { contexts, cursor } = await store.list({ limit: 100, after })
    for (const { id } of contexts) yield id
    after = cursor
  } while (after !== undefined)
}
