import type { BenchOptions, Section } from './section.ts'
import { bargeInTables } from './turns/barge-in.ts'
import { callTables } from './turns/calls.ts'
import { endOfTurnTables } from './turns/end-of-turn.ts'

/** End of turn and barge-in. */
export async function run({ quick }: BenchOptions): Promise<Section> {
  const tables = [
    ...(await endOfTurnTables(quick)),
    ...(await bargeInTables(quick)),
    ...(await callTables(quick)),
  ]
  return { id: 'turns', title: 'Turns and barge-in', tables }
}
