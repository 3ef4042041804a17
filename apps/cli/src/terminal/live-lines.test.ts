import { describe, expect, it } from 'vitest'
import { liveLines } from './live-lines.ts'

function stream(isTTY: boolean, columns = 20) {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => written.push(text) > 0 }
}

describe('liveLines', () => {
  it('changes its lines in place and keeps those that stay above them', () => {
    const out = stream(true)
    const lines = liveLines(out, { isDumb: false })
    lines.show(['one', 'two'])
    lines.show(['three'])
    lines.log('stays')
    expect(out.written[1]).toBe('\u001B[?25l\r\u001B[2A\u001B[Jthree\n')
    expect(out.written[2]).toBe('\r\u001B[1A\u001B[Jstays\nthree\n')
  })

  it('cuts a line that would wrap, since a wrapped one could not be erased', () => {
    const out = stream(true, 10)
    liveLines(out, { isDumb: false }).show(['0123456789'])
    expect(out.written.join('')).toContain('01234567…\n')
  })

  it('gives the cursor back in the end', () => {
    const out = stream(true)
    const lines = liveLines(out, { isDumb: false })
    lines.show(['one'])
    lines[Symbol.dispose]()
    expect(out.written.at(-1)).toBe('\r\u001B[1A\u001B[J\u001B[?25h')
  })

  it.each([
    { name: 'no terminal', isTTY: false, isDumb: false },
    { name: 'a dumb terminal', isTTY: true, isDumb: true },
  ])('writes plain lines and no sequence on $name', ({ isTTY, isDumb }) => {
    const out = stream(isTTY)
    const lines = liveLines(out, { isDumb })
    lines.show(['changes'])
    lines.log('stays')
    lines[Symbol.dispose]()
    expect(out.written).toEqual(['stays\n'])
  })
})
