import { expect, it } from 'vitest'
import type { ContextEntry } from './context-store.ts'
import { memoryStore } from './memory-store.ts'
import { writeBehind } from './write-behind.ts'

const pinned: ContextEntry = { type: 'pinned', factId: 'f', text: 'The gate is blue.' }
const life: ContextEntry = { type: 'life', event: 'connected' }

it('tells a session what is pinned through the same queue, and lets it go on', async () => {
  await using store = writeBehind(memoryStore())
  const noticed: ContextEntry[] = []
  const writer = store.writer('conv', 0, (entries) => noticed.push(...entries))
  await writer.append([life])
  expect(await store.append('conv', [pinned], 1)).toBe(2)
  expect(noticed).toEqual([pinned])
  expect(await writer.append([life])).toBe(3)
  writer.close()
  await store.append('conv', [pinned], 3)
  expect(noticed).toEqual([pinned])
})

it('tells a session what was pinned past its queue, with its next entry', async () => {
  const shared = memoryStore()
  await using store = writeBehind(shared)
  const noticed: ContextEntry[] = []
  const writer = store.writer('conv', 0, (entries) => noticed.push(...entries))
  await writer.append([life])
  await shared.append('conv', [pinned], 1)
  expect(noticed).toEqual([])
  expect(await writer.append([life])).toBe(3)
  expect(noticed).toEqual([pinned])
})
