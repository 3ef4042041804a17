export type { NoiseSuppressor } from './noise-suppressor.ts'
export { createRnnoise, type RnnoiseOptions } from './rnnoise.ts'
export { createSplitPath, type SplitAudio } from './split-path.ts'
