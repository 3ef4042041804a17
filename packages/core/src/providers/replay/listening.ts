import type { AudioPayload } from '../../events/audio-payload.ts'
import { createHearing } from './hearing.ts'
import type { RecordedTurn } from './script.ts'

/** Silence under which nobody can tell a pause from an end: no speed makes a replay cut in earlier (ms). */
const minSilenceMs = 200

/** How much shorter speech may be than the recorded one and still be taken for the whole of it (ms). */
const toleranceMs = 150

/** How long a turn that the recording does not have lasts into its silence, where the session does not say (ms). */
export const usualSilenceMs = 500

/** Speech of who talks to a replay. Times are on the clock of `now`. */
export interface LiveSpeech {
  readonly fromMs: number
  readonly fromAt: number
  endMs: number
  endAt: number
}

/** What the ears need. */
export interface ListeningPorts {
  readonly now: () => number
  readonly speed: number
  /** The turn that the next speech plays, `undefined` when the recording has no more. */
  readonly expected: () => RecordedTurn | undefined
  /** Silence that ends a turn the recording does not have (ms). */
  readonly silenceMs: () => number
  readonly onset: (speech: LiveSpeech) => void
  /** The turn is over; `at` is the moment at which the recorded backend would have said so. */
  readonly over: (speech: LiveSpeech, at: number) => void
}

/** Finds the turns in the sound of a client. */
export interface Listening {
  hear(audio: AudioPayload, isDetecting: boolean): void
  /** A turn may be over because time went by. */
  check(): void
  /** When to call `check`, `undefined` when it needs no call. */
  readonly checkAt: number | undefined
  /** The client ended the turn itself. */
  forget(): void
}

/** Begins to listen. */
export function createListening(ports: ListeningPorts): Listening {
  const { now, speed } = ports
  const hearing = createHearing()
  let speaking: LiveSpeech | undefined

  function stoppedAfter(): number {
    return ports.expected()?.speech?.stoppedAfter ?? ports.silenceMs()
  }

  /** What was said is as long as what was said in the recording, so that its silence counts. */
  function isWhole({ fromMs, endMs }: LiveSpeech): boolean {
    const recorded = ports.expected()?.speech
    return recorded !== undefined && endMs - fromMs >= recorded.spokenMs - toleranceMs
  }

  function dueAt(speech: LiveSpeech): number {
    const after = stoppedAfter()
    return speech.endAt + Math.max(after / speed, Math.min(after, minSilenceMs))
  }

  /** Shorter speech may only pause: a silence ends it that is longer than any pause in the recording. */
  function longSilenceMs(): number {
    return Math.max(stoppedAfter(), (ports.expected()?.speech?.pauseMs ?? 0) + 100, minSilenceMs)
  }

  function end(speech: LiveSpeech): void {
    const at = dueAt(speech)
    speaking = undefined
    ports.over(speech, at)
  }

  return {
    hear(audio, isDetecting) {
      const arrivedAt = now()
      hearing.hear(audio.bytes, ({ endMs, speechFromMs }) => {
        if (!isDetecting) return
        const timeOf = (placeMs: number): number => arrivedAt - (hearing.positionMs - placeMs)
        if (speechFromMs === undefined) {
          if (!speaking) return
          const silentMs = endMs - speaking.endMs
          if (silentMs >= (isWhole(speaking) ? Math.max(stoppedAfter(), minSilenceMs) : longSilenceMs()))
            end(speaking)
        } else if (speaking) {
          speaking.endMs = endMs
          speaking.endAt = timeOf(endMs)
        } else {
          speaking = { fromMs: speechFromMs, fromAt: timeOf(speechFromMs), endMs, endAt: timeOf(endMs) }
          ports.onset(speaking)
        }
      })
      if (!isDetecting) speaking = undefined
    },
    check() {
      if (speaking && isWhole(speaking) && dueAt(speaking) <= now()) end(speaking)
    },
    get checkAt() {
      return speaking && isWhole(speaking) ? dueAt(speaking) : undefined
    },
    forget() {
      speaking = undefined
    },
  }
}
