import { RealtimeError } from '../../../../errors.ts'

/** Turns the bytes of a server-sent event stream into the `data` of each event. */
export interface SseParser {
  /** Takes the next bytes, cut anywhere; answers with the events that are complete. */
  push(bytes: Uint8Array): readonly string[]
  /** Ends the stream; answers with a last event that lacks its empty line. */
  flush(): readonly string[]
}

/** Longest event accepted, in characters; a server that never ends a line must not fill the memory. */
const maxEventChars = 4 * 1024 * 1024

/**
 * Creates a parser after the WHATWG event stream rules (any line ending, byte order mark, comments, several
 * `data` lines). Only `data` is kept: these endpoints use neither ids nor event names. Throws `backend_unavailable` on
 * an event over 4 million characters.
 */
export function createSseParser(): SseParser {
  const decoder = new TextDecoder()
  let text = ''
  let data: string[] = []
  let dataChars = 0
  let afterCarriageReturn = false

  function line(content: string, events: string[]): void {
    if (content === '') {
      if (data.length > 0) events.push(data.join('\n'))
      data = []
      dataChars = 0
      return
    }
    const field = /^data(?:: ?|$)/.exec(content)
    if (field === null) return
    data.push(content.slice(field[0].length))
    dataChars += content.length
  }

  function read(chunk: string): string[] {
    const events: string[] = []
    // The line feed of a CRLF that was cut in two belongs to the line already read.
    text += afterCarriageReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk
    if (chunk !== '') afterCarriageReturn = chunk.endsWith('\r')
    const lines = text.split(/\r\n|\r|\n/)
    text = lines.pop() ?? ''
    for (const content of lines) line(content, events)
    if (text.length + dataChars > maxEventChars) {
      throw new RealtimeError('backend_unavailable', 'The server sent an event that never ends.')
    }
    return events
  }

  return {
    push: (bytes) => read(decoder.decode(bytes, { stream: true })),
    flush() {
      const events = read(decoder.decode())
      if (text !== '') line(text, events)
      line('', events)
      text = ''
      return events
    },
  }
}
