import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import { conversationOf, previousOf, withItem, withPart, withoutItem } from './conversation.ts'

const message = (id: string): Item & { readonly id: string } => ({
  id,
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: id }],
})
const abc = conversationOf([message('a'), message('b'), message('c')])

describe('a conversation', () => {
  it.each([
    [undefined, ['a', 'b', 'c', 'x']],
    ['unknown', ['a', 'b', 'c', 'x']],
    ['root', ['x', 'a', 'b', 'c']],
    [null, ['x', 'a', 'b', 'c']],
    ['a', ['a', 'x', 'b', 'c']],
    ['c', ['a', 'b', 'c', 'x']],
  ])('puts an item after %s', (previous, order) => {
    expect(withItem(abc, message('x'), previous).order).toEqual(order)
  })

  it('replaces a known item where it stands', () => {
    const replaced = withItem(abc, { ...message('b'), status: 'completed' }, 'c')
    expect(replaced.order).toEqual(['a', 'b', 'c'])
    expect(replaced.items.get('b')?.status).toBe('completed')
  })

  it('knows what stands before an item', () => {
    expect([previousOf(abc, 'a'), previousOf(abc, 'c'), previousOf(abc, 'new')]).toEqual([null, 'b', 'c'])
  })

  it('forgets an item', () => {
    expect(withoutItem(abc, 'b')).toEqual(conversationOf([message('a'), message('c')]))
  })

  it('changes one part of a message', () => {
    const changed = withPart(abc, 'a', 0, { text: 'new' })
    expect(changed.items.get('a')).toEqual({
      ...message('a'),
      content: [{ type: 'input_text', text: 'new' }],
    })
  })
})
