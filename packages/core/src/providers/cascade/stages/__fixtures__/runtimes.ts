import { packageFile } from '../../engine/package-file.ts'
import type { InferenceBackend } from '../../engine/inference.ts'

/** The inference runtimes of this installation; the native one is optional. */
export const runtimes: readonly InferenceBackend[] = isInstalled('onnxruntime-node') ? ['native', 'wasm'] : ['wasm']

function isInstalled(name: string): boolean {
  try {
    return packageFile(name, 'package.json') !== ''
  } catch {
    return false
  }
}
