/** Has every recorded conversation with the stand-ins again and keeps what was said. */
import { writeFile } from 'node:fs/promises'
import { recordScenario, recordedScenarios } from '../src/testing/upstream/recorded-scenarios.ts'
import { recordingUrl } from '../src/testing/upstream/recorder.ts'

for (const scenario of recordedScenarios) {
  for (const wire of scenario.wires) {
    const name = `${wire}-${scenario.name}`
    // oxlint-disable-next-line no-await-in-loop -- one connection at a time, so that the times are quiet
    await writeFile(recordingUrl(name), await recordScenario(scenario, wire))
    console.log(name)
  }
}
