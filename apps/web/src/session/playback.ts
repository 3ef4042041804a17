import type { PlaybackReport } from '@parley/audio/worklet'
import type { ClientEvent, ServerEvent } from '@parley/core'
import type { AudioEngine } from '../audio/audio-engine.ts'
import { createAcknowledgements, type Heard } from './acknowledgements.ts'
import { now } from './clock.ts'
import type { SessionInput } from './reduce.ts'
import { createSounding } from './sounding.ts'

/** Of PCM16 at 24 kHz. */
const bytesPerMs = 48

/** What the playback of answers needs. */
export interface PlaybackOptions {
  /** `undefined` until sound can be played. */
  readonly engine: () => AudioEngine | undefined
  readonly send: (event: ClientEvent) => void
  readonly dispatch: (input: SessionInput) => void
}

/** The sound of a session's answers: what is played, what was heard, and what was cut off. */
export interface Playback {
  play(event: Extract<ServerEvent, { type: 'response.output_audio.delta' }>): void
  /** Takes what the player says of itself. */
  report(report: PlaybackReport): void
  /** Silences the player now; the items behind the one that sounded were not heard at all. */
  cut(): void
  /** How much of the sound that came for each item was heard, from 0 to 1. */
  heardShares(): ReadonlyMap<string, number>
  /** The session is over, and its sound with it: the next one is told nothing of it. */
  reset(): void
}

/** Creates the playback of one session after another. */
export function createPlayback({ engine, send, dispatch }: PlaybackOptions): Playback {
  const sounding = createSounding()
  const acknowledgements = createAcknowledgements({ send, now })
  /** Sound that came for the items of this session and what was heard of it (ms). */
  const sounds = new Map<string, { readonly ms: number; readonly heardMs: number }>()

  function heardOf(itemId: string, heardMs: number): Heard {
    return { itemId, heardMs: Math.max(0, heardMs), contentIndex: sounding.contentIndexOf(itemId) }
  }

  function truncate(itemId: string, heardMs: number): void {
    const place = { item_id: itemId, content_index: sounding.contentIndexOf(itemId) }
    const audio_end_ms = Math.max(0, Math.floor(heardMs))
    send({ type: 'conversation.item.truncate', ...place, audio_end_ms })
  }

  /** Says how far an item of this session was heard. */
  function acknowledge(type: 'ended' | 'cleared' | 'position', heard: Heard): void {
    if (!sounding.knows(heard.itemId)) return
    if (type === 'position') return acknowledgements.reached(heard)
    acknowledgements.stopped(heard)
    if (type === 'cleared') truncate(heard.itemId, heard.heardMs)
  }

  return {
    play(event) {
      const { item_id: itemId, response_id: responseId, content_index: contentIndex } = event
      const item = { itemId, responseId, contentIndex }
      const player = engine()
      if (!player || !sounding.accepts(item)) return
      sounding.queued(item)
      const { ms = 0, heardMs = 0 } = sounds.get(itemId) ?? {}
      sounds.set(itemId, { ms: ms + event.delta.bytes.length / bytesPerMs, heardMs })
      // A copy: the worklet takes the buffer over.
      player.append(item.itemId, new Uint8Array(event.delta.bytes).buffer)
    },
    report(report) {
      const outputLatencyMs = engine()?.outputLatencyMs ?? 0
      const { itemId } = report
      if (report.type === 'started') {
        return dispatch({ kind: 'started', itemId: report.itemId, outputLatencyMs, at: now() })
      }
      const sound = itemId === undefined ? undefined : sounds.get(itemId)
      if (itemId !== undefined && sound) {
        sounds.set(itemId, { ...sound, heardMs: Math.max(0, report.playedMs - outputLatencyMs) })
      }
      if (itemId !== undefined) acknowledge(report.type, heardOf(itemId, report.playedMs - outputLatencyMs))
      if (report.type === 'position') return
      if (report.type === 'ended') sounding.ended(report.itemId)
      dispatch({ kind: 'silent', itemId: report.type === 'ended' ? report.itemId : undefined })
    },
    cut() {
      if (!sounding.isActive) return
      engine()?.clear()
      for (const itemId of sounding.cut().slice(1)) truncate(itemId, 0)
    },
    heardShares: () =>
      new Map([...sounds].map(([itemId, { ms, heardMs }]) => [itemId, Math.min(1, heardMs / ms)])),
    reset() {
      sounds.clear()
      engine()?.clear()
      sounding.reset()
      acknowledgements.reset()
    },
  }
}
