/** Which code does the arithmetic: `auto` is WebAssembly where it may run, else JavaScript. Both give the same samples. */
export type Engine = 'auto' | 'wasm' | 'js'

/** Memory of an instance; its buffer is another one after it grew. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer
  /** By pages of 64 KiB. */
  grow(pages: number): void
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
    const module = new api.Module(bytesOf(base64))
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
  if (!instance && engine === 'wasm') throw new RangeError('There is no WebAssembly with SIMD here')
  return instance
}

/** Bytes of base64 without padding. The reader for base64 of others, which checks it, would be a quarter of a resampler. */
function bytesOf(base64: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(base64.length * 0.75))
  let at = 0
  let bits = 0
  for (let i = 0; i < base64.length; i++) {
    const code = base64.charCodeAt(i)
    const value = code > 96 ? code - 71 : code > 64 ? code - 65 : code > 47 ? code + 4 : code === 43 ? 62 : 63
    bits = (bits << 6) | value
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4))
  }
  return bytes
}
