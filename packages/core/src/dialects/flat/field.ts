import { isObject, type JsonObject } from '../json-object.ts'

/** What a flat value says in GA, and what of it only the wire it came from can say. */
export interface Reading {
  readonly ga?: unknown
  /** Kept as an extension under the flat key, whole, so that it is written again as it was. */
  readonly beyond?: unknown
}

/** A setting that has another place or another shape in GA. */
export interface Field {
  /** Its key on the flat wire. */
  readonly key: string
  /** Where it is in GA, from the session or the response down. */
  readonly path: readonly string[]
  /** Where GA's errors about it point, if not at `path`. */
  readonly errorPath?: readonly string[]
  /** An object in GA, but one word here: an error inside it points at the word. */
  readonly word?: boolean
  read(value: unknown, flat: JsonObject): Reading
  /** The flat value of a GA value; `undefined` where the wire cannot say it. */
  write(value: unknown): unknown
}

/** Reads flat settings: fields by their rule, keys of `kept` as they are, the rest as extensions. */
export function readFields(
  flat: JsonObject,
  fields: readonly Field[],
  kept: ReadonlySet<string>,
): { readonly ga: Record<string, unknown>; readonly extensions: Record<string, unknown> } {
  const ga: Record<string, unknown> = {}
  const extensions: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(flat)) {
    const field = fields.find((candidate) => candidate.key === key)
    if (field) {
      const reading = field.read(value, flat)
      if ('ga' in reading) setAt(ga, field.path, reading.ga)
      if ('beyond' in reading) extensions[key] = reading.beyond
    } else if (kept.has(key)) ga[key] = value
    else extensions[key] = value
  }
  return { ga, extensions }
}

/** The flat settings of GA ones, without extensions; keys that are no field stay as they are. */
export function writeFields(ga: JsonObject, fields: readonly Field[]): Record<string, unknown> {
  const moved = new Set(['extensions', 'audio', ...fields.map(({ path }) => path[0])])
  const flat: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(ga)) if (!moved.has(key)) flat[key] = value
  for (const field of fields) {
    const value = valueAt(ga, field.path)
    const written = value === undefined ? undefined : field.write(value)
    if (written !== undefined) flat[field.key] = written
  }
  return flat
}

/** The value at a path of keys, `undefined` where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (key === undefined) return
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = target[key]
  const copy: Record<string, unknown> = isObject(inner) ? { ...inner } : {}
  setAt(copy, rest, value)
  target[key] = copy
}
