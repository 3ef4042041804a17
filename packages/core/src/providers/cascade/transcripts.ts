import { toRealtimeError } from '../../errors.ts'
import type { RealtimeSession } from '../../events/session-config.ts'
import type { Conversation } from './conversation.ts'
import type { Emit } from './emit.ts'
import type { EndedTurn } from './turns.ts'
import type { Transcript } from './stages.ts'

/** Speech in the conversation whose words are on their way. */
export interface FollowedSpeech extends Pick<EndedTurn, 'itemId' | 'soundMs' | 'transcript' | 'listen'> {
  /** Part of the item that holds it. Default 0. */
  readonly contentIndex?: number
}

/** The words of user speech, on their way into the conversation. */
export interface Transcripts {
  /** True while a committed item waits for its words. */
  readonly pending: boolean
  /** Language of the last turn that was understood (BCP 47). */
  readonly language: string | undefined
  /** Writes the words into the item and tells the client; `undefined` when nothing was understood. */
  follow(speech: FollowedSpeech): Promise<Transcript | undefined>
  /** Resolves when no item waits for its words. */
  settled(): Promise<void>
  /** Sound recognised since the last call (ms). */
  takeHeardMs(): number
}

const unintelligible = {
  type: 'transcription_error',
  code: 'audio_unintelligible',
  message: 'The audio could not be understood.',
}

const transcription = 'conversation.item.input_audio_transcription'

/** Creates the transcripts of one session. */
export function createTranscripts(options: {
  readonly conversation: Conversation
  readonly session: () => RealtimeSession
  readonly emit: Emit
}): Transcripts {
  const { conversation, session, emit } = options
  const following = new Set<Promise<unknown>>()
  let language: string | undefined
  let heardMs = 0

  async function follow(turn: FollowedSpeech): Promise<Transcript | undefined> {
    const { contentIndex = 0 } = turn
    const fields = { item_id: turn.itemId, content_index: contentIndex }
    let told = ''
    const wanted = () =>
      session().audio?.input?.transcription != null && conversation.find(turn.itemId) !== undefined
    function fail(error: { type: string; code: string; message: string }): undefined {
      if (wanted()) emit({ type: `${transcription}.failed`, ...fields, error })
    }
    function tell(words: string): void {
      const delta = told === '' ? words.trimStart() : words
      if (delta === '' || !wanted()) return
      told += delta
      emit({ type: `${transcription}.delta`, ...fields, delta })
    }
    turn.listen(tell)
    let heard: Transcript
    try {
      heard = await turn.transcript
    } catch (error) {
      const { type, code, message } = toRealtimeError(error, 'engine_failed')
      return fail({ type, code, message })
    }
    const { text } = heard
    heardMs += turn.soundMs
    if (text === '') return fail(unintelligible)
    language = heard.language ?? language
    conversation.setTranscript(turn.itemId, contentIndex, text)
    if (wanted()) {
      const usage = { type: 'duration', seconds: turn.soundMs / 1000 } as const
      if (text.startsWith(told)) tell(text.slice(told.length))
      emit({ type: `${transcription}.completed`, ...fields, transcript: text, usage })
    }
    return conversation.find(turn.itemId) ? heard : undefined
  }

  return {
    get pending() {
      return following.size > 0
    },
    get language() {
      return language
    },
    follow(turn) {
      const result = follow(turn)
      following.add(result)
      return result.finally(() => following.delete(result))
    },
    async settled() {
      while (following.size > 0) await Promise.all(following)
    },
    takeHeardMs() {
      const ms = heardMs
      heardMs = 0
      return ms
    },
  }
}
