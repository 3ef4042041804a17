import { describe, expect, it } from 'vitest'
import type { DocumentItem } from './conversation-document.ts'
import { toMarkdown } from './conversation-markdown.ts'

function markdownOf(...items: readonly Pick<DocumentItem, 'item' | 'heard'>[]): string {
  return toMarkdown({ id: 'conv_1', createdAt: 0, items: items.map((item) => ({ at: 0, ...item })) })
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
    expect(text).toContain('**User** (1970-01-01T00:00:00.000Z): Hello there')
    expect(text).toContain('**Assistant** (1970-01-01T00:00:00.000Z): Hi!')
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
