import type { ClientEvent } from '../../../events/client-events.ts'
import { receiveEvents, settle, type ReceivedEvents } from '../../../testing/received-events.ts'
import { duet, type DuetOptions, type DuetVoice } from '../duet.ts'
import { scriptedLeg, type LooseEvent, type ScriptedLeg } from './scripted-leg.ts'

/** A connected duet. */
export interface ConnectedDuet extends ReceivedEvents {
  readonly mind: ScriptedLeg
  send(...events: readonly ClientEvent[]): Promise<void>
  /** The mind says something, and everything that follows from it happens. */
  think(...events: readonly LooseEvent[]): Promise<void>
  settle(): Promise<void>
  close(): Promise<void>
  wait(ms: number): void
  /** What the iteration ended with, once it did. */
  readonly outcome: { readonly error: unknown } | undefined
}

/** Turns of the event loop after which legs in memory have nothing left to do. */
const turns = 12

/** Connects a duet of a scripted mind and the voice given. */
export async function connectDuet(
  voice: DuetVoice,
  { mind = scriptedLeg(), ...options }: Partial<Omit<DuetOptions, 'mind'>> & { readonly mind?: ScriptedLeg } = {},
): Promise<ConnectedDuet> {
  let time = 0
  let count = 0
  const provider = duet({
    name: 'duet',
    mind: { provider: mind.provider },
    voice,
    now: () => time,
    newId: (prefix) => `${prefix}_${++count}`,
    ...options,
  })
  const channel = await provider.connect({ model: undefined, signal: new AbortController().signal })
  let outcome: ConnectedDuet['outcome']
  const received = receiveEvents(channel, (error) => {
    outcome = { error }
  })
  await settle(turns)
  return {
    mind,
    ...received,
    async send(...sent) {
      for (const event of sent) channel.send(event)
      await settle(turns)
    },
    async think(...sent) {
      mind.send(...sent)
      await settle(turns)
    },
    settle: () => settle(turns),
    close: () => channel.close(),
    wait(ms) {
      time += ms
    },
    get outcome() {
      return outcome
    },
  }
}
