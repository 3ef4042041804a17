import { readEnvironment, setting } from '../environment.ts'
import { liveLines } from './live-lines.ts'
import { styledError } from './terminal.ts'

/** One line that says what is being waited for. */
export interface LiveProgress extends Disposable {
  say(text: string): void
  /** Takes the line away, so that results can be written. */
  clear(): void
}

/** A line on standard error; where it cannot change in place, one line each time. */
export function liveProgress(): LiveProgress {
  const lines = liveLines(process.stderr, { isDumb: isDumbTerminal() })
  return {
    say: (text) => (lines.isLive ? lines.show([styledError('dim', text)]) : lines.log(text)),
    clear: () => lines.show([]),
    [Symbol.dispose]: () => lines[Symbol.dispose](),
  }
}

/** True for a terminal that cannot move its cursor. */
export function isDumbTerminal(): boolean {
  return setting(readEnvironment(), 'TERM') === 'dumb'
}
