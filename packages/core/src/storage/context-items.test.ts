import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import { foldEntries, toReplayItems, toSessionItems } from './context-items.ts'
import type { ContextEntry } from './context-store.ts'

const said = (id: string, transcript: string | null): Item => ({
  id,
  type: 'message',
  role: 'user',
  content: [{ type: 'input_audio', transcript }],
})
const spoken = (id: string, ...transcripts: string[]): Item => ({
  id,
  type: 'message',
  role: 'assistant',
  content: transcripts.map((transcript) => ({ type: 'output_audio', transcript })),
})
const put = (item: Item, previousItemId: string | null): ContextEntry => ({
  type: 'item',
  item,
  previousItemId,
})
const cut = (itemId: string, heardTranscript: string, contentIndex = 0): ContextEntry => ({
  type: 'truncated',
  itemId,
  contentIndex,
  audioEndMs: 700,
  heardTranscript,
})

function fold(...entries: ContextEntry[]) {
  return foldEntries(entries.map((entry, index) => ({ revision: index + 1, at: 1000 + index, entry })))
}
const ids = (...entries: ContextEntry[]) => fold(...entries).map(({ item }) => item.id)
const replay = (...items: Item[]) => toReplayItems(fold(...items.map((item) => put(item, 'end'))))

describe('foldEntries', () => {
  it('puts an item behind the one it names', () => {
    expect(ids(put(said('a', ''), null), put(said('c', ''), 'a'), put(said('b', ''), 'a'))).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('puts an item with no previous one first', () => {
    expect(ids(put(said('b', ''), null), put(said('a', ''), null))).toEqual(['a', 'b'])
  })

  it('puts an item behind an unknown one last', () => {
    expect(ids(put(said('a', ''), null), put(said('b', ''), 'a'), put(said('c', ''), 'gone'))).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('replaces an item of a known id in its place and keeps its time', () => {
    const items = fold(put(said('a', 'x'), null), put(said('b', 'y'), 'a'), put(said('a', 'z'), 'b'))
    expect(items).toEqual([
      { item: said('a', 'z'), at: 1000, heard: undefined },
      { item: said('b', 'y'), at: 1001, heard: undefined },
    ])
  })

  it('keeps items without an id apart', () => {
    const { id: _, ...nameless } = said('a', 'x')
    expect(fold(put(nameless, 'end'), put(nameless, 'end'))).toHaveLength(2)
  })

  it('sets the transcript of the named part and leaves the others and the entry alone', () => {
    const item: Item = {
      id: 'a',
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'look' },
        { type: 'input_audio', transcript: null, extra: 1 },
        { type: 'input_audio', transcript: null },
      ],
    }
    const entries = [
      put(item, null),
      { type: 'transcript', itemId: 'a', contentIndex: 1, transcript: 'here' },
      { type: 'transcript', itemId: 'a', contentIndex: 0, transcript: 'no audio' },
      { type: 'transcript', itemId: 'unknown', contentIndex: 0, transcript: 'nobody' },
    ] as const
    expect(fold(...entries)[0]?.item).toEqual({
      ...item,
      content: [
        { type: 'input_text', text: 'look' },
        { type: 'input_audio', transcript: 'here', extra: 1 },
        { type: 'input_audio', transcript: null },
      ],
    })
    expect(item.content[1]).toHaveProperty('transcript', null)
  })

  it('says what was heard of a cut item, also when the cut comes before the finished item', () => {
    const heard = { contentIndex: 0, audioEndMs: 700, transcript: 'Good' }
    expect(fold(put(spoken('a', 'Good day'), null), cut('a', 'Good'))[0]?.heard).toEqual(heard)
    expect(fold(cut('a', 'Good'), put(spoken('a', 'Good day'), null))[0]?.heard).toEqual(heard)
  })

  it('removes a deleted item and forgets what was heard of it', () => {
    const entries = [put(spoken('a', 'Hi'), null), cut('a', 'H'), { type: 'deleted', itemId: 'a' }] as const
    expect(fold(...entries)).toEqual([])
    expect(fold(...entries, put(spoken('a', 'Hi'), null))[0]?.heard).toBeUndefined()
  })

  it('folds a long conversation in time that grows with its length', () => {
    const entries = Array.from({ length: 20_000 }, (_, index) =>
      put(said(`item_${index}`, 'x'), index === 0 ? null : `item_${index - 1}`),
    )
    expect(fold(...entries)).toHaveLength(20_000)
  }, 1000)
})

describe('toReplayItems', () => {
  it('tells speech as text, under the same ids and without audio or unknown fields', () => {
    const user: Item = {
      id: 'u',
      object: 'realtime.item',
      status: 'completed',
      vendor: 'x',
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_audio', audio: 'AAAA', transcript: 'How are you?' },
        { type: 'input_text', text: 'Be brief.', vendor: 'x' },
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
      ],
    }
    const system: Item = {
      id: 's',
      type: 'message',
      role: 'system',
      content: [{ type: 'input_text', text: 'Rule' }],
    }
    expect(replay(system, user, spoken('a', 'Fine.'))).toEqual([
      { id: 's', type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Rule' }] },
      {
        id: 'u',
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'How are you?' },
          { type: 'input_text', text: 'Be brief.' },
        ],
      },
      { id: 'a', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Fine.' }] },
    ])
  })

  it('drops messages in which nothing was understood or said', () => {
    expect(replay(said('a', null), said('b', ' '), spoken('c', ''))).toEqual([])
  })

  it('tells of a cut answer what was heard, and nothing of parts behind the cut', () => {
    const items = fold(put(spoken('a', 'One.', 'Two and three.', 'Four.'), null), cut('a', 'Two', 1))
    expect(toReplayItems(items)).toEqual([
      {
        id: 'a',
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'One.' },
          { type: 'output_text', text: 'Two' },
        ],
      },
    ])
  })

  it('drops an answer of which nothing was heard', () => {
    expect(toReplayItems(fold(put(spoken('a', 'Unheard'), null), cut('a', '')))).toEqual([])
  })

  it('keeps a call whose output can still come', () => {
    const call = (id: string, status: 'completed' | 'incomplete'): Item => ({
      id,
      type: 'function_call',
      name: 'weather',
      call_id: `of_${id}`,
      arguments: '{}',
      status,
    })
    const user = { id: 'u', type: 'message', role: 'user', content: [] } as const
    const items: readonly Item[] = [
      call('old', 'completed'),
      { ...user, content: [] },
      call('new', 'completed'),
    ]
    const kept = toReplayItems(
      [...items, call('cut', 'incomplete')].map((item) => ({ item, at: 0, heard: undefined })),
    )
    expect(kept.filter(({ type }) => type === 'function_call').map(({ id }) => id)).toEqual(['new'])
  })

  it('keeps function calls with their outputs and drops halves', () => {
    const call = (id: string, callId: string): Item => ({
      id,
      type: 'function_call',
      name: 'weather',
      call_id: callId,
      arguments: '{}',
    })
    const output = (id: string, callId: string): Item => ({
      id,
      type: 'function_call_output',
      call_id: callId,
      output: 'sunny',
    })
    const kept = replay(
      output('early', 'c1'),
      call('call1', 'c1'),
      call('open', 'c2'),
      output('out1', 'c1'),
      output('again', 'c1'),
      output('lone', 'c3'),
      { id: 'u', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Never mind.' }] },
    )
    expect(kept.filter(({ id }) => id !== 'u')).toEqual([call('call1', 'c1'), output('out1', 'c1')])
  })

  it('drops MCP items and items of a type it does not know', () => {
    const listed: Item = { id: 'm', type: 'mcp_list_tools', server_label: 's', tools: [] }
    // A file may hold an item of a later version.
    const later = { id: 'x', type: 'video_call' } as unknown as Item
    expect(replay(listed, later)).toEqual([])
  })
})

describe('toSessionItems', () => {
  it('keeps the place of what no backend is told', () => {
    const user = (id: string): Item => ({
      id,
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: id }],
    })
    const unheard: Item = {
      id: 'cut',
      type: 'message',
      role: 'assistant',
      status: 'incomplete',
      content: [{ type: 'output_audio', transcript: 'Nobody heard this.' }],
    }
    const heard = { contentIndex: 0, audioEndMs: 0, transcript: '' }
    const items = [
      { item: user('a'), at: 0, heard: undefined },
      { item: unheard, at: 0, heard },
      { item: user('b'), at: 0, heard: undefined },
    ]
    expect(toSessionItems(items)).toEqual([user('a'), { ...unheard, content: [] }, user('b')])
  })
})
