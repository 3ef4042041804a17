/** The server did something else than the clause says. */
export class ClauseFailure extends Error {
  override readonly name = 'ClauseFailure'
  readonly expected: string
  readonly found: string

  constructor(expected: string, found: string) {
    super(`expected ${expected}, found ${found}`)
    this.expected = expected
    this.found = found
  }
}

/** The server says that it has no such feature: neither passed nor failed. */
export class NotSupported extends Error {
  override readonly name = 'NotSupported'
}

/** The clause is not about this server, or not about this run of the checks, for the reason in the message. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}

/** The clause is about this server, and what it is about did not come up this time: the next run may prove it. */
export class NotTried extends Error {
  override readonly name = 'NotTried'
}

/** Throws a `ClauseFailure` unless the condition holds; `found` is shown as JSON unless it is text. */
export function check(holds: boolean, expected: string, found: unknown): asserts holds {
  if (!holds) throw new ClauseFailure(expected, show(found))
}

/** A value as a person reads it, cut to a line or two, with sound left out. */
export function show(value: unknown): string {
  if (typeof value === 'string') return shorten(value)
  return shorten(JSON.stringify(value, withoutSound) ?? 'nothing')
}

/** JSON replacer that says how long base64 is instead of writing it. */
export function withoutSound(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length < 200) return value
  if (/^[A-Za-z0-9+/=]+$/.test(value)) return `<${value.length} characters of base64>`
  return value.length > 2000 ? `${value.slice(0, 80)}... <${value.length} characters>` : value
}

function shorten(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}...` : text
}
