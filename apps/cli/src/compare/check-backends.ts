import { nearestName } from '@parley/compare'
import type { Lane } from '@parley/compare'
import type { PriceModel } from '@parley/core'
import { usageError } from '../command-failure.ts'
import type { Backend, GatewayClient } from '../gateway/gateway-client.ts'

/**
 * Prices of the lanes by label. Rejects with a usage error when the gateway lacks a lane's backend; `onWarning` is told
 * of models that a backend does not list, which it may take all the same.
 */
export async function checkBackends(
  gateway: Pick<GatewayClient, 'backends' | 'backend'>,
  lanes: readonly Lane[],
  onWarning: (text: string) => void,
): Promise<ReadonlyMap<string, PriceModel>> {
  const { backends, unavailable } = await gateway.backends()
  const missing = lanes.filter((lane) => !backends.some(({ name }) => name === lane.backend))
  if (missing.length > 0) {
    const known = [...backends, ...unavailable].map(({ name }) => name)
    const lines = missing.map(({ backend }) => {
      if (backend === 'replay') return noRecordings
      const setup = unavailable.find(({ name }) => name === backend)
      if (setup !== undefined) return `The backend "${backend}" is not set up. ${setup.help}`
      const meant = nearestName(backend, known)
      return `There is no backend "${backend}"${meant === undefined ? '.' : `; did you mean "${meant}"?`}`
    })
    const names = backends.map(({ name }) => name).join(', ')
    // Recordings turn the replay on, and no setting.
    const others = unavailable
      .filter(({ name }) => name !== 'replay')
      .map(({ name, setting }) => `  ${name}: set ${setting}`)
    throw usageError(
      [...new Set(lines), `There are: ${names}.`, 'What turns on the others:', ...others].join('\n'),
    )
  }
  const priced = lanes.map(async (lane) => {
    const known = backends.find(({ name }) => name === lane.backend)
    if (known === undefined || lane.model === '')
      return [lane.label, known?.price ?? { kind: 'unknown' }] as const
    if (!lists(known, lane.model)) onWarning(unlisted(known, lane.model))
    return [lane.label, (await gateway.backend(lane.backend, lane.model)).price] as const
  })
  return new Map(await Promise.all(priced))
}

const noRecordings =
  'There is no recording to replay. "parley compare --record cassettes" and the record switch of the playground make some; "parley replay cassettes" serves those of a folder, for "--gateway <its address> --backends replay/<name>".'

/** The speed of a replay stands behind the name of its cassette. */
function lists({ name, models }: Backend, model: string): boolean {
  return models.includes(name === 'replay' ? model.replace(/@[\d.]+$/, '') : model)
}

function unlisted({ name, models }: Backend, model: string): string {
  const listed = models.length === 0 ? 'it lists none' : `it lists ${models.join(', ')}`
  return `The backend "${name}" does not list a model "${model}" (${listed}): it may refuse it, or answer with another one.`
}
