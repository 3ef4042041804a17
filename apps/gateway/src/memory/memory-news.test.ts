import type { MemoryChange } from '@parley/core/session'
import { memoryStore } from '@parley/core/storage'
import type { PersonFact } from '@parley/core/storage'
import { expect, it } from 'vitest'
import { createMemoryNews } from './memory-news.ts'

const ignored = (): void => undefined
const quiet = { debug: ignored, info: ignored, warn: ignored, error: ignored }

const entry = { type: 'pinned', factId: 'f1', text: 'The gate is blue.' } as const

const known = (...ids: readonly string[]): readonly PersonFact[] =>
  ids.map((id) => ({ id, text: id, conversationId: undefined, updatedAt: 0 }))

/** News over facts the test hands out, and what two sessions hear of them. */
function started(list: () => Promise<readonly PersonFact[]> = async () => known('a')) {
  const warned: unknown[] = []
  const news = createMemoryNews({
    facts: { ...memoryStore().facts, list },
    log: { ...quiet, warn: (fields: unknown) => void warned.push(fields) },
  })
  const ada: MemoryChange[] = []
  const nobody: MemoryChange[] = []
  const stop = news.listen({ conversationId: 'conv_1', person: 'ada' }, (change) => ada.push(change))
  news.listen({ conversationId: 'conv_2', person: undefined }, (change) => nobody.push(change))
  return { news, ada, nobody, stop, warned }
}

it('takes entries to the sessions of their conversation only, until they end', () => {
  const { news, ada, nobody, stop } = started()
  news.written('conv_1', [entry])
  stop()
  news.written('conv_1', [entry])
  expect(ada).toEqual([{ entries: [entry] }])
  expect(nobody).toEqual([])
})

it('takes all that is known of a person to the sessions they speak in, and reads nothing where there are none', async () => {
  let readings = 0
  const { news, ada, nobody } = started(async () => {
    readings += 1
    return known('a')
  })
  await news.personChanged('bob')
  expect(readings).toBe(0)
  await news.personChanged('ada')
  expect(ada).toEqual([{ person: known('a') }])
  expect(nobody).toEqual([])
})

it('does not go back to what was known before when readings overtake each other', async () => {
  const readings: PromiseWithResolvers<readonly PersonFact[]>[] = []
  const { news, ada } = started(() => {
    const reading = Promise.withResolvers<readonly PersonFact[]>()
    readings.push(reading)
    return reading.promise
  })
  const first = news.personChanged('ada')
  const second = news.personChanged('ada')
  readings[1]?.resolve(known())
  await second
  readings[0]?.resolve(known('a'))
  await first
  expect(ada).toEqual([{ person: [] }])
})

it('does not fail with the store, and says so in the log', async () => {
  const { news, ada, warned } = started(() => Promise.reject(new Error('gone')))
  await news.personChanged('ada')
  expect(ada).toEqual([])
  expect(warned).toHaveLength(1)
})
