import { readFile } from 'node:fs/promises'
import { isObject, numberOf, textOf } from './json.ts'

/** One event of a recorded connection; `at` in ms since its first. */
export interface RecordedEvent {
  readonly at: number
  readonly from: 'client' | 'server'
  readonly event: unknown
}

/** How a recorded connection ended, where it did not end with its last event. */
export interface RecordedClose {
  readonly at: number
  readonly code: number
  readonly reason: string
}

/** A connection from its first event to its last. */
export interface Recording {
  readonly events: readonly RecordedEvent[]
  readonly close?: RecordedClose
}

/** Takes down a connection event by event. */
export interface Recorder {
  onEvent(from: 'client' | 'server', event: unknown): void
  onClose(code: number, reason: string): void
  /** What was taken down, as NDJSON. */
  text(): string
}

/** A recorder that has heard nothing; `now` in ms. Sound is shortened. */
export function createRecorder(now: () => number): Recorder {
  const lines: string[] = []
  let start: number | undefined
  const time = () => Math.round(now() - (start ??= now()))
  return {
    onEvent(from, event) {
      lines.push(JSON.stringify({ at: time(), from, event: shortened(event) }))
    },
    onClose(code, reason) {
      lines.push(JSON.stringify({ at: time(), close: { code, reason } }))
    },
    text: () => `${lines.join('\n')}\n`,
  }
}

/** Characters of base64 that are kept of a sound: 48 bytes, whole samples in every format. */
const keptCharacters = 64

/** An event whose sounds are cut to their beginning. */
function shortened(event: unknown): unknown {
  if (Array.isArray(event)) return event.map(shortened)
  if (!isObject(event)) return event
  const isSound = (key: string) =>
    key === 'audio' || (key === 'delta' && textOf(event['type']).endsWith('audio.delta'))
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      typeof value === 'string' && isSound(key) ? value.slice(0, keptCharacters) : shortened(value),
    ]),
  )
}

/** Reads NDJSON of a recorder; throws a `RangeError` naming the line that is none. */
export function parseRecording(text: string): Recording {
  const events: RecordedEvent[] = []
  let close: RecordedClose | undefined
  for (const [index, line] of text.trimEnd().split('\n').entries()) {
    const entry: unknown = JSON.parse(line)
    if (!isObject(entry)) throw new RangeError(`Line ${index + 1} is no recorded event.`)
    const at = numberOf(entry['at'], 0)
    const { from, event } = entry
    if (isObject(entry['close'])) {
      close = { at, code: numberOf(entry['close']['code'], 0), reason: textOf(entry['close']['reason']) }
    } else if ((from === 'client' || from === 'server') && event !== undefined) {
      events.push({ at, from, event })
    } else {
      throw new RangeError(`Line ${index + 1} is no recorded event.`)
    }
  }
  return close === undefined ? { events } : { events, close }
}

/** The recording `<wire>-<scenario>` beside the stand-ins; sources only, a built package has none. */
export async function readRecording(name: string): Promise<Recording> {
  return parseRecording(await readFile(recordingUrl(name), 'utf8'))
}

/** Where a recording is kept. */
export function recordingUrl(name: string): URL {
  return new URL(`./__fixtures__/${name}.ndjson`, import.meta.url)
}
