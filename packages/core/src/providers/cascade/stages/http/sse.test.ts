import { describe, expect, it } from 'vitest'
import { createSseParser } from './sse.ts'

function parse(text: string, chunkBytes: number): readonly string[] {
  const parser = createSseParser()
  const bytes = new TextEncoder().encode(text)
  const events: string[] = []
  for (let at = 0; at < bytes.length; at += chunkBytes)
    events.push(...parser.push(bytes.subarray(at, at + chunkBytes)))
  return [...events, ...parser.flush()]
}

describe('createSseParser', () => {
  it.each(['\n', '\r\n', '\r'])('joins data lines of one event, cut anywhere, with line end %j', (end) => {
    const stream = ['data: {', 'data:"ä":1}', '', ': comment', 'id: 7', 'data', '', 'data:  x'].join(end)
    for (const chunkBytes of [1, 2, 3, 100])
      expect(parse(stream, chunkBytes)).toEqual(['{\n"ä":1}', '', ' x'])
  })

  it('refuses an event that never ends', () => {
    const parser = createSseParser()
    const megabyte = new Uint8Array(1024 * 1024).fill(120)
    expect(() => Array.from({ length: 5 }, () => parser.push(megabyte))).toThrow(/never ends/)
  })
})
