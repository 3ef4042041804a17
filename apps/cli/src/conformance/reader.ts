import { show } from './outcome.ts'

/** An event of either side: a JSON object with a type. */
export interface WireEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** The value at a dotted path, `response.output.0.id`, or `undefined` where there is none. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined
  }, value)
}

/** The text at a path, or `undefined` where there is none. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path)
  return typeof found === 'string' ? found : undefined
}

/** The number at a path, or `NaN` where there is none, which no comparison accepts. */
export function numberAt(value: unknown, path: string): number {
  const found = at(value, path)
  return typeof found === 'number' ? found : Number.NaN
}

/** The list at a path, or an empty one. */
export function listAt(value: unknown, path: string): readonly unknown[] {
  const found = at(value, path)
  return Array.isArray(found) ? found : []
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value at a path is text with something in it. */
export function hasText(value: unknown, path: string): boolean {
  return (textAt(value, path) ?? '') !== ''
}

/** Reads a frame as an event; `undefined` for anything else. */
export function parseEvent(text: string): WireEvent | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const type = textAt(value, 'type')
    return isRecord(value) && type !== undefined ? { ...value, type } : undefined
  } catch {
    return undefined
  }
}

/** Whether an error, or a failed response's error, says that the feature is not there. */
export function saysUnsupported(error: unknown): boolean {
  const words = `${textAt(error, 'code') ?? ''} ${textAt(error, 'type') ?? ''} ${textAt(error, 'message') ?? ''}`
  return /unsupported|not[_ -]supported|unimplemented|not[_ -]implemented|n't support|not support/i.test(
    words,
  )
}

/** The types of events in a line, runs of one type folded. */
export function typesOf(events: readonly WireEvent[]): string {
  const runs: { type: string; times: number }[] = []
  for (const { type } of events) {
    const last = runs.at(-1)
    if (last?.type === type) last.times += 1
    else runs.push({ type, times: 1 })
  }
  const line = runs.map(({ type, times }) => (times > 1 ? `${type} x${times}` : type)).join(', ')
  return line === '' ? 'no event' : show(line)
}
