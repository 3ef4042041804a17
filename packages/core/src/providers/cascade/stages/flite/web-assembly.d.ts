// The part of the WebAssembly API used here; neither the language's nor Node's own declarations hold it.
declare namespace WebAssembly {
  class Module {
    private readonly brand: never
  }
  class Memory {
    readonly buffer: ArrayBuffer
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, (...parameters: never[]) => unknown>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
  function compile(bytes: Uint8Array): Promise<Module>
}
