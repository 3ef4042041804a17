import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { providerVariableNames } from '../../gateway/src/provider-variables.ts'

/** Every variable the gateway and the playground read; of numbered servers the first one. */
export function readSettingNames(): readonly string[] {
  const config = readFileSync(resolve(import.meta.dirname, '../../gateway/src/config.ts'), 'utf8')
  const own = [...config.matchAll(/^ {2}(PARLEY_\w+):/gm)].flatMap(([, name]) => name ?? [])
  const numbered = /^PARLEY_COMPATIBLE_\d_/
  const names = [...own, ...providerVariableNames.filter((name) => !numbered.test(name))]
  return [...new Set([...names, 'PARLEY_WEB_PORT', 'PARLEY_GATEWAY_URL'])]
}
