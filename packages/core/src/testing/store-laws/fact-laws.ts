import { expect } from 'vitest'
import { expectError, law, type StoreLaw } from './scene.ts'

/** Of what is known of people. */
export const factLaws: readonly StoreLaw[] = [
  law(
    'gives back the facts of a person in the order they first came, and every character',
    async (store, clock) => {
      const texts = ['Grüße, \0 \ud800 \u{1F3A4} "quoted"', 'second', 'third']
      for (const [index, text] of texts.entries()) {
        if (index === 2) clock.time = 2000
        const fact = { id: `fact_${3 - index}`, text, conversationId: index === 0 ? 'conv' : undefined }
        expect(await store.facts.put('ada', fact)).toEqual({ ...fact, updatedAt: clock.time })
      }
      clock.time = 5000
      await store.facts.put('ada', { id: 'fact_3', text: 'corrected', conversationId: undefined })
      expect(await store.facts.list('ada')).toEqual([
        { id: 'fact_3', text: 'corrected', conversationId: undefined, updatedAt: 5000 },
        { id: 'fact_2', text: 'second', conversationId: undefined, updatedAt: 1000 },
        { id: 'fact_1', text: 'third', conversationId: undefined, updatedAt: 2000 },
      ])
      await store.facts.put('bob', { id: 'x', text: texts[0] ?? '', conversationId: 'conv' })
      expect(await store.facts.list('bob')).toMatchObject([{ text: texts[0], conversationId: 'conv' }])
    },
  ),

  law('takes the time of a fact that was learned elsewhere', async (store) => {
    const fact = { id: 'fact', text: 'x', conversationId: undefined, updatedAt: 500 }
    expect(await store.facts.put('ada', fact)).toEqual(fact)
    expect(await store.facts.list('ada')).toEqual([fact])
    await expectError(store.facts.put('ada', { ...fact, updatedAt: 0.5 }), 'invalid_value')
  }),

  law('names the people of whom something is known, page by page', async (store) => {
    for (const person of ['cem', 'ada', 'bob', 'Ada']) {
      for (const id of ['a', 'b']) await store.facts.put(person, { id, text: 'x', conversationId: undefined })
    }
    await store.facts.deleteAll('bob')
    expect(await store.facts.people({ limit: 2 })).toEqual(['Ada', 'ada'])
    expect(await store.facts.people({ limit: 2, after: 'ada' })).toEqual(['cem'])
    for (const limit of [0, 101, 0.5]) await expectError(store.facts.people({ limit }), 'invalid_value')
  }),

  law('keeps the facts of people apart', async (store) => {
    await store.facts.put('ada', { id: 'fact', text: 'of Ada', conversationId: undefined })
    await store.facts.put('Ada', { id: 'fact', text: 'of another', conversationId: undefined })
    expect(await store.facts.list('ada')).toMatchObject([{ text: 'of Ada' }])
    expect(await store.facts.list('Ada')).toMatchObject([{ text: 'of another' }])
    expect(await store.facts.list('bob')).toEqual([])
  }),

  law('forgets one fact, or all of a person', async (store) => {
    for (const id of ['a', 'b', 'c']) {
      await store.facts.put('ada', { id, text: id, conversationId: undefined })
      await store.facts.put('bob', { id, text: id, conversationId: undefined })
    }
    expect(await store.facts.delete('ada', 'b')).toBe(true)
    expect(await store.facts.delete('ada', 'b')).toBe(false)
    expect(await store.facts.list('ada')).toMatchObject([{ id: 'a' }, { id: 'c' }])
    expect(await store.facts.deleteAll('ada')).toBe(2)
    expect(await store.facts.deleteAll('ada')).toBe(0)
    expect(await store.facts.list('ada')).toEqual([])
    expect(await store.facts.list('bob')).toHaveLength(3)
  }),

  law('keeps a fact when the conversation it was learned in is deleted', async (store) => {
    await store.append('conv', [], 0)
    await store.facts.put('ada', { id: 'a', text: 'x', conversationId: 'conv' })
    await store.delete('conv')
    expect(await store.facts.list('ada')).toMatchObject([{ id: 'a', conversationId: 'conv' }])
  }),

  law('refuses a person or a fact it could not keep apart from others', async (store) => {
    const fact = { id: 'a', text: 'x', conversationId: undefined }
    for (const id of ['', 'x'.repeat(257), 'a\0b', 'a\ud800']) {
      await expectError(store.facts.list(id), 'invalid_value')
      await expectError(store.facts.put(id, fact), 'invalid_value')
      await expectError(store.facts.put('ada', { ...fact, id }), 'invalid_value')
      await expectError(store.facts.delete(id, 'a'), 'invalid_value')
      await expectError(store.facts.delete('ada', id), 'invalid_value')
      await expectError(store.facts.deleteAll(id), 'invalid_value')
    }
  }),
]
