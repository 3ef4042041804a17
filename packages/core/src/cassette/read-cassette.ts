import { z } from 'zod'
import { parseClientEvent, parseServerEvent } from '../dialects/openai-ga/index.ts'
import { RealtimeError } from '../errors.ts'
import { ExtensionEvent } from '../events/extension.ts'
import { createBreather } from './breathe.ts'
import { CassetteEnd, CassetteHeader, LeftOut, cassetteFormat } from './format.ts'
import type { Cassette, CassetteEntry } from './format.ts'

const Line = z.object({
  t: z.number().min(0),
  from: z.enum(['client', 'backend', 'recorder']),
  event: z.unknown().optional(),
  leftOut: LeftOut.optional(),
})

/**
 * Reads a cassette. A last line that was cut off is left away; any other line at fault throws `invalid_value` that
 * names its number, as does another version of the format.
 */
export function parseCassette(text: string): Cassette {
  const reading = read(text)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}

/** The same for long ones: other work gets its turn meanwhile. */
export async function readCassette(text: string): Promise<Cassette> {
  const reading = read(text)
  const breathe = createBreather()
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
    // Line after line.
    // oxlint-disable-next-line no-await-in-loop
    await breathe()
  }
}

/** Stops after each line. */
function* read(text: string): Generator<undefined, Cassette> {
  const lines = text.split('\n')
  const tail = lines.pop()
  const header = parseHeader(lines[0] ?? tail ?? '')
  const entries: CassetteEntry[] = []
  let end: CassetteEnd | undefined
  let durationMs = 0
  const take = (line: string): void => {
    const parsed = Line.parse(JSON.parse(line))
    if (end) throw new Error('it comes after the end')
    if (parsed.from === 'recorder') end = CassetteEnd.parse(JSON.parse(line))
    else entries.push(entryOf(parsed.from, parsed))
    durationMs = Math.max(durationMs, parsed.t)
  }
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    try {
      take(line)
    } catch (cause) {
      throw badLine(index + 1, cause)
    }
    yield
  }
  if (lines.length > 0 && tail !== undefined && tail.trim() !== '') {
    try {
      take(tail)
    } catch {
      // Cut off in mid-line: what stands before it is whole.
    }
  }
  return { header, entries, end, durationMs }
}

/** Reads a first line; throws `invalid_value`. */
export function parseHeader(line: string): CassetteHeader {
  const json = parseJson(line)
  const named = z.object({ format: z.string() }).safeParse(json)
  if (!named.success) throw badLine(1, new Error('it is not the header of a cassette'))
  if (named.data.format !== cassetteFormat) {
    const message = `This cassette has the format ${named.data.format.slice(0, 60)}; this version reads ${cassetteFormat}.`
    throw new RealtimeError('invalid_value', message, { param: 'format' })
  }
  const header = CassetteHeader.safeParse(json)
  if (!header.success) throw badLine(1, header.error)
  return header.data
}

function entryOf(from: 'client' | 'backend', { t, event, leftOut }: z.infer<typeof Line>): CassetteEntry {
  const extension = ExtensionEvent.safeParse(event)
  const passed = { t, ...(leftOut && { leftOut }) }
  if (from === 'client') {
    return { ...passed, from, event: extension.success ? extension.data : parseClientEvent(event) }
  }
  return { ...passed, from, event: extension.success ? extension.data : parseServerEvent(event) }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw badLine(1, cause)
  }
}

function badLine(number: number, cause: unknown): RealtimeError {
  const reason =
    cause instanceof z.ZodError
      ? `${cause.issues[0]?.path.join('.') ?? ''}: ${cause.issues[0]?.message ?? 'not valid'}`
      : cause instanceof Error
        ? cause.message
        : 'it cannot be read'
  return new RealtimeError('invalid_value', `Line ${number} of the cassette: ${reason}`, {
    param: `line ${number}`,
    cause,
  })
}
