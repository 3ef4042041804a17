import type { TurnDetection } from '../../events/session-config.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import type { Notice } from './notice.ts'

/** How the session listens for speech on a backend that cannot. Times in ms. */
export interface Listening {
  readonly threshold: number
  readonly prefixPaddingMs: number
  readonly silenceMs: number
  readonly createResponse: boolean
  readonly interruptResponse: boolean
  readonly idleTimeoutMs: number | undefined
}

/** The defaults of `server_vad` in OpenAI Realtime. */
export const listeningDefaults: Listening = {
  threshold: 0.5,
  prefixPaddingMs: 300,
  silenceMs: 500,
  createResponse: true,
  interruptResponse: true,
  idleTimeoutMs: undefined,
}

/** Silence that ends a turn where nobody can judge meaning, by the eagerness asked for (ms). */
const silenceByEagerness = { low: 1_000, medium: 600, auto: 600, high: 300 } as const

/** The error for turn detection that cannot be had in any way, `undefined` where it can. */
export function turnDetectionProblem(
  asked: TurnDetection | null | undefined,
  { manualTurns, turnsWithoutResponse, turnDetection }: Capabilities,
): string | undefined {
  if (asked === null && !manualTurns)
    return 'This backend always detects turns itself: null is not available.'
  if (asked?.create_response === false && turnDetection.length > 0 && !turnsWithoutResponse)
    return 'This backend answers every turn: create_response cannot be false.'
  return undefined
}

/** How the session is to listen for the turn detection asked for. */
export function listeningFor(asked: TurnDetection): Listening {
  const shared = {
    createResponse: asked.create_response ?? true,
    interruptResponse: asked.interrupt_response ?? true,
  }
  if (asked.type === 'semantic_vad')
    return { ...listeningDefaults, ...shared, silenceMs: silenceByEagerness[asked.eagerness ?? 'auto'] }
  return {
    ...shared,
    threshold: asked.threshold ?? listeningDefaults.threshold,
    prefixPaddingMs: asked.prefix_padding_ms ?? listeningDefaults.prefixPaddingMs,
    silenceMs: asked.silence_duration_ms ?? listeningDefaults.silenceMs,
    idleTimeoutMs: asked.idle_timeout_ms ?? undefined,
  }
}

/** The nearest turn detection the backend has, `undefined` when it has the one asked for. */
export function nearestTurnDetection(
  asked: TurnDetection,
  { turnDetection }: Capabilities,
): TurnDetection | undefined {
  if (turnDetection.includes(asked.type)) return undefined
  const shared = {
    ...(asked.create_response === undefined ? {} : { create_response: asked.create_response }),
    ...(asked.interrupt_response === undefined ? {} : { interrupt_response: asked.interrupt_response }),
  }
  if (asked.type === 'server_vad') return { type: 'semantic_vad', ...shared }
  const silence_duration_ms = silenceByEagerness[asked.eagerness ?? 'auto']
  return { type: 'server_vad', silence_duration_ms, ...shared }
}

/** What to tell a client whose turn detection another kind stands for: nothing where the backend, or the session in its place, has it. */
export function otherTurnDetection(asked: TurnDetection, { turnDetection }: Capabilities): readonly Notice[] {
  const available = turnDetection.length === 0 ? ['server_vad'] : turnDetection
  if (available.includes(asked.type)) return []
  const message =
    asked.type === 'semantic_vad'
      ? `This backend does not judge by meaning when a turn is over: ${silenceByEagerness[asked.eagerness ?? 'auto']} ms of silence stand for semantic_vad.`
      : 'This backend ends turns by meaning, not by silence: semantic_vad stands for server_vad.'
  return [{ param: 'session.audio.input.turn_detection', message }]
}

/**
 * Turn detection as the client asked for it, complete: a client that does not read that speech interrupts would
 * cancel the answer a second time.
 */
export function completeTurnDetection(
  asked: TurnDetection,
  effective: TurnDetection | null | undefined,
): TurnDetection {
  const shared = {
    create_response: effective?.create_response ?? true,
    interrupt_response: effective?.interrupt_response ?? true,
  }
  if (asked.type === 'semantic_vad') return { eagerness: 'auto', ...shared, ...asked }
  return {
    threshold: listeningDefaults.threshold,
    prefix_padding_ms: listeningDefaults.prefixPaddingMs,
    silence_duration_ms: listeningDefaults.silenceMs,
    idle_timeout_ms: null,
    ...shared,
    ...asked,
  }
}
