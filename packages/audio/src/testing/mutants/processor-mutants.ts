import type { Processor } from '../../processor.ts'

type Mutant = () => Processor<Float32Array, Float32Array>

/** Sums each sample with the one before it: a correct processor with state, the base of the mutants. */
export const pairwiseSum: Mutant = () => {
  let last = 0
  const end = (): readonly Float32Array[] => {
    const rest = last
    last = 0
    return rest === 0 ? [] : [Float32Array.of(rest)]
  }
  return {
    process(chunk) {
      const output = chunk.map((sample) => {
        const sum = sample + last
        last = sample
        return sum
      })
      return chunk.length === 0 ? [] : [output]
    },
    flush: end,
    reset() {
      last = 0
    },
  }
}

/** For each processor law the mutant that breaks it. */
export const processorMutants: Readonly<Record<string, Mutant>> = {
  'gives the same output for any chunking of the input': () => {
    const inner = pairwiseSum()
    return {
      ...inner,
      process(chunk) {
        inner.reset()
        return inner.process(chunk)
      },
    }
  },
  'gives nothing for nothing': () => ({ ...pairwiseSum(), flush: () => [Float32Array.of(0)] }),
  'has nothing left after a flush': () => {
    const inner = pairwiseSum()
    let rest: readonly Float32Array[] = []
    return {
      ...inner,
      flush() {
        const fresh = inner.flush()
        if (fresh.length > 0) rest = fresh
        return rest
      },
    }
  },
  'begins a new stream after a flush': () => {
    const inner = pairwiseSum()
    return {
      ...inner,
      flush() {
        const rest = inner.flush()
        if (rest.length > 0) inner.process(Float32Array.of(1))
        return rest
      },
    }
  },
  'forgets the stream on reset': () => ({ ...pairwiseSum(), reset() {} }),
  'leaves its input and its earlier output alone': () => {
    const inner = pairwiseSum()
    const output = new Float32Array(65_536)
    return {
      ...inner,
      process(chunk) {
        return inner.process(chunk).map((samples) => {
          output.set(samples)
          return output.subarray(0, samples.length)
        })
      },
    }
  },
}
