/** Client events that may have to be sent again, numbered by count. */
export interface SentEvents {
  /** Takes the next one. */
  push(text: string): void
  /** The server needs nothing up to `number` any more. */
  forget(number: number): void
  /** Those after `number`; `undefined` when some of them are gone. */
  after(number: number): readonly string[] | undefined
  /** Nothing was sent: for another session. */
  clear(): void
}

/** Keeps at most `maxBytes`, the newest ones. */
export function createSentEvents(maxBytes: number): SentEvents {
  let texts: string[] = []
  let gone = 0
  let bytes = 0

  function forget(number: number): void {
    const count = Math.min(Math.max(0, number - gone), texts.length)
    for (const text of texts.slice(0, count)) bytes -= text.length
    texts = texts.slice(count)
    gone += count
  }

  return {
    push(text) {
      texts.push(text)
      bytes += text.length
      if (bytes <= maxBytes) return
      // Half of it at once, so that each one costs little.
      let kept = bytes
      let count = 0
      while (kept > maxBytes / 2 && count < texts.length) kept -= texts[count++]?.length ?? 0
      forget(gone + count)
    },
    forget,
    after: (number) => (number < gone ? undefined : texts.slice(number - gone)),
    clear() {
      texts = []
      gone = 0
      bytes = 0
    },
  }
}
