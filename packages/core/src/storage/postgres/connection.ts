import type { ClientBase, ClientConfig } from 'pg'
import { RealtimeError } from '../../errors.ts'

/** Where a store is: how to connect, and how to name it in errors, without user and password. */
export interface ConnectionSettings {
  readonly config: ClientConfig
  readonly place: string
}

/** What decides how connections are made. */
export interface ConnectionOptions {
  readonly url: string
  /** Schema of the tables. */
  readonly schema: string
  /** Longest time for one statement, and for the wait for a connection (ms). */
  readonly timeoutMs: number
}

/** The server gives a statement up in time; the driver waits a little longer, for a server that hangs. */
const patience = 1.5

/** Settings of every connection. Throws `invalid_value` for a URL of another kind, without quoting it. */
export function connectionSettings({ url, schema, timeoutMs }: ConnectionOptions): ConnectionSettings {
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
    `-c statement_timeout=${timeoutMs}`,
    // Nobody waits for the locks of a process that hangs in the middle of an append.
    `-c idle_in_transaction_session_timeout=${timeoutMs}`,
  ].join(' ')
  parsed.searchParams.set('options', options)
  const config: ClientConfig = {
    connectionString: parsed.href,
    application_name: 'parley',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs * patience,
    keepAlive: true,
  }
  return { config, place }
}

/** Throws `store_unavailable` where a commit would not last, or where the settings of a connection do not reach it. */
export async function checkServer(client: ClientBase, schema: string, place: string): Promise<void> {
  const answer = await client.query<ServerSettings>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('search_path') as search_path, current_setting('server_encoding') as server_encoding`,
  )
  const [settings] = answer.rows
  const refusal = settings && refusalOf(settings, schema)
  if (refusal !== undefined) {
    throw new RealtimeError('store_unavailable', `The conversation store at ${place} ${refusal}`)
  }
}

/** What a server says of itself on a connection. */
export interface ServerSettings {
  readonly fsync: string
  readonly synchronous_commit: string
  readonly search_path: string
  readonly server_encoding: string
}

/** Why a store cannot be kept there, to follow its name; `undefined` where it can. */
export function refusalOf(settings: ServerSettings, schema: string): string | undefined {
  if (settings.search_path !== schema || settings.synchronous_commit !== 'on') {
    return 'does not take the settings of a connection: go around the pooler before it, or have it pass `options`.'
  }
  if (settings.fsync !== 'on') {
    return 'runs with fsync off, so that what it acknowledges could be lost: turn fsync on.'
  }
  if (settings.server_encoding !== 'UTF8') return 'does not keep its texts in UTF8: make the database anew.'
  return undefined
}
