/** The fields of an object, none of anything else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** The members of an array, none of anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A field that is words or a number, as words; empty for anything else. */
export function text(value: unknown, key: string): string {
  const found = record(value)[key]
  return typeof found === 'string' || typeof found === 'number' ? String(found) : ''
}
