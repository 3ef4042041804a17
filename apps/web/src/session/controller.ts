import type { Capabilities } from '@parley/core'
import type { Levels } from '../audio/audio-engine.ts'
import type { LogEntry } from './event-log.ts'
import type { Settings } from './settings.ts'
import type { Store } from './store.ts'
import type { Turn } from './turns.ts'
import type { SessionView } from './view.ts'

/** The microphone: off, being opened, open, or with a talk key: ready for it, and talking while it is held. */
export type Microphone = 'off' | 'opening' | 'open' | 'ready' | 'talking'

/** One conversation of the page: state to show and the things a person can do. */
export interface Controller {
  readonly view: Store<SessionView>
  readonly log: Store<readonly LogEntry[]>
  readonly microphone: Store<Microphone>
  levels(): Levels
  /** Connects if need be and opens the microphone. Call it in a click or key press. */
  openMicrophone(): Promise<void>
  closeMicrophone(): void
  /** Push to talk: what is said between the two is one turn. */
  startTalking(): Promise<void>
  stopTalking(): void
  /** Types a message; connects if need be. */
  say(text: string): Promise<void>
  /** Stops the answer: its sound and its making. */
  stopAnswer(): void
  hangUp(): Promise<void>
  /** Puts new settings into force, reconnecting only where the backend cannot change them in a session. */
  apply(settings: Settings, updatable: Capabilities['updatable'] | undefined): Promise<void>
  /** Shows another conversation, or a new one; ends the session. */
  show(conversationId: string | undefined, turns: readonly Turn[]): Promise<void>
  dismissProblem(): void
  clearLog(): void
}
