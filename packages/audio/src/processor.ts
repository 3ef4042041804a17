/**
 * One step of a stream. Any chunking of the same input gives the same output, chunk borders apart.
 * The caller leaves a chunk alone after passing it in, because it may come out again.
 */
export interface Processor<In, Out> {
  /** Takes the next chunk, of any length, and gives what is ready. */
  process(chunk: In): readonly Out[]
  /** Ends the stream: gives what is still inside. The next `process` begins a new stream. */
  flush(): readonly Out[]
  /** Forgets the stream; the next `process` begins a new one. */
  reset(): void
}
