import { describe, expect, it } from 'vitest'
import type { DocumentItem } from './conversation-document.ts'
import { toMarkdown } from './conversation-markdown.ts'

function markdownOf(...items: readonly Pick<DocumentItem, 'item' | 'heard'>[]): string {
  const said = items.map((item) => ({ at: 0, ...item }))
  return toMarkdown({ createdAt: 0, items: said, facts: [], life: [] }, { language: 'en', titleOf: String })
}

describe('toMarkdown', () => {
  it('writes who said what', () => {
    const text = markdownOf(
      {
        item: {
          type: 'message',
          role: 'user',
          content: [{ type: 'input_audio', transcript: 'Hello there' }],
        },
      },
      { item: { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi!' }] } },
    )
    expect(text).toContain('**You** (1 Jan 1970, 00:00 UTC): Hello there')
    expect(text).toContain('**Parley** (1 Jan 1970, 00:00 UTC): Hi!')
  })

  it('is named by the first words, knows what is pinned, and is written for its reader', () => {
    const words: DocumentItem['item'] = {
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'Wo  wohne ich?' }],
    }
    const text = toMarkdown(
      {
        createdAt: 0,
        items: [{ at: 20, item: words }],
        facts: [{ id: 'fact_1', text: 'Wohnt in Ulm.' }],
        life: [
          { at: 10, event: 'connected', backend: 'local' },
          { at: 30, event: 'interrupted', backend: 'local', detail: 'client_cancelled' },
          { at: 40, event: 'connected', backend: 'house' },
        ],
      },
      {
        language: 'de',
        timeZone: 'Europe/Berlin',
        titleOf: (name) => (name === 'house' ? 'Das Haus' : name),
      },
    )
    expect(text).toContain('# Wo wohne ich?\n')
    expect(text).toContain('- Wohnt in Ulm.')
    expect(text).toContain('**Du** (01.01.1970, 01:00)')
    expect(text).toMatch(/ich\?\n\n\*Ab hier antwortet Das Haus\.\*/)
    expect(text).not.toMatch(/local|cancelled|connected/)
  })

  it('strikes out what was never heard', () => {
    const text = markdownOf({
      item: {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_audio', transcript: 'One two three four' }],
      },
      heard: { contentIndex: 0, audioEndMs: 900, transcript: 'One two' },
    })
    expect(text).toContain('One two ~~three four~~')
  })

  it('keeps what was said from becoming markup', () => {
    const text = markdownOf({
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: '<b>*x*</b>' }] },
    })
    expect(text).toContain('\\<b\\>\\*x\\*\\</b\\>')
  })

  it('fences tool output however many backticks it holds', () => {
    const text = markdownOf({ item: { type: 'function_call_output', call_id: 'c', output: 'a ``` b' } })
    expect(text).toContain('````\na ``` b\n````')
  })
})
