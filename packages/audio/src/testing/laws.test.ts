import { describe, expect, it } from 'vitest'
import { brokenLaws, type Law } from './laws.ts'

const laws: readonly Law<() => number>[] = [
  {
    name: 'is positive',
    holds(make) {
      if (make() <= 0) throw new Error('not positive')
    },
  },
  {
    name: 'is even',
    async holds(make) {
      if ((await Promise.resolve(make())) % 2 !== 0) throw new Error('odd')
    },
  },
]

describe('brokenLaws', () => {
  it('names the laws that throw or reject, in order', async () => {
    expect(await brokenLaws(laws, () => -1)).toEqual(['is positive', 'is even'])
    expect(await brokenLaws(laws, () => 3)).toEqual(['is even'])
    expect(await brokenLaws(laws, () => 2)).toEqual([])
  })
})
