import type { ContextReport } from '@parley/core'
import type { Origin, Timings } from './latency.ts'
import type { NamedBackend } from './notice.ts'
import type { Problem } from './problem.ts'
import type { Turn } from './turns.ts'

/** State of the connection to the gateway. */
export type Connection = 'idle' | 'connecting' | 'open' | 'reconnecting'

/** One answer on its way: when it was asked for, what it produced, when it was first heard. */
export interface ResponseTrace {
  readonly origin: Origin | undefined
  /** Silence setting when it was asked for. */
  readonly silenceMs: number
  readonly itemId: string | undefined
  readonly soundAt: number | undefined
  readonly outputLatencyMs: number
  readonly timings: Timings | undefined
  readonly done: boolean
}

/** Everything the page shows of a conversation. */
export interface SessionView {
  readonly connection: Connection
  readonly conversationId: string | undefined
  readonly turns: readonly Turn[]
  readonly responses: ReadonlyMap<string, ResponseTrace>
  /** Waiting for the next `response.created`. */
  readonly origin: Origin | undefined
  readonly silenceMs: number
  /** True between `speech_started` and `speech_stopped`. */
  readonly hearing: boolean
  /** Item that is sounding now. */
  readonly soundingItemId: string | undefined
  readonly problem: Problem | undefined
  /** What the backend was told of the conversation when its session began, once that is known. */
  readonly context: ContextReport | undefined
  /** The backend that answers, as far as the gateway has said; it need not be the one that was chosen. */
  readonly backend: NamedBackend | undefined
}

/** A page before its first word. */
export const emptyView: SessionView = {
  connection: 'idle',
  conversationId: undefined,
  turns: [],
  responses: new Map(),
  origin: undefined,
  silenceMs: 400,
  hearing: false,
  soundingItemId: undefined,
  problem: undefined,
  context: undefined,
  backend: undefined,
}

/** What is going on, in one word. */
export function activityOf(view: SessionView): 'hearing' | 'speaking' | 'thinking' | 'quiet' {
  if (view.hearing) return 'hearing'
  if (view.soundingItemId !== undefined) return 'speaking'
  return view.origin !== undefined || isAnswering(view) ? 'thinking' : 'quiet'
}

/** True while a response is being made. */
export function isAnswering(view: SessionView): boolean {
  return [...view.responses.values()].some((response) => !response.done)
}
