/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
