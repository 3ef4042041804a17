import type { SessionConfig } from '../../events/session-config.ts'

/** Objects of the session whose keys are set one by one; any other value is replaced as a whole. */
const merged: ReadonlySet<string> = new Set(['audio', 'audio.input', 'audio.output', 'extensions'])

/** The client's settings after one more update, as it asked for them. */
export function mergeWanted(before: SessionConfig | undefined, update: SessionConfig): SessionConfig {
  // The keys of two configurations of one type make another of that type.
  return (before?.type === update.type ? mergeObjects(before, update, '') : update) as SessionConfig
}

/** The settings without what stands at a dotted path such as `audio.input.format` or `tools[0].type`. */
export function withoutSetting<Config extends object>(config: Config, path: string): Config {
  const [key = '', ...rest] = path.split('.')
  const [name = '', index] = key.split(/[[\]]/)
  if (!isRecord(config) || !Object.hasOwn(config, name)) return config
  const { [name]: inner, ...others } = config
  if (index !== undefined && Array.isArray(inner))
    return { ...others, [name]: inner.toSpliced(Number(index), 1) } as unknown as Config
  if (rest.length === 0 || !isRecord(inner)) return others as unknown as Config
  // Only what is optional is at fault.
  return { ...others, [name]: withoutSetting(inner, rest.join('.')) } as unknown as Config
}

function mergeObjects(before: object, update: object, place: string): object {
  const known = new Map<string, unknown>(Object.entries(before))
  const changes = Object.entries(update).flatMap(([key, value]) => {
    if (value === undefined) return []
    const path = place === '' ? key : `${place}.${key}`
    const old = known.get(key)
    const both = merged.has(path) && isRecord(old) && isRecord(value)
    return [[key, both ? mergeObjects(old, value, path) : value]]
  })
  return { ...before, ...Object.fromEntries(changes) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
