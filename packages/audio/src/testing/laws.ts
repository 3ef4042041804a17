import { describe, it } from 'vitest'

/** One sentence that must hold for every implementation made by a `Make`. */
export interface Law<Make> {
  /** A sentence, without the subject. */
  readonly name: string
  /** Throws or rejects when the law does not hold. Uses `make` as often as it likes. */
  holds(make: Make): void | Promise<void>
}

/** Registers each law as a test under `title`. `make` is usually a factory. */
export function describeLaws<Make>(title: string, laws: readonly Law<Make>[], make: Make): void {
  describe(title, () => {
    for (const law of laws) it(law.name, () => law.holds(make))
  })
}

/** Names of the laws that `make` breaks, in order: what a mutant is tested with. */
export async function brokenLaws<Make>(laws: readonly Law<Make>[], make: Make): Promise<readonly string[]> {
  const broken: string[] = []
  for (const law of laws) {
    try {
      // One after the other: laws may share what `make` opens.
      // oxlint-disable-next-line no-await-in-loop
      await law.holds(make)
    } catch {
      broken.push(law.name)
    }
  }
  return broken
}
