/** Everything asked is in effect; a backend may report more than was asked. */
export function isCovered(asked: unknown, effective: unknown): boolean {
  if (typeof asked !== 'object' || asked === null) return asked === effective
  if (typeof effective !== 'object' || effective === null) return false
  if (Array.isArray(asked) && Array.isArray(effective) && asked.length !== effective.length) return false
  const held = new Map<string, unknown>(Object.entries(effective))
  return Object.entries(asked).every(([key, value]) => value === undefined || isCovered(value, held.get(key)))
}
