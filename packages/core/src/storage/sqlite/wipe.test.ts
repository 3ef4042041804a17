import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWipeSchedule, markForWipe } from './wipe.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => vi.useRealTimers())

function open() {
  const database = new DatabaseSync(':memory:')
  return { database, isDue: () => database.prepare('pragma user_version').get()?.['user_version'] === 1 }
}

it('wipes a second after a deletion, and once for those that come meanwhile', () => {
  const { database, isDue } = open()
  const wipes = createWipeSchedule(database)
  markForWipe(database)
  wipes.check()
  vi.advanceTimersByTime(600)
  wipes.check()
  expect(isDue()).toBe(true)
  vi.advanceTimersByTime(400)
  expect(isDue()).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
})

it('goes on with what an earlier process left to wipe', () => {
  const { database, isDue } = open()
  markForWipe(database)
  createWipeSchedule(database)
  vi.advanceTimersByTime(1000)
  expect(isDue()).toBe(false)
})

it('tries again when a wipe fails', () => {
  const { database, isDue } = open()
  markForWipe(database)
  createWipeSchedule(database)
  // Nothing is written anew in the middle of a transaction.
  database.exec('begin')
  vi.advanceTimersByTime(1000)
  expect(isDue()).toBe(true)
  database.exec('commit')
  vi.advanceTimersByTime(2000)
  expect(isDue()).toBe(false)
})
