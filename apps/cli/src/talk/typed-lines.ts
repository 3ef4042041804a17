/** What typed lines do. */
export interface TypedLinesOptions {
  /** A person types; otherwise lines come from a pipe and wait for the answer to the one before. */
  readonly isTerminal: boolean
  readonly onLine: (line: string) => void
  readonly onInterrupt: () => void
  readonly onHelp: () => void
  /** A word behind a slash that means nothing here. */
  readonly onUnknown: (command: string) => void
  readonly onQuit: () => void
}

/** Lines on their way into a conversation. */
export interface TypedLines {
  /** Takes a line as it was typed. */
  readonly take: (line: string) => void
  /** No more lines will come. */
  readonly end: () => void
  /** Says the lines until they end or the signal aborts; `settled` resolves when an answer is over. */
  run(signal: AbortSignal, settled: () => Promise<void>): Promise<void>
}

/** Lines of a terminal act at once, those of a pipe in turn. */
export function createTypedLines(options: TypedLinesOptions): TypedLines {
  const { isTerminal, onLine, onInterrupt, onHelp, onUnknown, onQuit } = options
  const waiting: string[] = []
  let isRunning = false
  let isEnded = false
  let wake = Promise.withResolvers<void>()

  function act(line: string): void {
    const text = line.trim()
    if (text === '') return onInterrupt()
    if (text === '/quit' || text === '/exit') return onQuit()
    if (text === '/help') return onHelp()
    if (text.startsWith('/')) return onUnknown(text.split(/\s/, 1)[0] ?? text)
    onLine(text)
  }

  return {
    take(line) {
      if (isTerminal && isRunning) return act(line)
      waiting.push(line)
      wake.resolve()
    },
    end() {
      isEnded = true
      wake.resolve()
    },
    async run(signal, settled) {
      isRunning = true
      signal.addEventListener('abort', () => wake.resolve(), { once: true })
      while (!signal.aborted) {
        const line = waiting.shift()
        if (line !== undefined) {
          // An empty line in a pipe is no wish to interrupt.
          if (isTerminal || line.trim() !== '') act(line)
          if (!isTerminal) await settled()
        } else if (isEnded) {
          return
        } else {
          await wake.promise
          wake = Promise.withResolvers()
        }
      }
    },
  }
}
