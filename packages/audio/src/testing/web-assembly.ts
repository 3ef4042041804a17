import { instantiate } from '../wasm/shared-instance.ts'

/** A module with nothing in it. */
const emptyModule = 'AGFzbQEAAAA'

/** Whether WebAssembly runs here: it does not under a content security policy that forbids it. */
export const webAssemblyRuns: boolean = instantiate(emptyModule) !== undefined
