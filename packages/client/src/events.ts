/** A server event as it came. */
export interface ServerEventJson {
  readonly type: string
  readonly [field: string]: unknown
}

/** A client event as it is sent. */
export interface ClientEventJson {
  readonly type: string
  readonly [field: string]: unknown
}

/** Parley's events about the connection itself: they have no number, and the connection acts on them. */
const aboutConnection = new Set([
  'parley.session.resumable',
  'parley.session.resumed',
  'parley.session.progress',
  'parley.session.leaving',
])

/** Whether an event is not counted. */
export function isAboutConnection({ type }: ServerEventJson): boolean {
  return aboutConnection.has(type)
}

/** A frame as an event, `undefined` for what is none. */
export function parseEvent(data: unknown): ServerEventJson | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(data)
    return isEvent(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isEvent(value: unknown): value is ServerEventJson {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** Settings merged as a server merges them: objects field by field, anything else is replaced. */
export function mergeSettings(before: unknown, change: unknown): unknown {
  if (!isRecord(before) || !isRecord(change)) return change
  const merged: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(change)) merged[name] = mergeSettings(merged[name], value)
  return merged
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
