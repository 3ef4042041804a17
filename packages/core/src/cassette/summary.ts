import { open } from 'node:fs/promises'
import { CassetteEnd } from './format.ts'
import type { CassetteSummary } from './format.ts'
import { parseHeader } from './read-cassette.ts'

/** Read of each end of a file: headers and last lines are far shorter. */
const endBytes = 64 * 1024

/** What a list shows of a file, without a look at all of it unless the recording was cut off. Throws for other files. */
export async function summariseFile(path: string, id: string): Promise<CassetteSummary> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  const read = async (from: number, length: number): Promise<string> => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, from)
    return new TextDecoder().decode(buffer.subarray(0, bytesRead))
  }
  const [first = ''] = (await read(0, endBytes)).split('\n', 1)
  const header = parseHeader(first)
  const from = Math.max(0, size - endBytes)
  const lines = (await read(from, size - from)).split('\n').slice(0, -1)
  const last = lines.at(-1) ?? ''
  const end = endOf(last)
  return {
    id,
    title: header.title,
    backend: header.backend,
    model: header.model,
    startedAt: header.recordedAt,
    durationMs: Math.round(timeOf(last)),
    events: end?.events ?? (await countLines(path)) - 1,
    bytes: size,
    audio: header.audio,
    complete: end !== undefined && end.dropped === undefined,
  }
}

function endOf(line: string): CassetteEnd | undefined {
  return line.includes('"from":"recorder"') ? CassetteEnd.parse(JSON.parse(line)) : undefined
}

function timeOf(line: string): number {
  return Number(/^\{"t":(\d+(?:\.\d+)?)/.exec(line)?.[1] ?? 0)
}

async function countLines(path: string): Promise<number> {
  await using file = await open(path, 'r')
  let count = 0
  for await (const _line of file.readLines()) count++
  return count
}
