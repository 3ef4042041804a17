import { describe, expect, it } from 'vitest'
import type { Item } from '../../../../events/items.ts'
import { toChatMessages } from './chat-messages.ts'

const call = (callId: string, name = 'f'): Item => ({
  type: 'function_call',
  call_id: callId,
  name,
  arguments: '',
})
const result = (callId: string, output: string): Item => ({
  type: 'function_call_output',
  call_id: callId,
  output,
})
const said = (text: string): Item => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_audio', transcript: text }],
})
const asked = (id: string, name = 'f'): unknown => ({
  id,
  type: 'function',
  function: { name, arguments: '{}' },
})

describe('toChatMessages', () => {
  it('turns instructions, speech, text and pictures into messages', () => {
    const items: Item[] = [
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'Be kind.' }] },
      said('Hello'),
      { type: 'message', role: 'assistant', content: [{ type: 'output_audio', transcript: 'Hi.' }] },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is this?' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA', detail: 'low' },
        ],
      },
    ]
    expect(toChatMessages('Be brief.', items)).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'low' } },
        ],
      },
    ])
  })

  it('leaves out turns nobody understood', () => {
    expect(
      toChatMessages('', [said(''), { type: 'message', role: 'user', content: [{ type: 'input_audio' }] }]),
    ).toEqual([])
  })

  it('groups consecutive calls with the words before them and puts the results right after', () => {
    const words: Item = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'One moment.' }],
    }
    expect(
      toChatMessages('', [
        words,
        call('a'),
        call('b', 'g'),
        said('Hurry'),
        result('b', '2'),
        result('a', '1'),
      ]),
    ).toEqual([
      { role: 'assistant', content: 'One moment.', tool_calls: [asked('a'), asked('b', 'g')] },
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'tool', tool_call_id: 'b', content: '2' },
      { role: 'user', content: 'Hurry' },
    ])
  })

  it('keeps calls of different turns apart and gives an open call a placeholder', () => {
    const messages = toChatMessages('', [call('a'), result('a', '1'), call('b')])
    expect(messages.map(({ role }) => role)).toEqual(['assistant', 'tool', 'assistant', 'tool'])
    expect(messages.at(-1)).toMatchObject({
      tool_call_id: 'b',
      content: expect.stringContaining('no result'),
    })
  })

  it('tells a result whose call is gone as a system message', () => {
    expect(toChatMessages('', [result('gone', '42')])).toEqual([
      { role: 'system', content: 'Result of an earlier function call: 42' },
    ])
  })
})
