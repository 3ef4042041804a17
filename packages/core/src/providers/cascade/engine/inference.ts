import type * as Ort from 'onnxruntime-web'

/** `native` is faster and an optional dependency, `wasm` is always there; `auto` tries them in this order. */
export type InferenceBackend = 'auto' | 'native' | 'wasm'

/** An inference runtime, one thread a session. */
export interface Inference {
  readonly backend: 'native' | 'wasm'
  readonly Tensor: typeof Ort.Tensor
  createSession(model: Uint8Array): Promise<Ort.InferenceSession>
}

/** Loads a runtime inside an engine's child process; its calls block, so never load it in the gateway's own. */
export async function loadInference(backend: InferenceBackend): Promise<Inference> {
  if (backend === 'wasm') return loadWasm()
  try {
    return await loadNative()
  } catch (error) {
    if (backend === 'native') throw error
    return loadWasm()
  }
}

// Error level only: the graph optimiser's warnings are of no use to anyone who runs these models.
const sessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  enableCpuMemArena: true,
  logSeverityLevel: 3,
} as const

async function loadNative(): Promise<Inference> {
  const runtime = await import('onnxruntime-node')
  return {
    backend: 'native',
    Tensor: runtime.Tensor,
    createSession: (model) =>
      runtime.InferenceSession.create(model, { ...sessionOptions, executionProviders: ['cpu'] }),
  }
}

async function loadWasm(): Promise<Inference> {
  const runtime = await import('onnxruntime-web/wasm')
  runtime.env.wasm.numThreads = 1
  runtime.env.wasm.proxy = false
  return {
    backend: 'wasm',
    Tensor: runtime.Tensor,
    createSession: (model) =>
      runtime.InferenceSession.create(model, { ...sessionOptions, executionProviders: ['wasm'] }),
  }
}
