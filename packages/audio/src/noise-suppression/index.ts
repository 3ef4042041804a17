export type { NoiseSuppressor } from './noise-suppressor.ts'
export { createRnnoise, type RnnoiseOptions } from './rnnoise.ts'
export { createSplitPath, type SplitAudio, type SplitPath } from './split-path.ts'
