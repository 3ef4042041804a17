import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LaneChannel } from '@parley/compare'
import * as z from 'zod'

/** What was recorded of one pass. */
export interface Recording {
  /** As the gateway called it; its file is `<id>.ndjson`. */
  readonly id: string
  readonly scenario: { readonly name: string; readonly title: string }
  readonly lane: string
  /** Counts from 0. */
  readonly repeat: number
}

const ending = '.ndjson'

/** Longest name a cassette may have. */
const maxName = 64

const Named = z.looseObject({ parley: z.looseObject({ cassette: z.string() }) })

/** The same channel; `onNamed` is told what the gateway calls the recording of its session. */
export function noteRecording(channel: LaneChannel, onNamed: (id: string) => void): LaneChannel {
  return {
    send: (event) => channel.send(event),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    async *[Symbol.asyncIterator]() {
      for await (const event of channel) {
        const named = event.type === 'session.created' ? Named.safeParse(event) : undefined
        if (named?.success === true) onNamed(named.data.parley.cassette)
        yield event
      }
    },
  }
}

/**
 * Gives cassettes the names `<scenario>-<lane>-<repeat>` and a title of the same. Resolves with the names; a cassette
 * that cannot be renamed keeps its own.
 */
export async function nameRecordings(
  folder: string,
  recordings: readonly Recording[],
): Promise<readonly string[]> {
  const names: string[] = []
  for (const recording of recordings) names.push(await nameRecording(folder, recording))
  return names
}

async function nameRecording(folder: string, { id, scenario, lane, repeat }: Recording): Promise<string> {
  const title = `${scenario.title}, ${lane}, repeat ${repeat + 1}`
  const path = join(folder, id + ending)
  try {
    const text = await readFile(path, 'utf8')
    const cut = text.indexOf('\n')
    const header: object = z.looseObject({}).parse(JSON.parse(text.slice(0, cut)))
    for (let attempt = 1; ; attempt++) {
      const name = recordingName([scenario.name, lane, String(repeat + 1), attempt === 1 ? '' : `${attempt}`])
      const line = JSON.stringify({ ...header, id: name, title: title.slice(0, 200) })
      if (!(await wroteNew(join(folder, name + ending), line + text.slice(cut)))) continue
      await rm(path)
      return name
    }
  } catch {
    return id
  }
}

/** A name that is safe for a file everywhere; a long scenario is cut, since lane and repeat tell cassettes apart. */
export function recordingName([first = '', ...rest]: readonly string[]): string {
  const safe = (text: string): string =>
    text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[-_]+|-+$/g, '')
  const end = rest
    .map(safe)
    .filter((part) => part !== '')
    .map((part) => `-${part}`)
    .join('')
    .slice(-(maxName - 1))
  return (safe(first) || 'scenario').slice(0, maxName - end.length) + end
}

/** False when there is such a file already. */
async function wroteNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
