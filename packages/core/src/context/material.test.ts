import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import type { ContextEntry, StoredEntry } from '../storage/context-store.ts'
import { rememberedIn, toldItems, toMaterial } from './material.ts'

const log = (...entries: readonly ContextEntry[]): readonly StoredEntry[] =>
  entries.map((entry, index) => ({ revision: index + 1, at: 0, entry }))

const said = (id: string): ContextEntry => ({
  type: 'item',
  previousItemId: null,
  item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: id }] },
})

const summary = (text: string): ContextEntry => ({ type: 'summary', throughItemId: 'a', text, by: 'm' })

describe('what a log remembers', () => {
  it('is its newest summary and its pinned facts in the order they were first pinned', () => {
    const remembered = rememberedIn(
      log(
        said('a'),
        summary('old'),
        { type: 'pinned', factId: '1', text: 'one' },
        { type: 'pinned', factId: '2', text: 'two' },
        summary('new'),
        { type: 'pinned', factId: '1', text: 'changed' },
        { type: 'pinned', factId: '3', text: 'three' },
        { type: 'unpinned', factId: '3' },
      ),
    )
    expect(remembered).toEqual({
      summary: { throughItemId: 'a', text: 'new', by: 'm' },
      pinned: [
        { id: '1', text: 'changed' },
        { id: '2', text: 'two' },
      ],
    })
  })

  it('is no summary once something was deleted after it', () => {
    const deleted: ContextEntry = { type: 'deleted', itemId: 'b' }
    expect(rememberedIn(log(said('a'), summary('old'), deleted)).summary).toBeUndefined()
    expect(rememberedIn(log(said('a'), deleted, summary('new'))).summary?.text).toBe('new')
  })

  it('comes with the items as they are told again', () => {
    const person = [{ id: 'p', text: 'My name is Ada.' }]
    expect(toMaterial(log(said('a')), person)).toMatchObject({ items: [{ id: 'a' }], person, pinned: [] })
  })
})

describe('items of a running session', () => {
  it('are told as words, images and calls that can still be answered, without what has no words yet', () => {
    const image = { type: 'input_image' as const, image_url: 'data:image/png;base64,AAAA' }
    const items: readonly Item[] = [
      {
        id: 'a',
        type: 'message',
        role: 'user',
        content: [{ type: 'input_audio', audio: 'AAAA', transcript: 'Hi.' }, image],
      },
      {
        id: 'b',
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_audio', transcript: 'Hello.' }],
      },
      { id: 'c', type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] },
      { id: 'd', type: 'function_call', name: 'look', call_id: 'x', arguments: '{}' },
    ]
    expect(toldItems(items)).toEqual([
      { id: 'a', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi.' }, image] },
      { id: 'b', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] },
      { id: 'd', type: 'function_call', name: 'look', call_id: 'x', arguments: '{}' },
    ])
  })
})
