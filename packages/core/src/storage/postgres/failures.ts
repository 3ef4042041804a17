import { RealtimeError } from '../../errors.ts'

/** What a SQLSTATE, or its class of two characters, says of the store (PostgreSQL manual, appendix A). */
const meanings: ReadonlyMap<string, string> = new Map([
  ['08', 'cannot be reached'],
  ['25006', 'only lets itself be read: it may be a standby'],
  ['28', 'does not let this user in: check name and password'],
  ['3D000', 'has no database of that name'],
  ['42501', 'does not permit this user to do that'],
  ['53100', 'cannot grow: the disk is full'],
  ['53300', 'has too many connections'],
  ['53', 'is out of resources'],
  ['57014', 'took too long'],
  ['57P01', 'is shutting down'],
  ['57P02', 'is restarting after a crash'],
  ['57P03', 'is starting up'],
])

/** What errors of the network and of the driver say, by the code or the message they come with. */
const brokenMeanings: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'cannot be reached: its name is not known'],
  [/^E[A-Z]+$/, 'cannot be reached'],
  [/CERT|SELF_SIGNED|UNABLE_TO/, 'has a certificate that is not trusted'],
  [/exceeded when trying to connect/, 'has no connection free'],
  [/timeout/i, 'did not answer in time'],
  [/SSL/, 'does not speak TLS'],
  [/SASL|password/i, 'does not let this user in: check name and password'],
]

/** SQLSTATE of an error the server gave, `undefined` for any other error. */
function sqlState(error: unknown): string | undefined {
  const code = codeOf(error)
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : undefined
}

/** Whether trying again soon may help: a server that is not there, or not ready. */
export function isPassing(error: unknown): boolean {
  if (error instanceof RealtimeError) return false
  const state = sqlState(error)
  return state === undefined ? !lastingFailures.test(textOf(error)) : /^(08|53300|57P)/.test(state)
}

const lastingFailures = /CERT|SELF_SIGNED|UNABLE_TO|SASL|password|SSL/i

/**
 * Any error of the database as `store_unavailable` that names the store. The server's own words and the cause are left
 * out: they may quote what is stored.
 */
export function toStoreError(error: unknown, place: string): RealtimeError {
  if (error instanceof RealtimeError) return error
  return new RealtimeError('store_unavailable', `The conversation store at ${place} ${describe(error)}.`)
}

function describe(error: unknown): string {
  const state = sqlState(error)
  if (state !== undefined) {
    return meanings.get(state) ?? meanings.get(state.slice(0, 2)) ?? `failed with SQLSTATE ${state}`
  }
  const text = textOf(error)
  return (
    brokenMeanings.find(([pattern]) => pattern.test(codeOf(error) ?? '') || pattern.test(text))?.[1] ??
    'lost the connection'
  )
}

function textOf(error: unknown): string {
  return `${codeOf(error) ?? ''} ${error instanceof Error ? error.message : ''}`
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
