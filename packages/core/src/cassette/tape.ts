import type { ClientEvent } from '../events/client-events.ts'
import { RealtimeError, toRealtimeError } from '../errors.ts'
import type { ServerEvent } from '../events/server-events.ts'
import { createEntryWriter, tenth } from './entry-line.ts'
import type { CassetteEnd, CassetteEntry, CassetteHeader } from './format.ts'
import type { Redact } from './redact.ts'

/** Where a recording goes. Calls come one after the other. */
export interface TapeSink {
  append(text: string): Promise<void>
  /** Makes what was written last, and closes. */
  close(): Promise<void>
}

/** What a tape needs. */
export interface TapeOptions {
  readonly header: CassetteHeader
  readonly sink: TapeSink
  readonly redact: Redact
  /** Clock in ms that never goes back. */
  readonly now: () => number
  /** Bytes that may wait for the sink before the recording is given up. Default 8 MiB. */
  readonly maxPendingBytes?: number
  /** Time between two writes in ms. Default 250. */
  readonly flushMs?: number
  /** The recording was given up; the session goes on. */
  readonly onDropped: (error: RealtimeError) => void
}

/** A recording under way. Whatever happens to it, the session is not held up. */
export interface Tape {
  readonly id: string
  /** Keeps an event that passes now. It is written later, so it must not change any more. */
  record(from: 'client', event: ClientEvent): void
  record(from: 'backend', event: ServerEvent): void
  /** The backend broke the connection, or could not be reached. */
  failed(error: RealtimeError): void
  /** Another connection goes on where one failed. */
  mended(): void
  /** Writes what waits and the last line; resolves when all of it is on the disk, or was given up. */
  end(): Promise<void>
}

/** Letters handed to a sink at once; between two pieces other work gets its turn. */
export const pieceLength = 256 * 1024

/** Counted for an event without sound. */
const plainEventBytes = 1024

/** Begins a recording; its first moment is now. */
export function createTape(options: TapeOptions): Tape {
  const { header, sink, now, onDropped, maxPendingBytes = 8 * 1024 * 1024, flushMs = 250 } = options
  const startedAt = now()
  const lineOf = createEntryWriter(header.audio, options.redact)
  let pending: CassetteEntry[] = []
  let pendingBytes = 0
  let lastAt = 0
  let events = 0
  let end: Omit<CassetteEnd, 'events'> = {}
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = sink
    .append(`${JSON.stringify(options.redact(header))}\n`)
    .catch((error: unknown) => drop(toRealtimeError(error, 'store_unavailable')))

  function drop(error: RealtimeError): void {
    if (end.dropped !== undefined) return
    end = { ...end, dropped: error.message }
    pending = []
    pendingBytes = 0
    onDropped(error)
  }

  async function flush(): Promise<void> {
    const batch = pending
    pending = []
    pendingBytes = 0
    const before = events
    let text = ''
    for (const [index, entry] of batch.entries()) {
      text += lineOf(entry)
      if (text.length < pieceLength && index < batch.length - 1) continue
      // The order of the lines is the order of the events.
      // oxlint-disable-next-line no-await-in-loop
      await sink.append(text)
      text = ''
      events = index + 1 + before
      if (end.dropped !== undefined) return
    }
  }

  function write(): void {
    timer = undefined
    writing = writing.then(async () => {
      if (end.dropped !== undefined) return
      try {
        await flush()
      } catch (error) {
        drop(toRealtimeError(error, 'store_unavailable'))
      }
    })
  }

  function push(entry: CassetteEntry, bytes: number): void {
    if (ended || end.dropped !== undefined) return
    pending.push(entry)
    pendingBytes += bytes
    if (pendingBytes > maxPendingBytes) {
      return drop(new RealtimeError('buffer_overflow', 'The disk was too slow for the recording.'))
    }
    timer ??= setTimeout(write, flushMs)
  }

  return {
    id: header.id,
    record(from: 'client' | 'backend', event: ClientEvent | ServerEvent) {
      lastAt = now() - startedAt
      // Checked by the overloads: each side has its own events.
      push({ t: lastAt, from, event } as CassetteEntry, sizeOf(event))
    },
    failed({ code, message }) {
      end = { ...end, failed: { code, message } }
    },
    mended() {
      const { failed: _mended, ...rest } = end
      end = rest
    },
    async end() {
      if (ended) return
      ended = true
      clearTimeout(timer)
      const endedAt = now() - startedAt
      write()
      await writing
      const last = { t: tenth(Math.max(endedAt, lastAt)), from: 'recorder', events, ...end }
      try {
        await sink.append(`${JSON.stringify(options.redact(last))}\n`)
      } catch (error) {
        drop(toRealtimeError(error, 'store_unavailable'))
      } finally {
        await sink.close()
      }
    },
  }
}

function sizeOf(event: ClientEvent | ServerEvent): number {
  if (event.type === 'input_audio_buffer.append') return event.audio.byteLength * 1.4 + plainEventBytes
  if (event.type === 'response.output_audio.delta') return event.delta.byteLength * 1.4 + plainEventBytes
  return plainEventBytes
}
