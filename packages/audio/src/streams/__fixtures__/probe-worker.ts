import { createResampler } from '../../resampler.ts'
import { webAssemblyRuns } from '../../testing/web-assembly.ts'
import { transformer } from '../index.ts'

/** What the worker is sent, and what it answers. */
export interface ProbeAnswer {
  readonly webAssemblyRuns: boolean
  readonly chunks: readonly Float32Array[]
}

interface WorkerScope {
  onmessage: ((event: { readonly data: readonly Float32Array[] }) => void) | null
  postMessage(answer: ProbeAnswer): void
}

// The platform defines these globals in a worker.
const scope = globalThis as unknown as WorkerScope

async function resampled(pieces: readonly Float32Array[]): Promise<readonly Float32Array[]> {
  const resampler = createResampler({ from: 48_000, to: 16_000 })
  const stream = new TransformStream<Float32Array, Float32Array>(transformer(resampler))
  const writer = stream.writable.getWriter()
  const written = Promise.all([...pieces.map((piece) => writer.write(piece)), writer.close()])
  const chunks: Float32Array[] = []
  for await (const chunk of stream.readable) chunks.push(chunk)
  await written
  return chunks
}

scope.onmessage = ({ data }) =>
  void resampled(data).then((chunks) => scope.postMessage({ webAssemblyRuns, chunks }))
