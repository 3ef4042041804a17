import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import type { ModelEntry, ModelFileEntry } from './manifest.ts'
import { createModelStore, knownModels, type ModelStore, type ModelStoreOptions } from './model-store.ts'

const content = Buffer.from('a model of some size, '.repeat(5_000))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A model hub on loopback; requests are kept. */
async function hub(handler: Handler): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}`, requests }
}

/** Serves the content with ranges. */
const serve: Handler = (request, response) => {
  const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
  const body = content.subarray(start)
  const range = start > 0 ? { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` } : {}
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length, ...range })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function model(file: Partial<ModelFileEntry> = {}): ModelEntry {
  return {
    id: 'tiny',
    title: 'A tiny model',
    purpose: 'speech',
    languages: ['de'],
    licence: 'MIT',
    source: 'https://example.org',
    totalBytes: content.length,
    files: [
      {
        path: 'weights.bin',
        url: 'tiny/weights.bin',
        size: content.length,
        sha256: sha256(content),
        ...file,
      },
    ],
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-models-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function store(options: Partial<ModelStoreOptions>): ModelStore {
  return createModelStore({ directory: newFolder(), models: [model()], retryDelayMs: 0, ...options })
}

describe('the model store', () => {
  it('downloads a model, reports progress and names its file with its hash', async () => {
    const { url } = await hub(serve)
    const models = store({ hubUrl: url })
    const seen: number[] = []
    await models.download('tiny', { onProgress: ({ doneBytes }) => void seen.push(doneBytes) })
    expect(models.state('tiny')).toMatchObject({
      status: 'ready',
      doneBytes: content.length,
      totalBytes: content.length,
    })
    expect(seen.at(-1)).toBe(content.length)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    const file = models.file('tiny', 'weights.bin')
    expect(file.sha256).toBe(sha256(content))
    expect(readFileSync(file.path)).toEqual(content)
  })

  it('finds a downloaded model again without the network', async () => {
    const { url } = await hub(serve)
    const directory = newFolder()
    await store({ directory, hubUrl: url }).download('tiny')
    const offline = store({ directory, offline: true })
    expect(offline.state('tiny').status).toBe('ready')
    await offline.download('tiny')
  })

  it('does not take a file that was cut short on disk for a model', async () => {
    const { url } = await hub(serve)
    const directory = newFolder()
    const models = store({ directory, hubUrl: url })
    await models.download('tiny')
    writeFileSync(models.file('tiny', 'weights.bin').path, content.subarray(1))
    expect(store({ directory }).state('tiny').status).toBe('absent')
  })

  it('refuses a file of a model that is not there, naming the download', () => {
    expect(() => store({}).file('tiny', 'weights.bin')).toThrow(
      expect.objectContaining({ code: 'model_not_downloaded', message: expect.stringContaining('tiny') }),
    )
  })

  it('refuses to download when offline and keeps the state', async () => {
    const models = store({ offline: true })
    await expect(models.download('tiny')).rejects.toMatchObject({ code: 'download_failed' })
    expect(models.state('tiny').status).toBe('absent')
  })

  it('refuses an unknown id', async () => {
    await expect(store({}).download('huge')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('reports a missing file by name and status, at once', async () => {
    const { url, requests } = await hub((_, response) => response.writeHead(404).end())
    const models = store({ hubUrl: url })
    await expect(models.download('tiny')).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringMatching(/weights\.bin.*404/),
    })
    expect(requests).toHaveLength(1)
    expect(models.state('tiny')).toMatchObject({ status: 'failed', error: { code: 'download_failed' } })
  })

  it('deletes content with a wrong hash', async () => {
    const { url } = await hub(serve)
    const directory = newFolder()
    const models = store({ directory, hubUrl: url, models: [model({ sha256: sha256(Buffer.from('else')) })] })
    await expect(models.download('tiny')).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringContaining('hash'),
    })
    expect(existsSync(join(directory, 'tiny', 'weights.bin'))).toBe(false)
    expect(existsSync(join(directory, 'tiny', 'weights.bin.part'))).toBe(false)
  })

  it('goes on after a cut connection without asking for what it has', async () => {
    const cut = 40_000
    const first = Promise.withResolvers<ServerResponse>()
    const { url, requests } = await hub((request, response) => {
      if (requests.length > 1) return serve(request, response)
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, cut), () => first.resolve(response))
    })
    const models = store({ hubUrl: url })
    const arrived = Promise.withResolvers<void>()
    const download = models.download('tiny', {
      onProgress: ({ doneBytes }) => void (doneBytes === cut && arrived.resolve()),
    })
    await arrived.promise
    const response = await first.promise
    response.destroy()
    await download
    expect(models.state('tiny').status).toBe('ready')
    expect(requests[1]?.headers.range).toBe(`bytes=${cut}-`)
  })

  it('asks again when the server is busy', async () => {
    const { url, requests } = await hub((request, response) => {
      if (requests.length > 1) return serve(request, response)
      response.writeHead(503).end()
    })
    const models = store({ hubUrl: url })
    await models.download('tiny')
    expect(models.state('tiny').status).toBe('ready')
  })

  it('goes on after a restart from what the process before left', async () => {
    const { url, requests } = await hub(serve)
    const directory = newFolder()
    await mkdir(join(directory, 'tiny'))
    writeFileSync(join(directory, 'tiny', 'weights.bin.part'), content.subarray(0, 1_000))
    await store({ directory, hubUrl: url }).download('tiny')
    expect(requests[0]?.headers.range).toBe('bytes=1000-')
  })

  it('starts over when the server has no ranges', async () => {
    const { url } = await hub((_, response) => response.writeHead(200).end(content))
    const directory = newFolder()
    await mkdir(join(directory, 'tiny'))
    writeFileSync(join(directory, 'tiny', 'weights.bin.part'), 'something else')
    const models = store({ directory, hubUrl: url })
    await models.download('tiny')
    expect(readFileSync(models.file('tiny', 'weights.bin').path)).toEqual(content)
  })

  it('gives up on a server that stops sending', async () => {
    const { url } = await hub((_, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 10))
    })
    const models = store({ hubUrl: url, stallMs: 30 })
    await expect(models.download('tiny')).rejects.toMatchObject({
      code: 'download_failed',
      message: expect.stringContaining('no data'),
    })
  })

  it('shares one download between callers and stops it only when all have left', async () => {
    const slow = Promise.withResolvers<ServerResponse>()
    const { url, requests } = await hub((_, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 10), () => slow.resolve(response))
    })
    const models = store({ hubUrl: url })
    const controller = new AbortController()
    const first = models.download('tiny', { signal: controller.signal })
    const second = models.download('tiny')
    const response = await slow.promise
    expect(models.state('tiny').status).toBe('downloading')
    controller.abort(new Error('not me'))
    await expect(first).rejects.toThrow('not me')
    response.end(content.subarray(10))
    await second
    expect(models.state('tiny').status).toBe('ready')
    expect(requests).toHaveLength(1)
  })

  it('stops when the only caller leaves, and goes on later', async () => {
    const begun = Promise.withResolvers<void>()
    let served = 0
    const { url, requests } = await hub((request, response) => {
      served += 1
      if (served > 1) return serve(request, response)
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 5_000), () => begun.resolve())
    })
    const models = store({ hubUrl: url })
    const controller = new AbortController()
    const progress = Promise.withResolvers<void>()
    const first = models.download('tiny', { signal: controller.signal, onProgress: () => progress.resolve() })
    await Promise.all([begun.promise, progress.promise])
    controller.abort(new Error('later'))
    await expect(first).rejects.toThrow('later')
    await expect.poll(() => models.state('tiny').status).toBe('absent')
    await models.download('tiny')
    expect(models.state('tiny').status).toBe('ready')
    expect(requests[1]?.headers.range).toBe('bytes=5000-')
  })

  it('removes a model from disk', async () => {
    const { url } = await hub(serve)
    const models = store({ hubUrl: url })
    await models.download('tiny')
    const { path } = models.file('tiny', 'weights.bin')
    await models.remove('tiny')
    expect(existsSync(path)).toBe(false)
    expect(models.state('tiny').status).toBe('absent')
  })

  describe('with a file whose hash is not known here', () => {
    const unknown = model({ sha256: undefined, size: undefined })
    const tagged =
      (tag: string): Handler =>
      (request, response) => {
        response.setHeader('x-linked-etag', `"${tag}"`)
        serve(request, response)
      }

    it('checks it against the hash the hub states', async () => {
      const good = await hub(tagged(sha256(content)))
      await store({ hubUrl: good.url, models: [unknown] }).download('tiny')
      const bad = await hub(tagged(sha256(Buffer.from('else'))))
      await expect(store({ hubUrl: bad.url, models: [unknown] }).download('tiny')).rejects.toMatchObject({
        code: 'download_failed',
      })
    })

    it('understands the git hash of a small file', async () => {
      const gitHash = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
      const good = await hub(tagged(gitHash))
      await store({ hubUrl: good.url, models: [unknown] }).download('tiny')
      const bad = await hub(tagged('0'.repeat(40)))
      await expect(store({ hubUrl: bad.url, models: [unknown] }).download('tiny')).rejects.toMatchObject({
        code: 'download_failed',
      })
    })

    it('reads the hash before a redirect hides it', async () => {
      const cdn = await hub(serve)
      const redirecting = await hub((_, response) => {
        response
          .writeHead(302, { location: `${cdn.url}/weights`, 'x-linked-etag': `"${'0'.repeat(64)}"` })
          .end()
      })
      await expect(
        store({ hubUrl: redirecting.url, models: [unknown] }).download('tiny'),
      ).rejects.toMatchObject({
        code: 'download_failed',
        message: expect.stringContaining('hash'),
      })
    })

    it('holds a later download to the content of the first', async () => {
      const directory = newFolder()
      const { url } = await hub(serve)
      const models = store({ directory, hubUrl: url, models: [unknown] })
      await models.download('tiny')
      await models.remove('tiny')
      const other = await hub((_, response) => response.writeHead(200).end('other content'))
      await expect(
        store({ directory, hubUrl: other.url, models: [unknown] }).download('tiny'),
      ).rejects.toMatchObject({
        code: 'download_failed',
        message: expect.stringContaining('hash'),
      })
    })
  })
})

describe('the list of known models', () => {
  it('has a hash, a size and a licence for every file', () => {
    for (const { files, licence, totalBytes } of knownModels) {
      expect(licence).toBe('Apache-2.0')
      expect(files.every(({ sha256: hash, size }) => hash?.length === 64 && size !== undefined)).toBe(true)
      expect(files.reduce((sum, { size = 0 }) => sum + size, 0)).toBe(totalBytes)
    }
  })
})
