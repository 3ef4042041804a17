import type { InputAudio } from './input-audio.ts'
import type { Responses } from './responses.ts'
import type { Talk } from './talk.ts'
import type { WireObject } from './wire.ts'

/** What the client events act on. */
export interface Engine {
  readonly talk: Talk
  readonly input: InputAudio
  readonly responses: Responses
  /** Answers in the conversation, unless an answer is being given. */
  answer(): void
}

/** Acts on one valid client event. */
export type Handler = (engine: Engine, event: WireObject) => void
