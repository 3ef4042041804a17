declare module '@echogarden/speex-resampler-wasm/simd' {
  interface Speex {
    readonly HEAP32: Int32Array
    readonly HEAPF32: Float32Array
    _malloc(bytes: number): number
    _speex_resampler_init(channels: number, from: number, to: number, quality: number, error: number): number
    _speex_resampler_process_float(
      state: number,
      channel: number,
      input: number,
      inLength: number,
      output: number,
      outLength: number,
    ): number
    _speex_resampler_destroy(state: number): void
  }
  export default function speex(): Promise<Speex>
}
