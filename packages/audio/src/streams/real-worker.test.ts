import { describe, expect, inject, it } from 'vitest'
import { createResampler } from '../resampler.ts'
import { concatFloat32, noise, randomlyCut } from '../testing/index.ts'
import type { ProbeAnswer } from './__fixtures__/probe-worker.ts'

interface BrowserWorker {
  onmessage: ((event: { readonly data: ProbeAnswer }) => void) | null
  onerror: ((event: { readonly message: string }) => void) | null
  postMessage(pieces: readonly Float32Array[]): void
  terminate(): void
}

/** A browser's workers, which Node has not under this name. */
const { Worker } = globalThis as {
  readonly Worker?: new (url: URL, options: { readonly type: 'module' }) => BrowserWorker
}

describe.skipIf(!Worker)('in a real worker', () => {
  it('a transform stream gives the same samples, and WebAssembly runs if the page may run it', async () => {
    if (!Worker) return
    const input = noise({ seed: 12, length: 20_000 })
    const worker = new Worker(new URL('__fixtures__/probe-worker.ts', import.meta.url), { type: 'module' })
    const { promise, resolve, reject } = Promise.withResolvers<ProbeAnswer>()
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(randomlyCut(input, 6).map((piece) => piece.slice()))
    const { webAssemblyRuns, chunks } = await promise
    worker.terminate()
    expect(webAssemblyRuns).toBe(inject('forbidsWebAssembly') !== true)
    const resampler = createResampler({ from: 48_000, to: 16_000, engine: 'js' })
    expect(concatFloat32(chunks)).toEqual(concatFloat32([...resampler.process(input), ...resampler.flush()]))
  })
})
