/** One statement in the SQL both engines understand, with `$1 ...` for its values. */
export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
  /** The rows it gives back were there before, and their words are to be gone for good. */
  readonly erases?: true
}

export type Value = string | number | Uint8Array | null

/** A row by column. Whole numbers may come as text. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Statements that belong to one request, each yielded in exchange for its rows, and the result at the end. Knows
 * nothing of how a statement is run, so a synchronous and an asynchronous engine share it.
 */
export type Operation<Result> = Generator<Statement, Result, readonly Row[]>

/** Runs an operation on an engine that answers at once. */
export function runSync<Result>(
  operation: Operation<Result>,
  query: (statement: Statement) => readonly Row[],
): Result {
  let next = operation.next()
  while (next.done !== true) next = operation.next(query(next.value))
  return next.value
}

/** Runs an operation on an engine that answers later, one statement after the other. */
export async function runAsync<Result>(
  operation: Operation<Result>,
  query: (statement: Statement) => Promise<readonly Row[]>,
): Promise<Result> {
  let next = operation.next()
  // Each statement may depend on the rows of the one before.
  // oxlint-disable-next-line no-await-in-loop
  while (next.done !== true) next = operation.next(await query(next.value))
  return next.value
}
