import type { WireObject } from './wire.ts'

/** True for a JSON object. */
export function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `value` as an object, `{}` for anything else. */
export function objectOf(value: unknown): WireObject {
  return isObject(value) ? value : {}
}

/** The objects of a list, none for anything else. */
export function objectsOf(value: unknown): readonly WireObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The value at a dotted path. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}

/** `value` as a string, `fallback` for anything else. */
export function textOf(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback
}

/** `value` as a number, `fallback` for anything else. */
export function numberOf(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

/** Objects are joined key by key, anything else is replaced; keys that are `undefined` keep what was there. */
export function mergeDeep(old: WireObject, update: WireObject, whole: ReadonlySet<string>): WireObject {
  const merged: Record<string, unknown> = { ...old }
  for (const [key, value] of Object.entries(update)) {
    const before = old[key]
    merged[key] =
      isObject(value) && isObject(before) && !whole.has(key) ? mergeDeep(before, value, whole) : value
  }
  return merged
}
