import type { ClientEvent } from '../../../events/client-events.ts'
import type { ServerEvent } from '../../../events/server-events.ts'
import { duet, type DuetOptions, type DuetVoice } from '../duet.ts'
import { scriptedLeg, type LooseEvent, type ScriptedLeg } from './scripted-leg.ts'

/** A connected duet. */
export interface ConnectedDuet {
  readonly mind: ScriptedLeg
  readonly events: readonly ServerEvent[]
  /** Types of `events`, runs of the same type as one. */
  types(): readonly string[]
  all<Type extends ServerEvent['type']>(type: Type): readonly Extract<ServerEvent, { type: Type }>[]
  forget(): void
  send(...events: readonly ClientEvent[]): Promise<void>
  /** The mind says something, and everything that follows from it happens. */
  think(...events: readonly LooseEvent[]): Promise<void>
  settle(): Promise<void>
  close(): Promise<void>
  wait(ms: number): void
  /** What the iteration ended with, once it did. */
  readonly outcome: { readonly error: unknown } | undefined
}

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
  const events: ServerEvent[] = []
  let outcome: ConnectedDuet['outcome']
  void (async () => {
    try {
      for await (const event of channel) events.push(event)
      outcome = { error: undefined }
    } catch (error) {
      outcome = { error }
    }
  })()
  await settle()
  return {
    mind,
    events,
    types: () => events.map(({ type }) => type).filter((type, index, types) => type !== types[index - 1]),
    all: <Type extends ServerEvent['type']>(type: Type) =>
      events.filter((event): event is Extract<ServerEvent, { type: Type }> => event.type === type),
    forget: () => void events.splice(0),
    async send(...sent) {
      for (const event of sent) channel.send(event)
      await settle()
    },
    async think(...sent) {
      mind.send(...sent)
      await settle()
    },
    settle,
    close: () => channel.close(),
    wait(ms) {
      time += ms
    },
    get outcome() {
      return outcome
    },
  }
}

/** Legs in memory answer without timers, so a few turns of the event loop drain every chain of promises. */
async function settle(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
}
