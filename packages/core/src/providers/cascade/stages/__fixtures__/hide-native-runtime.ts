// Loaded before an engine, makes the optional native runtime look as if it were not installed.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(name, context, next) {
    if (name === 'onnxruntime-node') throw new Error('The native runtime is not installed.')
    return next(name, context)
  },
})
