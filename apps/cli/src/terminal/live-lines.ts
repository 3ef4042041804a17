import type { WriteStream } from 'node:tty'
import { charactersOf, textWidth } from './terminal.ts'

/** Lines at the bottom of a terminal that change in place, with a log above them. */
export interface LiveLines extends Disposable {
  /** Shows these lines in place of those before; does nothing where lines cannot change in place. */
  show(lines: readonly string[]): void
  /** Writes one line that stays. */
  log(line: string): void
  /** True where `show` shows. */
  readonly isLive: boolean
}

/** What `liveLines` writes to. */
export type LineStream = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'
const eraseBelow = '\u001B[J'

/** Live on a terminal that is not dumb, otherwise a plain log. Disposing it removes the live lines. */
export function liveLines(stream: LineStream, { isDumb }: { readonly isDumb: boolean }): LiveLines {
  const isLive = stream.isTTY === true && !isDumb
  let shown: readonly string[] = []

  function erase(): string {
    return shown.length === 0 ? '' : `\r\u001B[${shown.length}A${eraseBelow}`
  }

  return {
    isLive,
    show(lines) {
      if (!isLive) return
      // A terminal without a size says 0.
      const width = (stream.columns || 80) - 1
      const fitting = lines.map((line) => (textWidth(line) <= width ? line : clip(line, width)))
      stream.write(hideCursor + erase() + fitting.map((line) => `${line}\n`).join(''))
      shown = fitting
    },
    log(line) {
      stream.write(`${erase()}${line}\n${shown.map((other) => `${other}\n`).join('')}`)
    },
    [Symbol.dispose]() {
      if (isLive) stream.write(erase() + showCursor)
      shown = []
    },
  }
}

/** A line that is too long loses its styles with its end. */
function clip(line: string, width: number): string {
  return `${charactersOf(line)
    .slice(0, width - 1)
    .join('')}…`
}
