import { RealtimeError, toRealtimeError } from '../errors.ts'
import type { ContextEntry, ContextStore, ItemAudio, StoredEntry } from './context-store.ts'
import { encodeEntry } from './entry-text.ts'
import { storeClosed } from './store-errors.ts'
import { canonicalJson } from './canonical-json.ts'

/** What a queue needs of its surroundings. */
export interface WriteQueueOptions {
  readonly store: Pick<ContextStore, 'append' | 'load' | 'putAudio'>
  readonly id: string
  /** Longest wait for one answer of the store (ms). */
  readonly timeoutMs: number
  /** Wait after so many failures in a row (ms). */
  readonly backoffMs: (failures: number) => number
  /** True while another process works on the conversation. */
  readonly isHeld: () => Promise<boolean>
  /** Unix ms. */
  readonly now: () => number
  /** After each answer of the store, or none in time. */
  readonly onAnswer: (worked: boolean) => void
  /** Others added these, which are in nobody's way. */
  readonly onBeside: (entries: readonly ContextEntry[]) => void
}

/** What one conversation has yet to be stored, in order. It retries until the store takes it. */
export interface WriteQueue {
  /** Entries that wait, and the bytes of all that waits. */
  readonly entries: number
  readonly bytes: number
  /** Time of the oldest that waits, `undefined` when nothing does. */
  readonly since: number | undefined
  /** The store has failed or was late since the queue was last empty. */
  readonly isBehind: boolean
  /** What the conversation has in the store as far as known, and with what waits. */
  readonly base: number
  readonly revision: number
  /** Entries that wait, with the revisions they will have. */
  readonly waiting: readonly StoredEntry[]
  /** The conversation was found at this revision; no news while something waits. */
  startAt(revision: number): void
  /** Resolves with the revision when stored. Rejects with `revision_conflict` when another came first. */
  append(entries: readonly ContextEntry[]): Promise<number>
  putAudio(audio: ItemAudio): Promise<void>
  /** Runs a task behind what waits; it gives the revision it leads to. Rejects if its turn comes too late. */
  run<Result>(task: (revision: number) => Promise<Ran<Result>>): Promise<Result>
  /** Tries again now. */
  wake(): void
  /** Resolves when nothing waits. */
  drained(): Promise<void>
  /** Forgets what waits. */
  stop(): void
}

/** What a task gave, and the revision the conversation has after it. */
interface Ran<Result> {
  readonly result: Result
  readonly revision: number
}

/** One thing that waits; `write` is for all but entries, which are written together. */
interface Job {
  readonly entries: readonly ContextEntry[]
  readonly bytes: number
  readonly at: number
  readonly write?: () => Promise<void>
  /** Failures are its own and not retried. */
  readonly once?: boolean
  stored(revision: number): void
  failed(error: RealtimeError): void
}

/** An empty queue of a conversation that is at `revision`. */
export function createWriteQueue(options: WriteQueueOptions, revision: number): WriteQueue {
  const { store, id, timeoutMs, backoffMs, isHeld, now, onAnswer, onBeside } = options
  let jobs: Job[] = []
  let base = revision
  let writing: Promise<void> | undefined
  let isBehind = false
  /** Something may have been stored though no answer came. */
  let isUnsure = false
  /** Several jobs at once were refused; one of them is at fault. */
  let singly = false
  let wake = (): void => undefined

  function add(job: Job): void {
    jobs.push(job)
    writing ??= writeAll()
  }

  async function writeAll(): Promise<void> {
    for (let failures = 0; jobs.length > 0;) {
      try {
        await writeNext()
        failures = 0
        onAnswer(true)
      } catch {
        failures += 1
        isBehind = true
        onAnswer(false)
        await pause(backoffMs(failures))
      }
    }
    isBehind = false
    isUnsure = false
    writing = undefined
  }

  async function pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      // Whoever ends the process flushes first.
      timer.unref()
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** Throws what may pass; every other end is that of the jobs. */
  async function writeNext(): Promise<void> {
    const [first] = jobs
    if (first === undefined) return
    if (first.write !== undefined) return await writeOther(first, first.write)
    const others = jobs.findIndex(({ write }) => write !== undefined)
    const together = jobs.slice(0, singly ? 1 : others === -1 ? jobs.length : others)
    try {
      await inTime(
        store.append(
          id,
          together.flatMap(({ entries }) => entries),
          base,
        ),
        timeoutMs,
      )
      done(together)
      singly = false
    } catch (thrown) {
      const error = toRealtimeError(thrown, 'store_unavailable')
      if (error.code === 'revision_conflict') return await overtaken(error)
      if (mayPass(error)) {
        isUnsure = true
        throw error
      }
      if (together.length > 1) singly = true
      else give(first).failed(error)
    }
  }

  async function writeOther(job: Job, write: () => Promise<void>): Promise<void> {
    try {
      await write()
      give(job).stored(base)
    } catch (thrown) {
      const error = toRealtimeError(thrown, 'store_unavailable')
      if (job.once !== true && mayPass(error)) throw error
      give(job).failed(error)
    }
  }

  function give(job: Job): Job {
    jobs = jobs.filter((other) => other !== job)
    return job
  }

  function done(written: readonly Job[]): void {
    jobs = jobs.filter((job) => !written.includes(job))
    for (const job of written) {
      base += job.entries.length
      job.stored(base)
    }
  }

  /** The conversation is not where it was: by an attempt of ours that got no answer, or by somebody else. */
  async function overtaken(conflict: RealtimeError): Promise<void> {
    const found = await inTime(store.load(id), timeoutMs)
    const after = (found?.entries ?? []).filter((entry) => entry.revision > base)
    const ours = isUnsure ? writtenJobs(jobs, after) : []
    if (ours.length > 0) return done(ours)
    // Whoever deleted the conversation wants nothing of it back.
    const isGone = found === undefined || found.revision < base
    if (found?.revision === base) throw conflict
    if (!isGone && after.every(({ entry }) => isBeside(entry))) {
      base = found.revision
      return onBeside(after.map(({ entry }) => entry))
    }
    if (isGone || !isBehind) {
      return giveUp(conflict)
    }
    // The others are told; what was said is kept, as soon as nobody else is at it.
    for (const job of jobs) job.failed(conflict)
    jobs = jobs.filter(({ once = false }) => !once)
    if (await inTime(isHeld(), timeoutMs)) throw conflict
    base = found.revision
  }

  function giveUp(error: RealtimeError): void {
    const rejected = jobs
    jobs = []
    for (const job of rejected) job.failed(error)
  }

  return {
    get entries() {
      return jobs.reduce((sum, job) => sum + job.entries.length, 0)
    },
    get bytes() {
      return jobs.reduce((sum, job) => sum + job.bytes, 0)
    },
    get since() {
      return jobs[0]?.at
    },
    get isBehind() {
      return isBehind
    },
    get base() {
      return base
    },
    get revision() {
      return base + this.entries
    },
    get waiting() {
      const waiting = jobs.flatMap(({ entries, at }) => entries.map((entry) => ({ at, entry })))
      return waiting.map((each, index) => ({ revision: base + index + 1, ...each }))
    },
    startAt(found) {
      if (jobs.length === 0) base = found
    },
    append(entries) {
      const bytes = entries.reduce((sum, entry) => sum + encodeEntry(entry).length, 0)
      return new Promise((stored, failed) => add({ entries, bytes, at: now(), stored, failed }))
    },
    putAudio(audio) {
      return new Promise((resolve, failed) =>
        add({
          entries: [],
          bytes: audio.bytes.byteLength,
          at: now(),
          write: () => inTime(store.putAudio(id, audio), timeoutMs),
          stored: () => resolve(),
          failed,
        }),
      )
    },
    run(task) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => give(job).failed(notInTime()), timeoutMs)
        const job: Job = {
          entries: [],
          bytes: 0,
          at: now(),
          once: true,
          async write() {
            clearTimeout(late)
            const ran = await inTime(task(base), timeoutMs)
            base = ran.revision
            resolve(ran.result)
          },
          stored: () => undefined,
          failed(error) {
            clearTimeout(late)
            reject(error)
          },
        }
        add(job)
      })
    },
    wake: () => wake(),
    async drained() {
      while (writing !== undefined) await writing
    },
    stop() {
      giveUp(storeClosed())
      wake()
    },
  }
}

/** The jobs at the beginning that are in the store already. */
function writtenJobs(jobs: readonly Job[], stored: readonly StoredEntry[]): readonly Job[] {
  let at = 0
  const end = jobs.findIndex(({ write, entries }) => {
    if (write !== undefined) return true
    const isWritten = entries.every((entry, index) => isSame(entry, stored[at + index]?.entry))
    at += entries.length
    return !isWritten
  })
  return jobs.slice(0, end === -1 ? jobs.length : end)
}

function isSame(entry: ContextEntry, stored: ContextEntry | undefined): boolean {
  return stored?.type === 'erased' || (stored !== undefined && canonicalJson(entry) === canonicalJson(stored))
}

/** An entry that a person can add at any time and that is in nobody's way. */
export function isBeside({ type }: ContextEntry): boolean {
  return type === 'pinned' || type === 'unpinned'
}

function mayPass({ code }: RealtimeError): boolean {
  return code === 'store_unavailable' || code === 'internal_error'
}

/** Rejects with `store_unavailable` when there is no answer by then. */
export async function inTime<Result>(answer: Promise<Result>, timeoutMs: number): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(notInTime()), timeoutMs)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function notInTime(): RealtimeError {
  return new RealtimeError('store_unavailable', 'The conversation store does not answer.')
}
