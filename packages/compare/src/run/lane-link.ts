import { int16ToPcm16 } from '@parley/audio'
import { AudioPayload, RealtimeError, type ClientEvent } from '@parley/core'
import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { createConversation, type Conversation } from './conversation.ts'
import type { Mark } from './mark.ts'
import type { Microphone } from './microphone.ts'
import { frameMs, pace } from './pacer.ts'
import { createPlayer, type Player } from './player.ts'
import type { CompareObserver, ComparePorts, LaneChannel } from './ports.ts'
import { sessionUpdateFor } from './session-update.ts'

/** How long connecting, and acknowledging the settings, may each take, ms. */
const openLimitMs = 20_000

/** A lane that cannot go on, with why. */
export class LaneFailure extends Error {
  override readonly name = 'LaneFailure'
  readonly code: string

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** What the person said last, ms on the axis; `to` is `Infinity` while it is being said. */
export interface Words {
  readonly from: number
  readonly to: number
}

/** A lane's session while it runs: the axis, the sound both ways, and what the backend says. */
export interface LaneLink {
  readonly conversation: Conversation
  readonly player: Player
  /** True when the session has no turn detection: the client says when a turn is over. */
  readonly isPushToTalk: boolean
  readonly wantsTranscript: boolean
  /** Last speech or text of the person. */
  words: Words | undefined
  /** Ms on the axis. */
  at(): number
  mark(mark: Mark): void
  send(event: ClientEvent): void
  /** Connects, asks for the settings and waits until they are acknowledged; from then on sound is sent. */
  open(): Promise<void>
  /**
   * Resolves with true as soon as `check` holds, with false at `by` (ms on the axis). Looked at after each event and
   * frame. Rejects when the lane ends before.
   */
  until(check: () => boolean, by?: number): Promise<boolean>
  /** Ends the session; the later calls do nothing. */
  close(): Promise<void>
}

/** What a link is made of. */
export interface LinkOptions {
  readonly lane: Lane
  readonly scenario: Scenario | undefined
  readonly microphone: Microphone
  readonly signal: AbortSignal
  readonly mark: (mark: Mark) => void
  readonly observer: CompareObserver
}

/** A lane that is not connected yet; 0 of its axis is now. */
export function createLaneLink(ports: ComparePorts, options: LinkOptions): LaneLink {
  const { lane, scenario, microphone, mark, observer } = options
  const origin = ports.now()
  const ending = new AbortController()
  const signal = AbortSignal.any([ending.signal, options.signal])
  const waiting = new Set<() => void>()
  const player = createPlayer()
  const update = sessionUpdateFor(lane, scenario)
  const input = update.session.audio?.input
  let channel: LaneChannel | undefined
  let isClosing = false

  function at(): number {
    return ports.now() - origin
  }

  function fail(error: unknown): void {
    ending.abort(error)
    ring()
  }

  function ring(): void {
    for (const look of waiting) look()
  }

  const conversation = createConversation({
    player,
    mark,
    send,
    toolResult: (name) => resultOf(scenario, name),
    interrupts: input?.turn_detection?.interrupt_response !== false,
    onSound: (heardAt, samples) => observer.onSound?.(lane.label, heardAt, samples),
    onCut: (cutAt) => observer.onCut?.(lane.label, cutAt),
  })

  function send(event: ClientEvent): void {
    channel?.send(event.type === 'extension' ? event : { ...event, event_id: ports.newId('event') })
  }

  function hearUntil(now: number): void {
    for (const heard of player.advance(now)) conversation.hear(heard)
  }

  async function read(open: LaneChannel): Promise<void> {
    try {
      for await (const event of open) {
        const now = at()
        hearUntil(now)
        conversation.receive(event, now)
        ring()
      }
      end(new LaneFailure('closed', 'The session was closed before the scenario was over.'), 'normal')
    } catch (error) {
      const { code, message } = toFailure(error, 'connection_lost')
      end(new LaneFailure(code, message, error), code)
    }
  }

  function end(failure: LaneFailure, code: string): void {
    if (!isClosing && !signal.aborted) mark({ type: 'closed', at: at(), code })
    fail(failure)
  }

  function sendFrame(lateMs: number): void {
    const now = at()
    hearUntil(now)
    if (conversation.isReady && !isClosing) {
      const { samples, edges } = microphone.frame(now)
      if (samples.length > 0) {
        send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(int16ToPcm16(samples)) })
        if (lateMs > frameMs) mark({ type: 'late_frame', at: now, lateMs })
      }
      for (const edge of edges) {
        mark(edge)
        link.words =
          edge.type === 'speech_start'
            ? { from: edge.at, to: Infinity }
            : { from: link.words?.from ?? edge.at, to: edge.at }
      }
    }
    ring()
  }

  function until(check: () => boolean, by = Infinity): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>()
    function look(): void {
      const holds = check()
      if (!holds && !signal.aborted && at() < by) return
      waiting.delete(look)
      if (holds) resolve(true)
      else if (signal.aborted) reject(signal.reason)
      else resolve(false)
    }
    waiting.add(look)
    look()
    return promise
  }

  async function open(): Promise<void> {
    options.signal.addEventListener('abort', ring)
    signal.throwIfAborted()
    pace(ports, signal, sendFrame).catch(fail)
    const connecting = ports.connect(lane, signal)
    let refusal: unknown
    connecting.then(
      (opened) => {
        if (signal.aborted) void opened.close()
        channel = opened
        ring()
      },
      (error: unknown) => {
        refusal = error
        ring()
      },
    )
    const isSettled = await until(() => channel !== undefined || refusal !== undefined, at() + openLimitMs)
    if (refusal !== undefined) throw toFailure(refusal, 'connection_failed')
    if (!isSettled || !channel) {
      throw new LaneFailure('connection_timeout', `There was no connection within ${openLimitMs / 1000} s.`)
    }
    mark({ type: 'connected', at: at() })
    void read(channel)
    const eventId = ports.newId('event')
    channel.send({ ...update, event_id: eventId })
    const isReady = await until(
      () => conversation.isReady || conversation.refusals.has(eventId),
      at() + openLimitMs,
    )
    const refused = conversation.refusals.get(eventId)
    if (refused) throw new LaneFailure(refused.code, `The settings were refused: ${refused.message}`)
    if (!isReady) {
      throw new LaneFailure(
        'session_not_ready',
        `The settings were not acknowledged within ${openLimitMs / 1000} s.`,
      )
    }
  }

  const link: LaneLink = {
    conversation,
    player,
    isPushToTalk: input?.turn_detection === null,
    wantsTranscript: input?.transcription !== null,
    words: undefined,
    at,
    mark,
    send,
    open,
    until,
    async close() {
      if (isClosing) return
      isClosing = true
      hearUntil(at())
      options.signal.removeEventListener('abort', ring)
      ending.abort(new LaneFailure('closed', 'The lane is over.'))
      await channel?.close().catch(() => undefined)
    },
  }
  return link
}

function resultOf(scenario: Scenario | undefined, name: string): string | undefined {
  const tool = scenario?.tools.find((candidate) => candidate.name === name)
  if (!tool) return undefined
  return typeof tool.result === 'string' ? tool.result : JSON.stringify(tool.result ?? null)
}

/** Anything thrown, with a code and a message for people. */
export function toFailure(error: unknown, fallback: string): LaneFailure {
  if (error instanceof LaneFailure) return error
  if (error instanceof RealtimeError) return new LaneFailure(error.code, error.message, error)
  if (error instanceof Error && error.message !== '') return new LaneFailure(fallback, error.message, error)
  return new LaneFailure(fallback, `It failed without saying why (${String(error)}).`, error)
}
