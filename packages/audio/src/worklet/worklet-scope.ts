/** What an AudioWorkletProcessor has of its message port. */
export interface WorkletPort<Incoming, Outgoing> {
  onmessage: ((event: { readonly data: Incoming }) => void) | null
  postMessage(message: Outgoing, transfer?: readonly ArrayBuffer[]): void
}

/** Inputs or outputs of one render quantum: connection, channel, samples. */
export type WorkletChannels = readonly (readonly Float32Array[])[]

/** The instance side of AudioWorkletProcessor, as far as it is used. */
export interface WorkletProcessor {
  readonly port: WorkletPort<unknown, unknown>
  /** False lets the browser end the processor. */
  process(inputs: WorkletChannels, outputs: WorkletChannels): boolean
}

/** The part of AudioWorkletGlobalScope that is used (Web Audio API, section 1.32). */
export interface WorkletScope {
  readonly sampleRate: number
  readonly AudioWorkletProcessor: new () => { readonly port: WorkletPort<unknown, unknown> }
  registerProcessor(name: string, processor: new () => WorkletProcessor): void
}

/** The global scope; only a module loaded by `audioWorklet.addModule` may touch it. */
// The platform defines these globals there; declaring them would make them look present everywhere.
export const workletScope = globalThis as unknown as WorkletScope
