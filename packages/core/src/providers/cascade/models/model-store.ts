import { readFileSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { RealtimeError } from '../../../errors.ts'
import type { ModelFile } from '../engine/model-file.ts'
import { type DownloadedFile, downloadFile } from './download-file.ts'
import type { ModelEntry } from './manifest.ts'
import { picoModels } from './manifest-pico.ts'
import { whisperModels } from './manifest-whisper.ts'
import type { Fetch } from './published-hash.ts'

/** Every model that can be downloaded. */
export const knownModels: readonly ModelEntry[] = [...whisperModels, ...picoModels]

/** Where models are kept and where they come from. */
export interface ModelStoreOptions {
  readonly directory: string
  /** Never touches the network; what is on disk still works. */
  readonly offline?: boolean
  readonly fetch?: Fetch
  /** Address of the model hub, `https://huggingface.co` by default. */
  readonly hubUrl?: string
  readonly models?: readonly ModelEntry[]
  /** Longest wait for the next bytes, 30 s by default. */
  readonly stallMs?: number
  /** Wait before a file is asked for again, 1 s by default; it grows with every try. */
  readonly retryDelayMs?: number
}

/** A model and how far it is. */
export interface ModelState {
  readonly entry: ModelEntry
  readonly status: 'absent' | 'downloading' | 'ready' | 'failed'
  readonly doneBytes: number
  readonly totalBytes: number
  /** Why the last download failed. */
  readonly error: RealtimeError | undefined
}

/** Options of one download. */
export interface DownloadOptions {
  /** Stops waiting; the download itself stops when nobody waits. What is on disk is used by the next try. */
  readonly signal?: AbortSignal
  readonly onProgress?: (state: ModelState) => void
}

/** Models on disk, each downloaded once and checked by hash. */
export interface ModelStore {
  readonly directory: string
  list(): readonly ModelState[]
  /** Throws `not_found` for an id that is in no manifest. */
  state(id: string): ModelState
  /** Downloads what is missing; parallel calls share one download. Throws `download_failed`. */
  download(id: string, options?: DownloadOptions): Promise<void>
  /** Deletes a model's files; stops a download of it first. */
  remove(id: string): Promise<void>
  /** Folder of a model that is ready. */
  path(id: string): string | undefined
  /** A file of a model with the hash it was checked by. Throws `model_not_downloaded`. */
  file(id: string, path: string): ModelFile
}

interface Progress {
  readonly promise: Promise<void>
  readonly controller: AbortController
  readonly listeners: Set<(state: ModelState) => void>
  readonly bytes: Map<string, number>
  waiters: number
}

type Pins = Readonly<Record<string, DownloadedFile>>

const pinsName = 'model.json'

/** Opens a folder of models; it is made when the first download begins. */
export function createModelStore(options: ModelStoreOptions): ModelStore {
  const {
    directory,
    hubUrl = 'https://huggingface.co',
    models = knownModels,
    stallMs = 30_000,
    retryDelayMs = 1_000,
  } = options
  const fetch: Fetch = options.fetch ?? globalThis.fetch
  const running = new Map<string, Progress>()
  const failures = new Map<string, RealtimeError>()
  const ready = new Map<string, Pins>()

  for (const { id, files } of models) {
    const pins = readPins(join(directory, id, pinsName))
    const complete = files.every(({ path, sha256 }) => {
      const pin = pins[path]
      if (pin === undefined || (sha256 !== undefined && sha256 !== pin.sha256)) return false
      return statSync(join(directory, id, path), { throwIfNoEntry: false })?.size === pin.size
    })
    if (complete) ready.set(id, pins)
  }

  function entryOf(id: string): ModelEntry {
    const entry = models.find((model) => model.id === id)
    if (entry === undefined)
      throw new RealtimeError('not_found', `There is no model ${id}.`, { param: 'model' })
    return entry
  }

  function stateOf(entry: ModelEntry): ModelState {
    const progress = running.get(entry.id)
    const pins = ready.get(entry.id)
    const error = failures.get(entry.id)
    const doneBytes = sum(
      pins === undefined ? progress?.bytes.values() : Object.values(pins).map(({ size }) => size),
    )
    const status = progress ? 'downloading' : pins ? 'ready' : error ? 'failed' : 'absent'
    return {
      entry,
      status,
      doneBytes,
      totalBytes: pins ? doneBytes : Math.max(entry.totalBytes, doneBytes),
      error,
    }
  }

  async function downloadAll(entry: ModelEntry, progress: Progress): Promise<void> {
    const folder = join(directory, entry.id)
    const pinsPath = join(directory, `${entry.id}.lock.json`)
    const earlier = readPins(pinsPath)
    const found: Record<string, DownloadedFile> = {}
    for (const file of entry.files) {
      found[file.path] = await downloadFile({
        url: new URL(file.url, `${hubUrl.replace(/\/$/, '')}/`).href,
        target: join(folder, file.path),
        size: file.size,
        sha256: file.sha256 ?? earlier[file.path]?.sha256,
        fetch,
        signal: progress.controller.signal,
        stallMs,
        retryDelayMs,
        onBytes(done) {
          progress.bytes.set(file.path, done)
          for (const listener of progress.listeners) listener(stateOf(entry))
        },
      })
    }
    // Survives `remove`, so that a hash learnt at the first download holds for the next.
    await writeJson(pinsPath, found)
    // Invariant: this file is the last to appear, so a model with it is whole.
    await writeJson(join(folder, pinsName), found)
    ready.set(entry.id, found)
  }

  function begin(entry: ModelEntry): Progress {
    failures.delete(entry.id)
    const start = Promise.withResolvers<void>()
    const progress: Progress = {
      promise: start.promise,
      controller: new AbortController(),
      listeners: new Set(),
      bytes: new Map(),
      waiters: 0,
    }
    running.set(entry.id, progress)
    const settled = downloadAll(entry, progress)
      .catch((error: unknown) => {
        if (error instanceof RealtimeError) failures.set(entry.id, error)
        throw error
      })
      .finally(() => running.delete(entry.id))
    start.resolve(settled)
    // Whoever waits sees the failure; it is also kept in the state.
    settled.catch(() => undefined)
    return progress
  }

  return {
    directory,
    list: () => models.map(stateOf),
    state: (id) => stateOf(entryOf(id)),
    path: (id) => (ready.has(id) ? join(directory, id) : undefined),
    file(id, path) {
      const pin = ready.get(id)?.[path]
      if (pin === undefined) {
        const { title } = entryOf(id)
        throw new RealtimeError('model_not_downloaded', `${title} needs the download ${id}.`, {
          param: 'model',
        })
      }
      return { path: join(directory, id, path), sha256: pin.sha256 }
    },
    async download(id, { signal, onProgress } = {}) {
      const entry = entryOf(id)
      signal?.throwIfAborted()
      if (ready.has(id)) return
      if (options.offline === true) {
        throw new RealtimeError(
          'download_failed',
          `${entry.title} is not on disk, and downloads are switched off.`,
        )
      }
      // One that everybody left is still putting its file away.
      if (running.get(id)?.controller.signal.aborted === true)
        await running.get(id)?.promise.catch(() => undefined)
      const progress = running.get(id) ?? begin(entry)
      progress.waiters += 1
      if (onProgress !== undefined) progress.listeners.add(onProgress)
      try {
        await untilAborted(progress.promise, signal)
      } finally {
        if (onProgress !== undefined) progress.listeners.delete(onProgress)
        progress.waiters -= 1
        if (progress.waiters === 0) progress.controller.abort(signal?.reason)
      }
      onProgress?.(stateOf(entry))
    },
    async remove(id) {
      entryOf(id)
      const progress = running.get(id)
      progress?.controller.abort(new RealtimeError('download_failed', `The model ${id} was removed.`))
      await progress?.promise.catch(() => undefined)
      ready.delete(id)
      failures.delete(id)
      // The mark goes first: what is left of a removal that was cut off is not a model.
      await rm(join(directory, id, pinsName), { force: true })
      await rm(join(directory, id), { recursive: true, force: true })
    },
  }
}

function sum(values: Iterable<number> | undefined): number {
  let total = 0
  for (const value of values ?? []) total += value
  return total
}

/** Waits for a promise, or rejects with the signal's reason. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return promise
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function readPins(path: string): Pins {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (typeof value !== 'object' || value === null) return {}
    return Object.fromEntries(Object.entries(value).filter(isPin))
  } catch {
    return {}
  }
}

function isPin(entry: [string, unknown]): entry is [string, DownloadedFile] {
  const value = entry[1]
  if (typeof value !== 'object' || value === null) return false
  return (
    'size' in value && typeof value.size === 'number' && 'sha256' in value && typeof value.sha256 === 'string'
  )
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  const file = await open(`${path}.part`, 'w')
  try {
    await file.writeFile(JSON.stringify(value, null, 2))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}
