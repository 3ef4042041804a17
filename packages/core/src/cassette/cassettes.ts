import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { mkdir, open, readFile, readdir, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { RealtimeError, toRealtimeError } from '../errors.ts'
import { createBreather } from './breathe.ts'
import { createEntryWriter, tenth } from './entry-line.ts'
import { isCassetteId } from './format.ts'
import type { Cassette, CassetteHeader, CassetteSummary } from './format.ts'
import { parseHeader, readCassette } from './read-cassette.ts'
import type { Redact } from './redact.ts'
import { summariseFile } from './summary.ts'
import { pieceLength } from './tape.ts'
import type { TapeSink } from './tape.ts'

/** Where cassettes are kept. */
export interface CassettesOptions {
  readonly directory: string
  /** Bytes all cassettes may take up together. */
  readonly maxBytes: number
}

/** The cassettes of a folder: one file each, `<id>.ndjson`. */
export interface Cassettes {
  /** Newest first. Files that are no cassettes are left out. */
  list(): Promise<readonly CassetteSummary[]>
  /** Names without a look inside. */
  ids(): readonly string[]
  /** `undefined` when there is no such cassette; throws `invalid_value` when it is none. */
  header(id: string): CassetteHeader | undefined
  /** Throws `not_found`, or `invalid_value` naming the line at fault. */
  load(id: string): Promise<Cassette>
  /** The file as it is; throws `not_found`. */
  read(id: string): Promise<Uint8Array<ArrayBuffer>>
  /** Keeps a cassette from elsewhere, written anew without secrets. */
  add(text: string, redact: Redact): Promise<CassetteSummary>
  /** False when there was none. */
  delete(id: string): Promise<boolean>
  /** A sink that makes the file with its first line. */
  sink(id: string): TapeSink
  /** Throws `store_unavailable` when there is no room for another one. */
  checkRoom(): Promise<void>
}

const ending = '.ndjson'

/** A header is far shorter. */
const maxHeaderBytes = 64 * 1024

/** Opens a folder, which is made with the first cassette. */
export function openCassettes({ directory, maxBytes }: CassettesOptions): Cassettes {
  const summaries = new Map<string, { readonly key: string; readonly summary: CassetteSummary | undefined }>()
  let usedBytes = 0
  let counted: Promise<void> | undefined

  const pathOf = (id: string): string => join(directory, `${id}${ending}`)
  const namesOf = (files: readonly string[]): readonly string[] =>
    files
      .flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []))
      .filter(isCassetteId)

  /** Adds up once what is there; from then on this process counts what it writes and deletes. */
  async function count(): Promise<void> {
    const ids = namesOf(await readdir(directory).catch(absent<string[]>([])))
    const sizes = await Promise.all(
      ids.map(async (id) => (await stat(pathOf(id)).catch(absent(undefined)))?.size ?? 0),
    )
    usedBytes += sizes.reduce((sum, size) => sum + size, 0)
  }

  async function used(): Promise<number> {
    counted ??= count()
    await counted
    return usedBytes
  }

  async function take(bytes: number): Promise<void> {
    if ((await used()) + bytes > maxBytes) throw full(maxBytes)
    usedBytes += bytes
  }

  async function summarise(id: string): Promise<CassetteSummary | undefined> {
    const found = await stat(pathOf(id)).catch(absent(undefined))
    if (found === undefined) return undefined
    const key = `${found.size} ${found.mtimeMs}`
    const known = summaries.get(id)
    if (known?.key === key) return known.summary
    // A file goes by its own name, whatever it was recorded as.
    const summary = await summariseFile(pathOf(id), id).catch(() => undefined)
    summaries.set(id, { key, summary })
    return summary
  }

  async function read(id: string): Promise<Uint8Array<ArrayBuffer>> {
    if (!isCassetteId(id)) throw unknownCassette(id)
    const bytes = await readFile(pathOf(id)).catch(absent(undefined))
    if (bytes === undefined) throw unknownCassette(id)
    return new Uint8Array(bytes)
  }

  async function remove(id: string): Promise<boolean> {
    if (!isCassetteId(id)) return false
    const found = await stat(pathOf(id)).catch(absent(undefined))
    if (found === undefined) return false
    await used()
    await rm(pathOf(id))
    usedBytes = Math.max(0, usedBytes - found.size)
    summaries.delete(id)
    return true
  }

  return {
    async list() {
      const ids = namesOf(await readdir(directory).catch(absent<string[]>([])))
      const found: CassetteSummary[] = []
      // One file in memory at a time.
      for (const id of ids) {
        // oxlint-disable-next-line no-await-in-loop
        const summary = await summarise(id)
        if (summary) found.push(summary)
      }
      return found.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt) || a.id.localeCompare(b.id))
    },
    ids() {
      try {
        return namesOf(readdirSync(directory))
      } catch {
        return []
      }
    },
    header(id) {
      if (!isCassetteId(id)) return undefined
      const line = firstLine(pathOf(id))
      return line === undefined ? undefined : parseHeader(line)
    },
    read,
    load: async (id) => readCassette(new TextDecoder().decode(await read(id))),
    async add(text, redact) {
      const { header, entries, end, durationMs } = await readCassette(text)
      const lineOf = createEntryWriter(header.audio, redact)
      const breathe = createBreather()
      const sink = createSink(header.id)
      try {
        await sink.append(`${JSON.stringify(redact(header))}\n`)
        let piece = ''
        for (const entry of entries) {
          piece += lineOf(entry)
          // The order of the lines is the order of the events.
          // oxlint-disable-next-line no-await-in-loop
          await breathe()
          if (piece.length < pieceLength) continue
          // oxlint-disable-next-line no-await-in-loop
          await sink.append(piece)
          piece = ''
        }
        const last = { t: tenth(durationMs), from: 'recorder', ...end, events: entries.length }
        await sink.append(piece + (end ? `${JSON.stringify(redact(last))}\n` : ''))
      } catch (error) {
        // Half of an upload is of no use; one that was there before stays.
        if (toRealtimeError(error).code !== 'revision_conflict') await remove(header.id)
        throw error
      } finally {
        await sink.close()
      }
      return summariseFile(pathOf(header.id), header.id)
    },
    delete: remove,
    sink: createSink,
    async checkRoom() {
      if ((await used()) >= maxBytes) throw full(maxBytes)
    },
  }

  function createSink(id: string): TapeSink {
    if (!isCassetteId(id))
      throw new RealtimeError('invalid_value', 'This is no name for a cassette.', { param: 'id' })
    let file: FileHandle | undefined
    return {
      async append(text) {
        const bytes = new TextEncoder().encode(text)
        await take(bytes.byteLength)
        if (file === undefined) {
          await mkdir(directory, { recursive: true, mode: 0o700 })
          file = await open(pathOf(id), 'wx', 0o600).catch((cause: unknown) => {
            throw isErrno(cause, 'EEXIST') ? taken(id) : cause
          })
        }
        await file.writeFile(bytes)
      },
      async close() {
        if (file === undefined) return
        try {
          await file.sync()
        } finally {
          await file.close()
        }
      },
    }
  }
}

function firstLine(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    const bytes = new Uint8Array(maxHeaderBytes)
    const text = new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes)))
    return text.split('\n', 1)[0] ?? ''
  } finally {
    closeSync(file)
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** For a file or folder that is not there; anything else is a failure. */
function absent<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isErrno(error, 'ENOENT')) return value
    throw new RealtimeError('store_unavailable', 'The cassettes cannot be read.', { cause: error })
  }
}

function full(maxBytes: number): RealtimeError {
  const megabytes = Math.round(maxBytes / 1024 / 1024)
  const message = `The cassettes have reached their limit of ${megabytes} MB. Delete some, or raise the limit.`
  return new RealtimeError('store_unavailable', message, { param: 'record' })
}

function taken(id: string): RealtimeError {
  return new RealtimeError('revision_conflict', `There is a cassette called ${id} already.`, { param: 'id' })
}

/** Nothing is called so. */
export function unknownCassette(id: string): RealtimeError {
  return new RealtimeError('not_found', `There is no cassette called "${id.slice(0, 64)}".`, { param: 'id' })
}
