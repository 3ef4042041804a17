import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMessage } from './frame.ts'

const sample = {
  serverContent: {
    modelTurn: { role: 'model', parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: 'AAAA' } }] },
    outputTranscription: { text: 'hi', finished: false },
    groundingMetadata: { webSearchQueries: ['x'] },
  },
  usageMetadata: { promptTokenCount: 3, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 3 }] },
  toolCall: { functionCalls: [{ id: '1', name: 'f', args: { snake_key: { inner_key: 1 } } }] },
}

describe('a frame of Gemini Live', () => {
  it('is read alike as text and as bytes, with all it holds', () => {
    const text = JSON.stringify(sample)
    expect(readMessage(text)).toEqual(sample)
    expect(readMessage(new TextEncoder().encode(text))).toEqual(sample)
  })

  it('may be in snake_case, but names chosen by others stay', () => {
    const snake = { tool_call: { function_calls: [{ id: '1', name: 'f', args: { snake_key: 1 } }] } }
    expect(readMessage(JSON.stringify(snake))).toEqual({
      toolCall: { functionCalls: [{ id: '1', name: 'f', args: { snake_key: 1 } }] },
    })
  })

  it('keeps unknown fields at any depth', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{9,12}$/),
        fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' }),
        (key, value) => {
          const plain: unknown = JSON.parse(JSON.stringify(value).replaceAll('_', '-'))
          const message = { ...sample, [key]: plain, setupComplete: { [key]: plain } }
          expect(readMessage(JSON.stringify(message))).toEqual(message)
        },
      ),
      { seed: 3, numRuns: 200 },
    )
  })

  it.each([
    ['text that is no JSON', 'hello', 'invalid_event'],
    ['a list', '[]', 'invalid_event'],
    ['null', 'null', 'invalid_event'],
    ['bytes that are no UTF-8', new Uint8Array([0xff, 0xfe]), 'invalid_event'],
    ['endless nesting', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'invalid_event'],
    ['a wrong type in a known field', '{"serverContent":{"turnComplete":"yes"}}', 'invalid_value'],
  ])('is refused when it is %s', (_, frame, code) => {
    expect(() => readMessage(frame)).toThrow(expect.objectContaining({ code }))
  })
})
