import type { ClientMessage, ClientTurn, FunctionResponse } from './messages.ts'

/** Held sound beyond this is dropped from the oldest on (bytes of base64): half a minute. */
const maxHeldAudio = 1_300_000

/** Sound before the news that the user speaks in which speech may have begun: two seconds at most. */
const onsetAudio = 90_000

/** What is sent on the present connection, and what a resumed one would not know. */
export interface Link {
  /** `unset`: no setup yet; `waiting`: nothing may be sent; `ready`: the setup is complete. */
  readonly phase: 'unset' | 'waiting' | 'ready'
  /** Resumes the session on another connection, once the service gave one. */
  readonly handle: string | undefined
  /** Messages with content of the client that the handle does not cover. */
  readonly uncovered: readonly ClientMessage[]
  /**
   * Sound sent since the last turn of the user ended, as far as it may belong to the next one; where the client marks
   * its turns, that of the last one until its answer begins.
   */
  readonly sound: readonly ClientMessage[]
  /** The user began to speak, or has come to the end: older sound belongs to no turn that is open. */
  trimSound(to: 'onset' | 'nothing'): void
  /** Sends now, or once the setup is complete. */
  send(message: ClientMessage): void
  /**
   * Sends a setup; `first` follows when it is complete, before anything held. It takes the place of what is
   * uncovered.
   */
  open(setup: ClientMessage, first: readonly ClientMessage[]): void
  ready(): void
  /** Nothing can be sent until the next `open`. */
  lost(): void
  /** The service gave a handle that covers what was sent so far. */
  covered(handle: string): void
  /** The handle is of no use. */
  forgetHandle(): void
}

/** A link that has sent nothing. */
export function createLink(push: (message: ClientMessage) => void): Link {
  let phase: Link['phase'] = 'unset'
  let handle: string | undefined
  let uncovered: ClientMessage[] = []
  let first: readonly ClientMessage[] = []
  let held: ClientMessage[] = []
  let sound: ClientMessage[] = []
  let soundBytes = 0

  function transmit(message: ClientMessage): void {
    if (carriesContent(message)) uncovered.push(message)
    if (beginsTurn(message)) keepSound(0)
    if (audioLength(message) > 0) {
      sound.push(message)
      soundBytes += audioLength(message)
      keepSound(maxHeldAudio)
    }
    push(message)
  }

  function keepSound(bytes: number): void {
    while (soundBytes > bytes) soundBytes -= audioLength(sound.shift())
  }

  return {
    get phase() {
      return phase
    },
    get handle() {
      return handle
    },
    get uncovered() {
      return uncovered
    },
    get sound() {
      return sound
    },
    trimSound: (to) => keepSound(to === 'onset' ? onsetAudio : 0),
    send(message) {
      if (phase === 'ready') return transmit(message)
      held = withinLimit([...held, message])
    },
    open(setup, following) {
      phase = 'waiting'
      first = following
      sound = []
      soundBytes = 0
      push(setup)
    },
    ready() {
      phase = 'ready'
      uncovered = []
      for (const message of [...first, ...held.splice(0)]) transmit(message)
      first = []
    },
    lost() {
      if (phase !== 'unset') phase = 'waiting'
    },
    covered(newHandle) {
      handle = newHandle
      uncovered = []
    },
    forgetHandle() {
      handle = undefined
    },
  }
}

/** Content as a resumed session is told it again; calls it does not know become words. */
export function toldAgain(message: ClientMessage, answer: boolean): readonly ClientMessage[] {
  if ('toolResponse' in message) {
    const text = message.toolResponse.functionResponses.map(resultText).join('\n')
    return [{ clientContent: { turns: [userTurn(text)], turnComplete: answer } }]
  }
  if ('clientContent' in message)
    return [{ clientContent: { ...message.clientContent, turnComplete: answer } }]
  return answer ? [message] : []
}

function resultText({ name, response }: FunctionResponse): string {
  return `[result of ${name}: ${JSON.stringify(response)}]`
}

function userTurn(text: string): ClientTurn {
  return { role: 'user', parts: [{ text }] }
}

function carriesContent(message: ClientMessage): boolean {
  if ('realtimeInput' in message) return 'text' in message.realtimeInput || 'video' in message.realtimeInput
  return 'clientContent' in message || 'toolResponse' in message
}

function beginsTurn(message: ClientMessage): boolean {
  return 'realtimeInput' in message && 'activityStart' in message.realtimeInput
}

function withinLimit(messages: readonly ClientMessage[]): ClientMessage[] {
  let excess = messages.reduce((sum, message) => sum + audioLength(message), 0) - maxHeldAudio
  return messages.filter((message) => {
    const length = audioLength(message)
    if (length === 0 || excess <= 0) return true
    excess -= length
    return false
  })
}

function audioLength(message: ClientMessage | undefined): number {
  return message && 'realtimeInput' in message && 'audio' in message.realtimeInput
    ? message.realtimeInput.audio.data.length
    : 0
}
