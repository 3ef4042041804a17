import type { Conversation, PlacedItem } from './conversation.ts'
import type { Emit } from './output.ts'

/**
 * Turns of the user's speech. Gemini says only what it understood and that it answers; begin, end and item of a
 * turn are made from that.
 */
export interface UserTurns {
  /** The user is speaking, as far as is known. */
  readonly speaking: boolean
  /** Speech was detected. Nothing when the user speaks already. */
  begin(): void
  /** The speech ended, and became an item. Nothing when the user was not speaking. */
  end(): void
  /** The client ended a turn of its own: it becomes an item without signs of speech. */
  commit(): void
  /** More of the transcript of the present turn, or of the last one while its transcript is open. */
  words(delta: string): void
  /** Whether words that come now still belong to the last turn. */
  readonly awaitsWords: boolean
  /** The transcript of the last turn is complete. */
  wordsDone(): void
  /** The speech under way is to be understood from its beginning, or the turn that has just ended. */
  again(turn: 'speaking' | 'ended'): void
}

/** What turns are written to and with. */
export interface UserTurnsOptions {
  readonly conversation: Conversation
  readonly emit: Emit
  readonly newId: (prefix: string) => string
  /** Sound received so far (ms). */
  readonly audioMs: () => number
  /** The client asked for transcripts. */
  readonly transcribes: () => boolean
  /** Told when speech has begun, and when a turn has ended. */
  readonly onChange: (change: 'begun' | 'ended') => void
}

interface Turn {
  readonly id: string
  words: string
  /** The item is in the conversation. */
  placed: boolean
  /** The service said that no more words come. */
  complete: boolean
}

/** No turn has begun. */
export function createUserTurns(options: UserTurnsOptions): UserTurns {
  const { conversation, emit, newId, audioMs, transcribes, onChange } = options
  let speaking: Turn | undefined
  /** The last turn, until its transcript is complete. */
  let open: Turn | undefined
  /** Words of a turn that the client has not ended yet. */
  let early = ''
  /** The last turn is heard once more, and its words are known. */
  let known = false

  function told(turn: Turn, delta: string): void {
    if (!transcribes() || delta === '') return
    emit({
      type: 'conversation.item.input_audio_transcription.delta',
      item_id: turn.id,
      content_index: 0,
      delta,
    })
  }

  function place(turn: Turn): void {
    onChange('ended')
    const last = conversation.items.at(-1)?.id
    emit({
      type: 'input_audio_buffer.committed',
      item_id: turn.id,
      ...(last === undefined ? {} : { previous_item_id: last }),
    })
    const item: PlacedItem = {
      id: turn.id,
      object: 'realtime.item',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    }
    conversation.place(item)
    conversation.transcribe(turn.id, turn.words)
    turn.placed = true
    if (turn.complete) wordsDone()
  }

  function wordsDone(): void {
    known = false
    if (open) open.complete = true
    if (!open?.placed) return
    const { id, words } = open
    open = undefined
    if (!transcribes()) return
    emit({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: id,
      content_index: 0,
      transcript: words.trim(),
    })
  }

  return {
    get speaking() {
      return speaking !== undefined
    },
    get awaitsWords() {
      return open?.placed === true
    },
    begin() {
      if (speaking) return
      wordsDone()
      early = ''
      speaking = { id: newId('item'), words: '', placed: false, complete: false }
      open = speaking
      onChange('begun')
      emit({ type: 'input_audio_buffer.speech_started', item_id: speaking.id, audio_start_ms: audioMs() })
    },
    end() {
      if (!speaking) return
      const turn = speaking
      speaking = undefined
      emit({ type: 'input_audio_buffer.speech_stopped', item_id: turn.id, audio_end_ms: audioMs() })
      place(turn)
    },
    commit() {
      wordsDone()
      const turn: Turn = { id: newId('item'), words: early, placed: false, complete: false }
      early = ''
      open = turn
      place(turn)
      told(turn, turn.words)
    },
    words(delta) {
      if (known) return
      if (!open) {
        early += delta
        return
      }
      open.words += delta
      if (open.placed) conversation.transcribe(open.id, open.words)
      told(open, delta)
    },
    wordsDone,
    again(turn) {
      early = ''
      const heard = turn === 'ended' ? open : speaking
      if (heard) Object.assign(heard, { words: '', complete: false })
      else known = turn === 'ended'
    },
  }
}
