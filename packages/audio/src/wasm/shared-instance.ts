import { base64ToBytes } from '../base64.ts'

/** Which code does the arithmetic: `auto` is WebAssembly where it may run, else JavaScript. Both give the same samples. */
export type Engine = 'auto' | 'wasm' | 'js'

/** Memory of an instance; its buffer is another one after it grew. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

/**
 * The one instance of a module in this thread, made at the first call; `undefined` where WebAssembly is missing, has no
 * SIMD, or is forbidden by a content security policy. `Exports` is the shape the module was compiled with.
 */
export function sharedInstance<Exports extends { readonly memory: WasmMemory }>(
  base64: string,
): () => Exports | undefined {
  let instance: { readonly exports: Exports | undefined } | undefined
  return () => (instance ??= { exports: instantiate<Exports>(base64) }).exports
}

/** An instance of its own, for a module that keeps one thing in its memory; `undefined` as above. */
export function instantiate<Exports>(base64: string): Exports | undefined {
  // Neither Node's types nor the DOM's are here, which declare it.
  const { WebAssembly: api } = globalThis as { readonly WebAssembly?: WebAssemblyApi }
  if (!api) return undefined
  try {
    const module = new api.Module(base64ToBytes(base64))
    // The exports are those of the module beside its caller, made from sources that declare them.
    return new api.Instance(module, {}).exports as Exports
  } catch {
    return undefined
  }
}

/** The instance for an engine choice: `undefined` means JavaScript. Throws `RangeError` when `wasm` cannot run. */
export function instanceFor<Exports>(engine: Engine, shared: () => Exports | undefined): Exports | undefined {
  if (engine === 'js') return undefined
  const instance = shared()
  if (!instance && engine === 'wasm') throw new RangeError('WebAssembly with SIMD is not available here.')
  return instance
}
