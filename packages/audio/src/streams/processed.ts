import type { Processor } from '../processor.ts'

/** Where a transform stream puts what it gives. */
export interface ChunkController<Out> {
  enqueue(chunk: Out): void
}

/** What the constructor of a `TransformStream` takes. */
export interface ChunkTransformer<In, Out> {
  transform(chunk: In, controller: ChunkController<Out>): void
  flush(controller: ChunkController<Out>): void
}

/** A processor for a stream of the platform: `chunks.pipeThrough(new TransformStream(transformer(resampler)))`. */
export function transformer<In, Out>(processor: Processor<In, Out>): ChunkTransformer<In, Out> {
  return {
    transform(chunk, controller) {
      for (const output of processor.process(chunk)) controller.enqueue(output)
    },
    flush(controller) {
      for (const output of processor.flush()) controller.enqueue(output)
    },
  }
}

/**
 * What a processor makes of chunks as they come, and at their end what is still inside. When the caller stops early or the chunks
 * fail, the processor is reset.
 */
export async function* processed<In, Out>(
  chunks: AsyncIterable<In> | Iterable<In>,
  processor: Processor<In, Out>,
): AsyncGenerator<Out, void, undefined> {
  try {
    for await (const chunk of chunks) yield* processor.process(chunk)
    yield* processor.flush()
  } finally {
    processor.reset()
  }
}
