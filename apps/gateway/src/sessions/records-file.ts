import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { SessionRecord } from './live-sessions.ts'
import { createSharedMemory } from './memory-sessions.ts'
import type { SharedMemory } from './memory-sessions.ts'

const KeptFrame = z.object({ number: z.number(), frame: z.string() })

const KeptSessions = z.object({
  /** Unix ms. */
  savedAt: z.number(),
  sessions: z.array(z.object({ record: SessionRecord, frames: z.array(KeptFrame) })),
})

/** Writes the sessions that have left, for the next run of a gateway that runs alone. */
export async function saveSessions(
  path: string,
  { records, frames }: SharedMemory,
  now: number,
): Promise<void> {
  const sessions = [...records.values()]
    .filter(({ standing }) => standing.isAtRest)
    .map((record) => ({ record, frames: frames.get(record.id) ?? [] }))
  if (sessions.length === 0) return
  const written = `${path}.new`
  await writeFile(written, JSON.stringify({ savedAt: now, sessions }), { mode: 0o600 })
  await rename(written, path)
}

/** Reads them, once: what is older than `maxAgeMs` or cannot be read is left out. */
export async function loadSessions(path: string, maxAgeMs: number, now: number): Promise<SharedMemory> {
  const shared = createSharedMemory()
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return shared
  await rm(path, { force: true })
  const kept = KeptSessions.safeParse(parseJson(text))
  if (!kept.success || now - kept.data.savedAt > maxAgeMs) return shared
  for (const { record, frames } of kept.data.sessions) {
    shared.records.set(record.id, record)
    shared.frames.set(record.id, frames)
  }
  const timer = setTimeout(
    () => {
      for (const { record } of kept.data.sessions) {
        // Whoever has come back has a record that is not at rest.
        if (shared.records.get(record.id) === record) shared.records.delete(record.id)
      }
    },
    maxAgeMs - (now - kept.data.savedAt),
  )
  timer.unref()
  return shared
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
