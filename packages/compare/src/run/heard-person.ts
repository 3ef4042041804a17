import type { ServerEvent } from '@parley/core'
import type { Mark } from './mark.ts'

/** What the person said, as the backend wrote it down. */
export interface Transcript {
  /** Ms on the lane's axis. */
  readonly at: number
  readonly itemId: string
  readonly text: string
}

type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>

/** After detected speech a backend that answers begins within this, ms; its detector's verdict is in by then. */
const answerGraceMs = 1500

/** What the backend hears of the person: when, and which words. */
export interface HeardPerson {
  readonly transcripts: readonly Transcript[]
  /** Speech was detected and its transcript has not come. */
  readonly awaitsTranscript: boolean
  started(event: EventOf<'input_audio_buffer.speech_started'>, at: number): void
  stopped(event: EventOf<'input_audio_buffer.speech_stopped'>, at: number): void
  /** More words of an item, or all of them. */
  transcribed(itemId: string, text: string, at: number, extent: 'part' | 'whole'): void
  transcriptionFailed(event: EventOf<'conversation.item.input_audio_transcription.failed'>, at: number): void
  /** What was heard is being answered. */
  answered(): void
  /** The person is heard speaking, or was just now, and an answer may follow. */
  isAnswerNear(at: number): boolean
}

/** Nothing was heard so far. */
export function createHeardPerson(mark: (mark: Mark) => void): HeardPerson {
  const transcripts: Transcript[] = []
  const begun = new Set<string>()
  const awaited = new Set<string>()
  let isSpeaking = false
  let spokeUntil = -Infinity
  return {
    transcripts,
    get awaitsTranscript() {
      return awaited.size > 0
    },
    started({ item_id: itemId }, at) {
      isSpeaking = true
      awaited.add(itemId)
      mark({ type: 'speech_started', at, itemId })
    },
    stopped({ item_id: itemId }, at) {
      isSpeaking = false
      spokeUntil = at
      mark({ type: 'speech_stopped', at, itemId })
    },
    transcribed(itemId, text, at, extent) {
      if (text !== '' && !begun.has(itemId)) {
        begun.add(itemId)
        mark({ type: 'first_transcript', at, itemId, text })
      }
      if (extent === 'part') return
      awaited.delete(itemId)
      transcripts.push({ at, itemId, text })
      mark({ type: 'transcript', at, itemId, text })
    },
    transcriptionFailed({ item_id, error }, at) {
      awaited.delete(item_id)
      mark({ type: 'error', at, code: error.code ?? 'transcription_failed', text: error.message ?? '' })
    },
    answered() {
      spokeUntil = -Infinity
    },
    isAnswerNear: (at) => isSpeaking || at - spokeUntil < answerGraceMs,
  }
}
