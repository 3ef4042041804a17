import { settingNames } from '../../gateway/src/config.ts'

/** Every variable the gateway and the playground read; of numbered servers the first one. */
export function readSettingNames(): readonly string[] {
  const numbered = /^PARLEY_COMPATIBLE_\d_/
  const names = settingNames.filter((name) => !numbered.test(name))
  return [...new Set([...names, 'PARLEY_WEB_PORT', 'PARLEY_GATEWAY_URL'])]
}
