import { describe, expect, it } from 'vitest'
import { createConversation, toHistory } from './conversation.ts'
import type { PlacedItem } from './conversation.ts'

const user = (id: string, text = id): PlacedItem => ({
  id,
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
})

const spoken = (id: string, transcript: string): PlacedItem => ({
  id,
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_audio', transcript }],
})

describe('createConversation', () => {
  it('puts items last, first, or behind another', () => {
    const conversation = createConversation()
    conversation.insert(user('a'))
    conversation.insert(user('c'))
    conversation.insert(user('first'), 'root')
    conversation.insert(user('b'), 'a')
    expect(conversation.items.map(({ id }) => id)).toEqual(['first', 'a', 'b', 'c'])
    expect(conversation.previousOf('first')).toBeNull()
    expect(conversation.previousOf('b')).toBe('a')
    expect(conversation.lastId()).toBe('c')
  })

  it('refuses an id that is taken and a place that does not exist', () => {
    const conversation = createConversation()
    conversation.insert(user('a'))
    expect(() => conversation.insert(user('a'))).toThrow("already an item 'a'")
    expect(() => conversation.insert(user('b'), 'gone')).toThrow("no item 'gone'")
    expect(conversation.items).toHaveLength(1)
  })

  it('keeps the heard words of an item that is truncated while it is still being made', () => {
    const conversation = createConversation()
    conversation.insert(spoken('a', ''))
    expect(conversation.truncate('a', 0, 'It is')).toBe(true)
    conversation.replace({ ...spoken('a', 'It is noon.'), status: 'incomplete' })
    expect(conversation.find('a')).toMatchObject({ status: 'incomplete', content: [{ transcript: 'It is' }] })
  })

  it('truncates only parts that have sound', () => {
    const conversation = createConversation()
    conversation.insert(user('a'))
    expect(conversation.truncate('a', 0, '')).toBe(false)
    expect(conversation.truncate('a', 1, '')).toBe(false)
  })

  it('removes items once', () => {
    const conversation = createConversation()
    conversation.insert(user('a'))
    expect(conversation.remove('a')).toBe(true)
    expect(conversation.remove('a')).toBe(false)
  })
})

describe('toHistory', () => {
  it('shows the model only what was said, shown or called', () => {
    const call: PlacedItem = { id: 'd', type: 'function_call', name: 'f', call_id: 'x', arguments: '{}' }
    expect(toHistory([user('a'), user('b', ''), spoken('c', ''), call, spoken('e', 'yes')])).toMatchObject([
      { id: 'a' },
      { id: 'd' },
      { id: 'e' },
    ])
  })
})
