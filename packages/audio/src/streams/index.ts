export { processed, transformer, type ChunkController, type ChunkTransformer } from './processed.ts'
export { createSampleQueue, type SampleQueue } from './sample-queue.ts'
