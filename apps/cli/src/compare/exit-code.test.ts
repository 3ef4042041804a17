import { expect, it } from 'vitest'
import { exitCodes } from '../command-failure.ts'
import { exitCodeOf } from './exit-code.ts'

const lane = { label: 'a', backend: 'a', model: '', session: {} }
const good = { comparisons: [], judged: [{ verdict: 'passed' }], isStopped: false, isWritten: true } as const

it.each([
  [{}, exitCodes.good],
  [{ isWritten: false }, exitCodes.couldNotRun],
  [{ comparisons: [{ lanes: [lane], runs: [] }] }, exitCodes.couldNotRun],
  [{ judged: [{ verdict: 'violated' }], isWritten: false } as const, exitCodes.failed],
  [{ judged: [{ verdict: 'violated' }], isStopped: true } as const, exitCodes.interrupted],
])('ends %j with %i: stopped, then thresholds, then what could not be done', (fields, code) => {
  expect(exitCodeOf({ ...good, ...fields })).toBe(code)
})
