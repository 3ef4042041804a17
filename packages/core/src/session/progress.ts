import type { ClientEvent } from '../events/client-events.ts'
import type { SessionProgressNote, SessionSnapshot } from './ports.ts'
import { neededFromMs } from './upstream/resending.ts'
import { defaultResponse } from './answers/responses.ts'
import type { SessionState } from './session-state.ts'

/** Counts what the client has said, and how much of it has led to something that is stored. */
export interface Progress {
  /** Another event of the client is about to be taken. */
  taking(event: ClientEvent): void
  /** The session has taken an input; `stored` resolves when all it has written so far is stored. */
  taken(state: SessionState, stored: Promise<unknown>): void
}

/** What an event waits for before it counts: the backend's acknowledgement, or the end of the answer it asks for. */
interface Open {
  readonly n: number
  readonly until: 'acknowledged' | 'answered'
}

/** Most places in the sound that are remembered; before them everything counts as one. */
const maxMarks = 8_192

/** Creates a count from 0. `told` hears of it whenever it changes. */
export function createProgress(told: (note: SessionProgressNote) => void): Progress {
  let taken = 0
  let open: readonly Open[] = []
  /** Sound up to `endMs` came with the first `n` events. */
  let marks: { readonly n: number; readonly endMs: number }[] = []
  let heldFrom: number | undefined
  let durable = 0
  let last: SessionProgressNote | undefined

  function report(snapshot: SessionSnapshot): void {
    if (last?.taken === taken && last.durable === durable && isSame(last.snapshot, snapshot)) return
    last = { taken, durable, snapshot }
    told(last)
  }

  function durableAt(state: SessionState): number {
    if (isAcknowledged(state)) open = open.filter(({ until }) => until !== 'acknowledged')
    if (isAnswered(state)) open = open.filter(({ until }) => until !== 'answered')
    const neededMs = neededFromMs(state)
    const kept = marks.findIndex(({ endMs }) => endMs > neededMs)
    const ends = [
      taken,
      ...(kept === -1 ? [] : [(marks[kept - 1]?.n ?? marks[0]?.n ?? 1) - (kept === 0 ? 1 : 0)]),
      ...(open[0] ? [open[0].n - 1] : []),
      ...(heldFrom === undefined ? [] : [heldFrom - 1]),
    ]
    marks = kept === -1 ? [] : marks.slice(Math.max(0, kept - 1)).slice(-maxMarks)
    return Math.min(...ends)
  }

  return {
    taking(event) {
      taken += 1
      if (event.type === 'input_audio_buffer.append') return
      open = [...open, { n: taken, until: event.type === 'response.create' ? 'answered' : 'acknowledged' }]
    },
    taken(state, stored) {
      heldFrom = state.hold && state.hold.events.length > 0 ? (heldFrom ?? taken) : undefined
      if ((marks.at(-1)?.endMs ?? 0) < state.heardMs) marks.push({ n: taken, endMs: state.heardMs })
      const reached = durableAt(state)
      const snapshot = snapshotOf(state)
      report(snapshot)
      if (reached <= durable) return
      void stored.then(
        () => {
          durable = Math.max(durable, reached)
          report(last?.snapshot ?? snapshot)
        },
        // What is not stored does not count.
        () => undefined,
      )
    },
  }
}

/** What another process needs to go on with the session. */
function snapshotOf({ settings, upstream: { backend, model } }: SessionState): SessionSnapshot {
  return { session: settings.wanted, backend, model }
}

function isSame(one: SessionSnapshot, other: SessionSnapshot): boolean {
  return one.session === other.session && one.backend === other.backend && one.model === other.model
}

/** Whatever the client has changed stands in the conversation. */
function isAcknowledged({ upstream, updates, waiting, hold, succession }: SessionState): boolean {
  return (
    !hold &&
    updates.length === 0 &&
    !succession?.update &&
    upstream.sent.length === 0 &&
    upstream.commits.length === 0 &&
    upstream.committed.length === 0 &&
    !waiting.some(({ type }) => type === 'conversation.item.create')
  )
}

/** No answer is under way. */
function isAnswered(state: SessionState): boolean {
  return (
    !state.hold &&
    !state.requested &&
    !defaultResponse(state) &&
    !state.waiting.some(({ type }) => type === 'response.create')
  )
}
