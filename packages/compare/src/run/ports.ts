import type { Channel, ClientEvent, PriceModel, ServerEvent } from '@parley/core'
import type { Lane } from '../lane.ts'
import type { LaneRun } from './lane-run.ts'
import type { Mark } from './mark.ts'

/** A lane's session with the gateway, seen as a client sees it. */
export type LaneChannel = Channel<ServerEvent, ClientEvent>

/** What a scenario wants spoken: text in a voice, or a file of the scenario's folder. */
export type SpeechRequest =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly language: string
      readonly voice: string | undefined
    }
  | { readonly kind: 'file'; readonly path: string }

/** What a comparison needs from where it runs: the browser and the command line each have their own. */
export interface ComparePorts {
  /** Monotonic ms, finer than 1 ms. */
  readonly now: () => number
  /** Unix ms. */
  readonly wallClock: () => number
  /** Resolves at `at` on the clock of `now`, or when `signal` aborts. */
  readonly waitUntil: (at: number, signal: AbortSignal) => Promise<void>
  /** Opens a session; rejects with an `Error` whose message a person can act on. */
  readonly connect: (lane: Lane, signal: AbortSignal) => Promise<LaneChannel>
  /** Price of a lane's backend. */
  readonly priceOf: (lane: Lane) => PriceModel
  /** PCM16 mono at 24 kHz, without silence around it. */
  readonly speech: (request: SpeechRequest, signal: AbortSignal) => Promise<Int16Array>
  readonly newId: (prefix: string) => string
}

/** What is told while a comparison runs. */
export interface CompareObserver {
  /** A lane began its pass. */
  readonly onLaneStart?: (label: string, repeat: number) => void
  readonly onMark?: (label: string, repeat: number, mark: Mark) => void
  /** Sound that arrived and will be heard from `at` on (lane axis, ms), for a lane that is listened to live. */
  readonly onSound?: (label: string, at: number, samples: Int16Array) => void
  /** Queued sound was dropped at `at`. */
  readonly onCut?: (label: string, at: number) => void
  readonly onLaneEnd?: (run: LaneRun) => void
}
