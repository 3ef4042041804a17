import { expect, it } from 'vitest'
import type { MemoryChange } from '../ports.ts'
import { createMemoryNews } from './memory-news.ts'

it('keeps what came before anybody heard, tells it in order, and stops', () => {
  const listeners = new Set<(change: MemoryChange) => void>()
  const tell = (text: string): void => {
    for (const listener of listeners) listener({ person: [{ id: text, text }] })
  }
  const news = createMemoryNews({
    onMemoryChange(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
  })
  tell('a')
  tell('b')
  const heard: MemoryChange[] = []
  news.hear((change) => heard.push(change))
  tell('c')
  expect(heard.map((change) => ('person' in change ? change.person[0]?.text : ''))).toEqual(['a', 'b', 'c'])
  news.stop()
  expect(listeners.size).toBe(0)
})
