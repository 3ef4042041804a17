import type { ContextEntry, StoredContext } from '@parley/core/storage'
import { describe, expect, it } from 'vitest'
import { toDocument } from './conversation-document.ts'

function stored(...entries: readonly ContextEntry[]): StoredContext {
  return {
    id: 'conv_1',
    revision: entries.length,
    createdAt: 1,
    updatedAt: 2,
    retentionSeconds: 60,
    entries: entries.map((entry, index) => ({ revision: index + 1, at: index * 10, entry })),
  }
}

const answer: ContextEntry = {
  type: 'item',
  previousItemId: null,
  item: {
    id: 'item_1',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_audio', transcript: 'One two three' }],
  },
}

const heard: ContextEntry = {
  type: 'heard',
  itemId: 'item_1',
  contentIndex: 0,
  generatedMs: 1500,
  heardMs: 600,
  heardTranscript: 'One',
  by: 'playback',
}

describe('toDocument', () => {
  it('tells what was made and heard of an answer, and who says so', () => {
    expect(toDocument(stored(answer, heard), []).items).toMatchObject([
      { at: 0, heard: { audioEndMs: 600, transcript: 'One', generatedMs: 1500, by: 'playback' } },
    ])
  })

  it('does not take the clock of one cut for another', () => {
    const cut: ContextEntry = {
      type: 'truncated',
      itemId: 'item_1',
      contentIndex: 0,
      audioEndMs: 900,
      heardTranscript: 'One two',
    }
    const [item] = toDocument(stored(answer, heard, cut), []).items
    expect(item?.heard).toMatchObject({ audioEndMs: 900, transcript: 'One two' })
    expect(item?.heard?.by).toBeUndefined()
  })

  it('tells answers, events, facts as they stand, the newest summary, and kept sound', () => {
    const note = { itemId: 'item_1', contentIndex: 0, mediaType: 'audio/wav', durationMs: 20, byteLength: 9 }
    const document = toDocument(
      stored(
        { type: 'life', event: 'connected', backend: 'local' },
        {
          type: 'response',
          responseId: 'resp_1',
          status: 'completed',
          itemIds: ['item_1'],
          backend: 'local',
        },
        { type: 'pinned', factId: 'fact_1', text: 'Tea' },
        { type: 'pinned', factId: 'fact_2', text: 'Milk' },
        { type: 'pinned', factId: 'fact_1', text: 'Coffee' },
        { type: 'unpinned', factId: 'fact_2' },
        { type: 'summary', throughItemId: 'item_1', text: 'First', by: 'extractive' },
        { type: 'summary', throughItemId: 'item_1', text: 'Second', by: 'extractive' },
      ),
      [note],
    )
    expect(document).toMatchObject({
      retentionSeconds: 60,
      life: [{ event: 'connected', backend: 'local', at: 0 }],
      responses: [{ responseId: 'resp_1', status: 'completed', at: 10 }],
      facts: [{ id: 'fact_1', text: 'Coffee' }],
      summary: { text: 'Second', at: 70 },
      audio: [note],
    })
  })
})
