import type { Processor } from '../processor.ts'
import type { Law } from './laws.ts'
import { randomlyCut } from './signals.ts'

type Chunk = Float32Array | Uint8Array
type MakeProcessor<C extends Chunk> = () => Processor<C, Chunk>

const cuts = 15

/** Laws of every processor of samples or bytes, tried with `input`: some thousand samples, not silent. */
export function processorLaws<C extends Chunk>(input: C): readonly Law<MakeProcessor<C>>[] {
  /** A view of a C is a C; the type of slice does not say so. */
  const copy = (): C => input.slice() as C
  return [
    {
      name: 'gives the same output for any chunking of the input',
      holds(make) {
        const whole = stream(make(), [copy()])
        for (let seed = 0; seed < cuts; seed++) {
          expectSame(stream(make(), randomlyCut(copy(), seed)), whole, `cut with seed ${seed}`)
        }
      },
    },
    {
      name: 'gives nothing for nothing',
      holds(make) {
        expectSame(stream(make(), [input.subarray(0, 0) as C]), [], 'empty stream')
      },
    },
    {
      name: 'has nothing left after a flush',
      holds(make) {
        const processor = make()
        stream(processor, [copy()])
        expectSame(joined(processor.flush()), [], 'second flush')
      },
    },
    {
      name: 'begins a new stream after a flush',
      holds(make) {
        const processor = make()
        const first = stream(processor, [copy()])
        expectSame(stream(processor, [copy()]), first, 'second stream')
      },
    },
    {
      name: 'forgets the stream on reset',
      holds(make) {
        const fresh = stream(make(), [copy()])
        const processor = make()
        for (let seed = 0; seed < cuts; seed++) {
          processor.process((randomlyCut(copy(), seed)[0] ?? copy()) as C)
          processor.process(input.subarray(0, 1 + 2 * seed) as C)
          processor.reset()
          expectSame(stream(processor, [copy()]), fresh, `reset with seed ${seed}`)
        }
      },
    },
    {
      name: 'leaves its input and its earlier output alone',
      holds(make) {
        const processor = make()
        const given = copy()
        const outputs = randomlyCut(given, 1).flatMap((piece) => processor.process(piece))
        const before = joined(outputs)
        processor.flush()
        processor.process(copy())
        expectSame(given, input, 'input')
        expectSame(joined(outputs), before, 'earlier output')
      },
    },
  ]
}

function stream<C extends Chunk>(processor: Processor<C, Chunk>, chunks: readonly C[]): number[] {
  const output = chunks.flatMap((chunk) => processor.process(chunk))
  return joined([...output, ...processor.flush()])
}

function joined(chunks: readonly Chunk[]): number[] {
  return chunks.flatMap((chunk) => Array.from(chunk))
}

function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  if (actual.length !== expected.length) {
    throw new Error(`${what}: ${actual.length} values, expected ${expected.length}`)
  }
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(actual[i], expected[i])) {
      throw new Error(`${what}: value ${i} is ${actual[i]}, expected ${expected[i]}`)
    }
  }
}
