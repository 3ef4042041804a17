import type { DialectName } from '@parley/core'
import { dial, Refused } from './call.ts'
import type { Call } from './call.ts'
import type { BackendUnderTest } from './backends.ts'
import { LeftOut } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { endScenarios } from './scenarios/ends.ts'
import { itemScenarios } from './scenarios/items.ts'
import { toolScenarios } from './scenarios/tools.ts'
import { turnScenarios } from './scenarios/turns.ts'
import { NoCounterpart } from './wire.ts'
import type { Wire } from './wire.ts'

/** Every scenario, in the order of the table. */
export const scenarios: readonly Scenario[] = [
  ...turnScenarios,
  ...toolScenarios,
  ...itemScenarios,
  ...endScenarios,
]

/** What one scenario showed of one backend through one kind of client. */
export interface Cell {
  readonly scenario: string
  readonly provider: string
  readonly dialect: DialectName
  readonly result: 'native' | 'supplied' | 'unsupported' | 'failed'
  readonly note: string
}

/** Plays one scenario; never rejects. */
export async function runCell(scenario: Scenario, backend: BackendUnderTest, wire: Wire): Promise<Cell> {
  const { capabilities, name } = backend
  const calls: Call[] = []
  const before = backend.violations().length
  const conversation = `conv_${name}_${wire.dialect}_${scenario.id}`.replaceAll(/[^\w]/g, '_')
  const cell = { scenario: scenario.id, provider: name, dialect: wire.dialect }
  try {
    const note = await scenario.run({
      wire,
      capabilities,
      voices: backend.voices,
      spokenBy: backend.spokenBy,
      async dial(intent) {
        const call = await dial(backend.url, wire, { backend: name, conversation, ...(intent && { intent }) })
        calls.push(call)
        return call
      },
    })
    const broken = backend.violations().slice(before)
    if (broken.length > 0 && !scenario.clientFault) {
      return { ...cell, result: 'failed', note: `Broke the backend's rules: ${broken.join('; ')}` }
    }
    const warned = calls.flatMap(({ warnings }) => warnings).join(' ')
    return { ...cell, result: scenario.native(capabilities) ? 'native' : 'supplied', note: note ?? warned }
  } catch (error) {
    const clear =
      error instanceof NoCounterpart ||
      error instanceof LeftOut ||
      (error instanceof Refused && error.code === 'unsupported')
    const message = error instanceof Error ? error.message : String(error)
    return { ...cell, result: clear ? 'unsupported' : 'failed', note: message }
  } finally {
    for (const call of calls) call[Symbol.dispose]()
  }
}
