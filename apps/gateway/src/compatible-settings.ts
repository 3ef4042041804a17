import { z } from 'zod'
import { backendSetups } from './backend-setups.ts'
import { oneOf, plainName, secret, vendorName, webSocketUrl } from './setting-kinds.ts'
import type { Environment } from './setting-kinds.ts'

/** A server that speaks OpenAI's realtime wire. */
export interface CompatibleSettings {
  /** Name of the backend. */
  readonly name: string
  readonly url: string
  readonly key: string | undefined
  readonly model: string | undefined
  readonly dialect: 'openai-ga' | 'openai-beta'
}

/** Variables of one server after its prefix. */
const shape = {
  URL: webSocketUrl.optional(),
  KEY: secret.optional(),
  MODEL: vendorName.optional(),
  DIALECT: oneOf(['openai-ga', 'openai-beta']).default('openai-ga'),
  NAME: plainName.optional(),
}
const schema = z.object(shape)

const ends = Object.keys(shape)

/** The first server needs no number; the next ones have 2 to 9. */
const servers = Array.from({ length: 9 }, (_, index) => ({
  prefix: index === 0 ? 'PARLEY_COMPATIBLE' : `PARLEY_COMPATIBLE_${index + 1}`,
  usualName: index === 0 ? 'openai-compatible' : `openai-compatible-${index + 1}`,
}))

/** Every name that sets such a server up. */
export const compatibleVariables: readonly string[] = servers.flatMap(({ prefix }) =>
  ends.map((end) => `${prefix}_${end}`),
)

/** Names of other backends, which no server can have. */
const takenNames: readonly string[] = [
  'local',
  ...backendSetups.map(({ name }) => name).filter((name) => name !== servers[0]?.usualName),
]

/** The servers that were set up, and what is wrong with their settings. */
export function compatibleSettings(set: Environment): {
  readonly settings: readonly CompatibleSettings[]
  readonly faults: readonly string[]
} {
  const settings: CompatibleSettings[] = []
  const faults: string[] = []
  for (const { prefix, usualName } of servers) {
    const own = Object.fromEntries(ends.map((end) => [end, set[`${prefix}_${end}`]]))
    const parsed = schema.safeParse(own)
    if (!parsed.success) {
      faults.push(
        ...parsed.error.issues.map(({ path, message }) => `${prefix}_${String(path[0])} ${message}.`),
      )
      continue
    }
    const { URL: url, KEY: key, MODEL: model, DIALECT: dialect, NAME: name = usualName } = parsed.data
    if (url === undefined) {
      const asking = ends.find((end) => own[end] !== undefined)
      if (asking !== undefined) faults.push(`${prefix}_URL is missing: ${prefix}_${asking} needs it.`)
    } else if (takenNames.includes(name) || settings.some((other) => other.name === name)) {
      faults.push(`${prefix}_NAME is the name of another backend.`)
    } else settings.push({ name, url, key, model, dialect })
  }
  return { settings, faults }
}
