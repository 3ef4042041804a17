declare module '@echogarden/rnnoise-wasm' {
  /** What emscripten made of RNNoise. */
  interface RnnoiseModule {
    readonly HEAPF32: Float32Array<ArrayBuffer>
    _malloc(bytes: number): number
    _free(address: number): void
    _rnnoise_create(model: number): number
    _rnnoise_destroy(state: number): void
    _rnnoise_process_frame(state: number, output: number, input: number): number
  }

  /** Loads the module; `wasmBinary` stands in for the file beside it. */
  export default function load(options?: { readonly wasmBinary?: Uint8Array }): Promise<RnnoiseModule>
}
