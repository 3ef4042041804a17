import { describe, expect, it } from 'vitest'
import type { Item } from '../events/items.ts'
import { foldEntries, toReplayItems } from './context-items.ts'
import type { ContextEntry } from './context-store.ts'

const item: Item = {
  id: 'a',
  type: 'message',
  role: 'assistant',
  content: [
    { type: 'output_audio', transcript: 'one two three' },
    { type: 'output_audio', transcript: 'four' },
  ],
}
const put: ContextEntry = { type: 'item', item, previousItemId: null }
const truncated = (heardTranscript: string): ContextEntry => ({
  type: 'truncated',
  itemId: 'a',
  contentIndex: 0,
  audioEndMs: 400,
  heardTranscript,
})
const heard = (heardTranscript: string): ContextEntry => ({
  type: 'heard',
  itemId: 'a',
  contentIndex: 0,
  generatedMs: 2_000,
  heardMs: 400,
  heardTranscript,
  by: 'clock',
})

function told(...entries: ContextEntry[]): string {
  const stored = entries.map((entry, index) => ({ revision: index + 1, at: 0, entry }))
  return toReplayItems(foldEntries(stored))
    .flatMap((told) => (told.type === 'message' && told.role === 'assistant' ? told.content : []))
    .map((part) => ('text' in part ? part.text : ''))
    .join('|')
}

describe('what was heard of an answer', () => {
  it.each([
    ['nothing is known', [put], 'one two three|four'],
    ['it was cut by the clock', [put, heard('one')], 'one'],
    ['it was known before the answer was stored', [heard('one'), put], 'one'],
    ['the client said more later', [put, heard('one'), truncated('one two')], 'one two'],
    ['the player said less later', [put, truncated('one two'), heard('one')], 'one'],
    ['it was nothing', [put, heard('')], ''],
    ['the answer is stored once more', [put, heard('one'), put], 'one'],
  ] as const)('is what is told again when %s', (_when, entries, text) => {
    expect(told(...entries)).toBe(text)
  })

  it('goes with an answer that is deleted', () => {
    expect(told(put, heard('one'), { type: 'deleted', itemId: 'a' }, put)).toBe('one two three|four')
  })
})
