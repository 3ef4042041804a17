import type { Lane } from '@parley/compare'
import type { PriceModel } from '@parley/core'
import { usageError } from '../command-failure.ts'
import type { GatewayClient } from '../gateway/gateway-client.ts'

/** Prices of the lanes by label. Rejects with a usage error when the gateway lacks a lane's backend. */
export async function checkBackends(
  gateway: GatewayClient,
  lanes: readonly Lane[],
): Promise<ReadonlyMap<string, PriceModel>> {
  const { backends, unavailable } = await gateway.backends()
  const missing = lanes.filter((lane) => !backends.some(({ name }) => name === lane.backend))
  if (missing.length > 0) {
    const lines = missing.map(({ backend }) => {
      const setup = unavailable.find(({ name }) => name === backend)
      return setup === undefined
        ? `There is no backend "${backend}".`
        : `The backend "${backend}" is not set up. ${setup.help}`
    })
    const names = backends.map(({ name }) => name).join(', ')
    const others = unavailable.map(({ name, setting }) => `  ${name}: set ${setting}`)
    throw usageError([...lines, `There are: ${names}.`, 'What turns on the others:', ...others].join('\n'))
  }
  const priced = lanes.map(async (lane) => {
    const known = backends.find(({ name }) => name === lane.backend)
    const backend =
      lane.model === '' || known === undefined ? known : await gateway.backend(lane.backend, lane.model)
    return [lane.label, backend?.price ?? { kind: 'unknown' }] as const
  })
  return new Map(await Promise.all(priced))
}
