/** The same object type with optional fields in place of fields that may be `undefined`. */
export type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** A copy without the fields that are `undefined`, for options that are either given or absent. */
export function given<T extends object>(fields: T): Given<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined)
  // The fields left out are the ones the type makes optional.
  return Object.fromEntries(entries) as Given<T>
}
