import { expect, it } from 'vitest'
import { createTimeLeft } from './time-left.ts'

it('runs down while the lanes of a round run together, and knows that they end together', () => {
  const left = createTimeLeft({ total: 20, parallel: 2 })
  expect(left.at(5000)).toBeUndefined()
  left.passEnded(10_000, 10_000)
  left.passEnded(10_000, 10_000)
  expect([10_000, 14_000, 19_000].map((now) => left.at(now))).toEqual([90_000, 86_000, 81_000])
})

it('takes lanes in turn one after the other, and never owes time', () => {
  const left = createTimeLeft({ total: 2, parallel: 1 })
  left.passEnded(8000, 8000)
  expect([9000, 20_000].map((now) => left.at(now))).toEqual([7000, 0])
})
