import { durationMs } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import type { CassetteEntry } from '../../cassette/format.ts'
import type { InputAudioBufferAppend } from '../../events/client-events.ts'
import { createHearing } from './hearing.ts'
import { createRecordedSound } from './recorded-sound.ts'

/** How the user spoke in one turn of a recording. Times are ms. */
export interface SpokenTurn {
  /** From the onset of the speech until the backend said so. */
  readonly startedAfter: number
  /** From the end of the speech until the backend took the turn for over. */
  readonly stoppedAfter: number
  /** From onset to end. */
  readonly spokenMs: number
  /** Longest silence inside. */
  readonly pauseMs: number
  /** When the speech ended, on the recording's clock. */
  readonly endAt: number
}

/** What the backend said of one turn, on the recording's clock and in the stream of sound. */
export interface NoticedTurn {
  readonly startedAt: number
  readonly startMs: number
  readonly stoppedAt: number
  readonly endMs: number
  /** Silence that the backend was set to wait for; it is part of what it calls the turn. */
  readonly silenceMs: number
}

/** Sound before the onset that backends count as part of a turn. */
const usualPaddingMs = 300

/** The user's side of a recording as it was sent. */
export interface RecordedSpeech {
  append(entry: CassetteEntry, event: InputAudioBufferAppend, format: AudioFormat): void
  /** Where the speech of a turn truly was; by the sound itself if it was kept, else by what the backend said. */
  locate(turn: NoticedTurn): SpokenTurn
}

/** Creates a record without sound. */
export function createRecordedSpeech(): RecordedSpeech {
  const sound = createRecordedSound()
  const hearing = createHearing()
  const chunks: { readonly t: number; readonly endMs: number }[] = []
  const runs: { readonly fromMs: number; endMs: number }[] = []
  let endMs = 0
  let takenMs = 0

  /** When the sound at a place was spoken, taking it that sound is sent as soon as it is there. */
  function timeOf(placeMs: number): number {
    const chunk = chunks.find((candidate) => candidate.endMs >= placeMs) ?? chunks.at(-1)
    return chunk ? chunk.t - (chunk.endMs - placeMs) : 0
  }

  function placeAt(t: number): number {
    return chunks.findLast((chunk) => chunk.t <= t)?.endMs ?? 0
  }

  return {
    append({ t, leftOut }, { audio }, format) {
      endMs += leftOut?.ms ?? durationMs(format, audio.byteLength)
      chunks.push({ t, endMs })
      if (leftOut) return
      hearing.hear(sound.next(audio.bytes, format, undefined), (frame) => {
        if (frame.speechFromMs === undefined) return
        const run = runs.at(-1)
        if (run?.fromMs === frame.speechFromMs) run.endMs = frame.endMs
        else runs.push({ fromMs: frame.speechFromMs, endMs: frame.endMs })
      })
    },
    locate({ startedAt, startMs, stoppedAt, endMs: turnEndMs, silenceMs }) {
      const from = Math.max(takenMs, startMs)
      const until = placeAt(stoppedAt)
      const own = runs.filter((run) => run.endMs > from && run.fromMs < until)
      const first = own[0]
      const last = own.at(-1)
      const onset = first
        ? Math.max(takenMs, first.fromMs)
        : Math.min(startMs + usualPaddingMs, placeAt(startedAt))
      const end = Math.max(onset, last ? Math.min(last.endMs, until) : turnEndMs - silenceMs)
      takenMs = end
      return {
        startedAfter: startedAt - timeOf(onset),
        stoppedAfter: Math.max(0, stoppedAt - timeOf(end)),
        spokenMs: end - onset,
        pauseMs: Math.max(0, ...own.slice(1).map((run, index) => run.fromMs - (own[index]?.endMs ?? 0))),
        endAt: timeOf(end),
      }
    },
  }
}
