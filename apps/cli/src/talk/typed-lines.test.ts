import { describe, expect, it } from 'vitest'
import { createTypedLines } from './typed-lines.ts'

function typed(isTerminal: boolean) {
  const done: string[] = []
  const lines = createTypedLines({
    isTerminal,
    onLine: (line) => done.push(line),
    onInterrupt: () => done.push('<interrupt>'),
    onHelp: () => done.push('<help>'),
    onUnknown: (command) => done.push(`<no ${command}>`),
    onQuit: () => done.push('<quit>'),
  })
  return { lines, done }
}

const never = new AbortController().signal

describe('createTypedLines', () => {
  it('says each line of a pipe when the answer to the one before is over', async () => {
    const { lines, done } = typed(false)
    lines.take('one')
    lines.take('')
    lines.take('two')
    lines.end()
    await lines.run(never, async () => void done.push('<settled>'))
    expect(done).toEqual(['one', '<settled>', '<settled>', 'two', '<settled>'])
  })

  it('acts at once on what a person types: Enter interrupts, a slash commands', async () => {
    const { lines, done } = typed(true)
    const running = lines.run(never, async () => undefined)
    for (const line of ['hello', '', '/help', '/what ever', '/quit']) lines.take(line)
    lines.end()
    await running
    expect(done).toEqual(['hello', '<interrupt>', '<help>', '<no /what>', '<quit>'])
  })

  it('ends when it is stopped', async () => {
    const stop = new AbortController()
    const running = typed(true).lines.run(stop.signal, async () => undefined)
    stop.abort()
    await expect(running).resolves.toBeUndefined()
  })
})
