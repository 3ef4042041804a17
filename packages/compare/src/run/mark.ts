/**
 * One moment of a lane. `at` is ms on the lane's axis, whose 0 is when the connection was begun. Arrivals are when
 * the frame reached the client; `first_sound`, `sound_end` and `cut` are when a listener hears it.
 */
export type Mark =
  /** The socket is open. */
  | { readonly type: 'connected'; readonly at: number }
  | { readonly type: 'session_created'; readonly at: number }
  /** The session's settings are acknowledged; speech may begin. */
  | { readonly type: 'session_ready'; readonly at: number }
  /** A step of the scenario began; `step` counts from 0. */
  | { readonly type: 'step'; readonly at: number; readonly step: number }
  /** Sound of the person begins or ends: the truth, from the clean speech that was sent, not from a detector. */
  | { readonly type: 'speech_start' | 'speech_end'; readonly at: number; readonly step?: number }
  /** A typed message was sent. */
  | { readonly type: 'text_sent'; readonly at: number; readonly step?: number; readonly text: string }
  /** The backend's detector, as told. */
  | { readonly type: 'speech_started' | 'speech_stopped'; readonly at: number; readonly itemId: string }
  /** First transcript of what the person said (delta or whole), and the whole one. */
  | {
      readonly type: 'first_transcript' | 'transcript'
      readonly at: number
      readonly itemId: string
      readonly text: string
    }
  | { readonly type: 'response_created'; readonly at: number; readonly responseId: string }
  /** First text or transcript of an answer. */
  | { readonly type: 'first_text'; readonly at: number; readonly responseId: string; readonly text: string }
  /** First sound of an answer arrived. */
  | { readonly type: 'first_audio'; readonly at: number; readonly responseId: string }
  /** First audible sample of an answer is heard; leading silence is passed over. */
  | { readonly type: 'first_sound'; readonly at: number; readonly responseId: string }
  /** The last sample of an answer was heard to its end. */
  | { readonly type: 'sound_end'; readonly at: number; readonly responseId: string }
  /** The answer went silent before its end, because the person spoke or an interruption was asked for. */
  | { readonly type: 'cut'; readonly at: number; readonly responseId: string; readonly heardMs: number }
  | {
      readonly type: 'tool_call'
      readonly at: number
      readonly responseId: string
      readonly name: string
      readonly arguments: string
    }
  | {
      readonly type: 'response_done'
      readonly at: number
      readonly responseId: string
      readonly status: string
      /** Everything the answer said, whether it was heard or not. */
      readonly text: string
    }
  /** A frame of sound was sent later than its time by more than 20 ms. */
  | { readonly type: 'late_frame'; readonly at: number; readonly lateMs: number }
  /** Playout ran dry in mid-answer for `gapMs`. */
  | { readonly type: 'underrun'; readonly at: number; readonly gapMs: number }
  | { readonly type: 'warning' | 'error'; readonly at: number; readonly code: string; readonly text: string }
  | { readonly type: 'closed'; readonly at: number; readonly code: string }

/** Names of marks. */
export type MarkType = Mark['type']
