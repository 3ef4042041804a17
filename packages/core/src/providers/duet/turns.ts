import type { SilenceReason, Turn } from './turn.ts'

/** The answers of one session, delivered one after the other: there is one voice. */
export interface Turns {
  /** The first answer in the conversation that the client has not whole. */
  readonly active: Turn | undefined
  /** The answer in the conversation that the mind writes now. */
  readonly written: Turn | undefined
  find(id: string): Turn | undefined
  add(turn: Turn): void
  /** Silences every answer in the conversation. */
  interrupt(reason: SilenceReason): void
  abandon(): void
}

/** Creates the answers; `delivered` hears of each that the client has whole. */
export function createTurns(delivered: (turn: Turn) => void): Turns {
  const queue: Turn[] = []
  const aside = new Set<Turn>()
  let running = false

  async function deliverAll(): Promise<void> {
    if (running) return
    running = true
    for (let turn = queue[0]; turn; turn = queue[0]) {
      // Invariant: one answer ends before the next begins.
      // oxlint-disable-next-line no-await-in-loop
      await turn.deliver()
      queue.shift()
      delivered(turn)
    }
    running = false
  }

  async function deliverAside(turn: Turn): Promise<void> {
    aside.add(turn)
    await turn.deliver()
    aside.delete(turn)
    delivered(turn)
  }

  const inBand = (): Turn[] => queue.filter(({ outOfBand }) => !outOfBand)
  return {
    get active() {
      return inBand()[0]
    },
    get written() {
      return inBand().findLast(({ writing }) => writing)
    },
    find: (id) => [...queue, ...aside].find((turn) => turn.id === id),
    add(turn) {
      // What is only written, out of band, waits for nobody.
      if (turn.outOfBand && !turn.spoken) return void deliverAside(turn)
      queue.push(turn)
      void deliverAll()
    },
    interrupt(reason) {
      for (const turn of inBand()) turn.silence(reason)
    },
    abandon() {
      for (const turn of [...queue, ...aside]) turn.abandon()
    },
  }
}
