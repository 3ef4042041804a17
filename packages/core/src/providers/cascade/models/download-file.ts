import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { RealtimeError } from '../../../errors.ts'
import { type Fetch, publishedHash } from './published-hash.ts'

/** One file to download. */
export interface FileDownload {
  readonly url: string
  readonly target: string
  readonly size: number | undefined
  /** `undefined` = ask the server for the hash of the file. */
  readonly sha256: string | undefined
  readonly fetch: Fetch
  readonly signal: AbortSignal
  /** Longest wait for the next bytes. */
  readonly stallMs: number
  readonly retryDelayMs: number
  /** Bytes of this file that are on disk, as they grow. */
  readonly onBytes: (done: number, total: number | undefined) => void
}

/** What a download left on disk. */
export interface DownloadedFile {
  readonly size: number
  readonly sha256: string
}

/** A server's answer that will not change by asking again. */
class FinalError extends Error {}

const maxAttempts = 4

/**
 * Downloads one file under a temporary name, goes on where an earlier try ended, checks the hash of the whole and
 * renames it. Throws `download_failed`; after a wrong hash nothing is left on disk.
 */
export async function downloadFile(download: FileDownload): Promise<DownloadedFile> {
  const { target, signal } = download
  await mkdir(dirname(target), { recursive: true })
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptDownload(download)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof FinalError || attempt === maxAttempts) throw downloadFailed(download, error)
      await delay(attempt * download.retryDelayMs, undefined, { signal })
    }
  }
}

function downloadFailed({ target, url }: FileDownload, error: unknown): RealtimeError {
  const reason = error instanceof Error ? error.message : String(error)
  const name = target.split(/[/\\]/).at(-1) ?? target
  return new RealtimeError(
    'download_failed',
    `${name} could not be downloaded from ${new URL(url).host}: ${reason}`,
    {
      cause: error,
    },
  )
}

async function attemptDownload(download: FileDownload): Promise<DownloadedFile> {
  const { target, size } = download
  const partial = `${target}.part`
  const published = download.sha256 === undefined ? await publishedHash(download) : undefined
  const onDisk = await sizeOf(partial)
  if (size === undefined || onDisk !== size) await fetchRest(download, partial, onDisk)
  const hashes = await hashesOf(partial)
  const expected =
    download.sha256 === undefined ? published : { algorithm: 'sha256' as const, value: download.sha256 }
  if (expected !== undefined && hashes[expected.algorithm] !== expected.value) {
    await rm(partial, { force: true })
    throw new FinalError(`its content has another hash than expected (${hashes.sha256})`)
  }
  await rename(partial, target)
  return { size: hashes.size, sha256: hashes.sha256 }
}

async function fetchRest(download: FileDownload, partial: string, onDisk: number): Promise<void> {
  const stalled = new AbortController()
  const signal = AbortSignal.any([download.signal, stalled.signal])
  let timer = setTimeout(() => undefined, 0)
  const expectBytes = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => stalled.abort(new Error('no data for too long')), download.stallMs)
  }
  expectBytes()
  try {
    const headers: Record<string, string> = onDisk > 0 ? { range: `bytes=${onDisk}-` } : {}
    const response = await download.fetch(download.url, { headers, signal })
    if (response.status === 416) {
      await rm(partial, { force: true })
      throw new Error('the part on disk does not fit the file')
    }
    if (!response.ok || response.body === null) {
      const message = `the server answered ${response.status}`
      throw response.status >= 500 || response.status === 429 ? new Error(message) : new FinalError(message)
    }
    // A server without ranges sends the whole file again.
    const start = response.status === 206 ? onDisk : 0
    const length = response.headers.get('content-length')
    const total = download.size ?? (length === null ? undefined : start + Number(length))
    const file = await open(partial, start === 0 ? 'w' : 'a')
    try {
      let done = start
      for await (const chunk of response.body) {
        expectBytes()
        await file.writeFile(chunk)
        done += chunk.length
        download.onBytes(done, total)
      }
      await file.sync()
      if (total !== undefined && done < total)
        throw new Error(`the connection ended after ${done} of ${total} bytes`)
    } finally {
      await file.close()
    }
  } finally {
    clearTimeout(timer)
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (found) => found.size,
    () => 0,
  )
}

/** SHA-256 of the content, and the hash git gives to a file of this content. */
async function hashesOf(path: string): Promise<{ size: number; sha256: string; gitSha1: string }> {
  const size = await sizeOf(path)
  const sha256 = createHash('sha256')
  const gitSha1 = createHash('sha1').update(`blob ${size}\0`)
  for await (const chunk of createReadStream(path)) {
    sha256.update(chunk)
    gitSha1.update(chunk)
  }
  return { size, sha256: sha256.digest('hex'), gitSha1: gitSha1.digest('hex') }
}
