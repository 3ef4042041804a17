import { spread } from '../src/cluster/calls.ts'
import { cutRollOver, plannedRollOver } from '../src/cluster/roll-over.ts'
import type { RollOver } from '../src/cluster/roll-over.ts'

/** What a listener hears of a planned change of the upstream session, and of a lost one. Runs: first argument, else 10. */
const runs = Number(process.argv[2] ?? 10)

for (const [name, run] of [
  ['planned', plannedRollOver],
  ['cut', cutRollOver],
] as const) {
  const all: RollOver[] = []
  for (let index = 0; index < runs; index += 1) all.push(await run())
  const summary = {
    runs,
    silenceMs: spread(all.map(({ silenceMs }) => silenceMs)),
    gapMs: spread(all.map(({ gapMs }) => gapMs)),
    firstSoundBeforeMs: spread(all.map(({ firstSoundMs }) => firstSoundMs.before)),
    firstSoundAfterMs: spread(all.map(({ firstSoundMs }) => firstSoundMs.after)),
  }
  process.stdout.write(`${name}: ${JSON.stringify(summary)}\n`)
}
