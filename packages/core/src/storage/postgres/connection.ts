import type { ClientBase, ClientConfig } from 'pg'
import { RealtimeError } from '../../errors.ts'

/** Where a store is: how to connect, and how to name it in errors, without user and password. */
export interface ConnectionSettings {
  readonly config: ClientConfig
  readonly place: string
}

/** Longest wait for a connection (ms). */
const connectTimeoutMs = 5000
/** Longest time for one statement (ms), kept by the server; the driver waits a little longer. */
const statementTimeoutMs = 10_000
const lockTimeoutMs = 5000
const answerTimeoutMs = 15_000

/**
 * Settings of every connection to the database a URL names; its tables are in `schema`. Throws `invalid_value` for
 * another kind of URL, without quoting it.
 */
export function connectionSettings(url: string, schema: string): ConnectionSettings {
  const parsed = URL.parse(url)
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new RealtimeError('invalid_value', 'The database URL is not one of PostgreSQL: postgres://...', {
      param: 'url',
    })
  }
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new RealtimeError('invalid_value', 'A schema has a name in lower case.', { param: 'schema' })
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost'
  const place = `postgres://${host}${parsed.pathname}`
  const asked = parsed.searchParams.get('options')
  const options = [
    ...(asked === null ? [] : [asked]),
    `-c search_path=${schema}`,
    // What is acknowledged is on the disk.
    '-c synchronous_commit=on',
    `-c statement_timeout=${statementTimeoutMs}`,
    `-c lock_timeout=${lockTimeoutMs}`,
    `-c idle_in_transaction_session_timeout=${answerTimeoutMs}`,
  ].join(' ')
  parsed.searchParams.set('options', options)
  const config: ClientConfig = {
    connectionString: parsed.href,
    application_name: 'parley',
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: answerTimeoutMs,
    keepAlive: true,
  }
  return { config, place }
}

/** Throws `store_unavailable` where a commit would not last, or where the settings of a connection do not reach it. */
export async function checkServer(client: ClientBase, schema: string, place: string): Promise<void> {
  const answer = await client.query<Record<string, string>>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('search_path') as search_path, current_setting('server_encoding') as server_encoding`,
  )
  const settings = answer.rows[0] ?? {}
  const refusal = refusalOf(settings, schema)
  if (refusal !== undefined) {
    throw new RealtimeError('store_unavailable', `The conversation store at ${place} ${refusal}`)
  }
}

function refusalOf(settings: Record<string, string>, schema: string): string | undefined {
  if (settings['search_path'] !== schema || settings['synchronous_commit'] !== 'on') {
    return 'does not take the settings of a connection: go around the pooler before it, or have it pass `options`.'
  }
  if (settings['fsync'] !== 'on') {
    return 'runs with fsync off, so that what it acknowledges could be lost: turn fsync on.'
  }
  if (settings['server_encoding'] !== 'UTF8')
    return 'does not keep its texts in UTF8: make the database anew.'
  return undefined
}
