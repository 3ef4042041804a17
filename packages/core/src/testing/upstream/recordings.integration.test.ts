import { describe, expect, it } from 'vitest'
import { recordedScenarios, recordScenario } from './recorded-scenarios.ts'
import { parseRecording, readRecording, type RecordedEvent } from './recorder.ts'
import { objectOf } from './json.ts'

/** Kinds of events by sender; how many deltas fit before a barge-in depends on the machine. */
function kindsOf(events: readonly RecordedEvent[]): readonly string[] {
  return [
    ...new Set(events.map(({ from, event }) => `${from} ${String(objectOf(event)['type'])}`)),
  ].toSorted()
}

describe('a recording is what the stand-in says today:', () => {
  const cases = recordedScenarios.flatMap((scenario) => scenario.wires.map((wire) => ({ scenario, wire })))
  it.each(cases)('$wire $scenario.name', async ({ scenario, wire }) => {
    const kept = await readRecording(`${wire}-${scenario.name}`)
    const again = parseRecording(await recordScenario(scenario, wire))
    expect(kindsOf(again.events)).toEqual(kindsOf(kept.events))
    expect(again.close?.code).toBe(kept.close?.code)
  })
})
