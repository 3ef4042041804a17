import type { ClientEvent } from '../../events/client-events.ts'
import { createInputSide } from '../listening/input-side.ts'
import type { InputSide } from '../listening/input-side.ts'
import type { Samples, SpeechDetector } from '../ports.ts'
import { neededFromMs } from './resending.ts'
import type { SessionState } from '../session-state.ts'
import type { SoundSpan } from '../listening/sound-span.ts'
import { createSoundLog } from '../listening/sound-log.ts'
import type { Upstreams } from './upstreams.ts'

/** Everything on its way to backends: each session at one gets a way of its own, and none hears what another heard. */
export interface BackendSide {
  send(event: ClientEvent, state: SessionState): void
  /** Sends sound of the client once more; `judged` by the session's own ears. */
  resend(what: { readonly resend: SoundSpan; readonly judged: boolean }, state: SessionState): void
  takeOver(): void
  /** Keeps the sound of a committed item. */
  keep(itemId: string, span: SoundSpan | undefined): void
  /** The kept sound, once. */
  take(itemId: string): Samples | undefined
  /** Resolves when nothing waits for the speech detector. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** What the way to backends needs. */
export interface BackendSideOptions {
  readonly upstreams: Pick<Upstreams, 'send' | 'takeOver' | 'close'>
  readonly detector: SpeechDetector | undefined
  readonly noticed: (speech: 'started' | 'stopped', ms: number) => void
}

/** Earlier ways whose kept sound may still be asked for. */
const maxEarlier = 4

/** Creates the way to the first backend. */
export function createBackendSide({ upstreams, detector, noticed }: BackendSideOptions): BackendSide {
  const log = createSoundLog()
  let earlier: readonly InputSide[] = []
  let input = createInput()

  function createInput(): InputSide {
    const side: InputSide = createInputSide({
      send: (event) => {
        if (side === input) upstreams.send(event)
      },
      detector,
      noticed: (speech, ms) => {
        if (side === input) noticed(speech, ms)
      },
    })
    return side
  }

  return {
    send(event, state) {
      if (event.type === 'input_audio_buffer.append' && state.recovery)
        log.add(event.audio, state.settings.input.client, neededFromMs(state))
      input.send(event, state)
    },
    resend({ resend, judged }, state) {
      for (const audio of log.cut(resend)) input.resend(audio, { judged, state })
    },
    takeOver() {
      earlier = [input, ...earlier].slice(0, maxEarlier)
      input = createInput()
      upstreams.takeOver()
    },
    keep: (itemId, span) => input.keep(itemId, span),
    take(itemId) {
      for (const side of [input, ...earlier]) {
        const sound = side.take(itemId)
        if (sound) return sound
      }
      return undefined
    },
    settled: () => input.settled(),
    async close() {
      await Promise.allSettled([upstreams.close(), ...[input, ...earlier].map((side) => side.close())])
    },
  }
}
