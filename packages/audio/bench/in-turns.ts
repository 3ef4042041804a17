/**
 * Microseconds a call of each function, the quarter of rounds in which all take turns, of so many calls each.
 */
export function microsecondsInTurns(
  functions: readonly (() => void)[],
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
): readonly number[] {
  const times = functions.map((): number[] => [])
  // The first rounds, in which the code is compiled, do not count.
  for (let round = -3; round < rounds; round++) {
    for (const [index, call] of functions.entries()) {
      const began = performance.now()
      for (let i = 0; i < calls; i++) call()
      if (round >= 0) times[index]?.push(((performance.now() - began) * 1000) / calls)
    }
  }
  return times.map(quarter)
}

/** What a quarter of the measurements is faster than: what else the machine does only ever adds. */
export function quarter(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? NaN
}

/** Geometric mean. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
}
