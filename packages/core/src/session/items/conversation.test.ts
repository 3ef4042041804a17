import { describe, expect, it } from 'vitest'
import type { Item } from '../../events/items.ts'
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
    expect(withItem(abc, message('x'), { previousItemId: previous }).order).toEqual(order)
  })

  it('puts an item behind those that whoever named its place does not know', () => {
    const untold = new Set(['b', 'c'])
    expect(withItem(abc, message('x'), { previousItemId: 'a', untold }).order).toEqual(['a', 'b', 'c', 'x'])
    const before = { previousItemId: null, untold: new Set(['a']) }
    expect(withItem(abc, message('x'), before).order).toEqual(['a', 'x', 'b', 'c'])
  })

  it('replaces a known item where it stands', () => {
    const replaced = withItem(abc, { ...message('b'), status: 'completed' }, { previousItemId: 'c' })
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
