import { createInterface } from 'node:readline'
import type { Interface } from 'node:readline'
import { charactersOf, print, styled } from '../terminal/terminal.ts'

/** A conversation on the terminal: lines that stay, one that changes, and one to type in. */
export interface Screen extends Disposable {
  line(text: string): void
  /** What is being said; empty for nothing. Only where a terminal can change a line. */
  live(text: string): void
}

/** What a screen is made on. */
export interface ScreenOptions {
  /** True where lines can change in place. */
  readonly isLive: boolean
  /** Lines the person types; `undefined` where nothing is read. */
  readonly input: NodeJS.ReadStream | undefined
  readonly onInput: (line: string) => void
  /** Ctrl-C in the line that is typed in, which the terminal does not send as a signal. */
  readonly onInterrupt: () => void
  /** No more lines will come. */
  readonly onEnd: () => void
}

/** Of a terminal that does not tell. */
const usualColumns = 80

const clearLine = '\r\u001B[2K'
const lineUp = '\u001B[1A'

/** A screen on standard output. */
export function createScreen({ isLive, input, onInput, onInterrupt, onEnd }: ScreenOptions): Screen {
  const typing: Interface | undefined =
    input && createInterface({ input, ...(isLive && { output: process.stdout, prompt: '> ' }) })
  typing?.on('line', (line) => {
    // The transcript shows it again.
    if (isLive) process.stdout.write(lineUp + clearLine)
    onInput(line)
  })
  typing?.on('SIGINT', onInterrupt)
  typing?.on('close', onEnd)
  let shown = ''

  function erase(): string {
    return clearLine + (shown === '' ? '' : lineUp + clearLine)
  }

  /** Writes a line that stays, if there is one, then the one that changes, then the one to type in. */
  function draw(staying: string, changing: string): void {
    const before = erase()
    shown = changing
    process.stdout.write(`${before}${staying}${shown === '' ? '' : `${shown}\n`}`)
    typing?.prompt(true)
  }

  if (isLive) typing?.prompt()

  return {
    line(text) {
      if (isLive) draw(`${text}\n`, shown)
      else print(text)
    },
    live(text) {
      if (!isLive) return
      const width = (process.stdout.columns || usualColumns) - 1
      const end = charactersOf(text).slice(-width).join('')
      const changing = end === '' ? '' : styled('dim', end)
      if (changing !== shown) draw('', changing)
    },
    [Symbol.dispose]() {
      if (isLive) process.stdout.write(clearLine)
      typing?.close()
    },
  }
}
