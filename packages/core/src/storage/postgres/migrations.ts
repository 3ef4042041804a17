import type { ClientBase } from 'pg'
import { checkVersion } from '../schema-version.ts'

/** Each migration is applied once, in order, and never edited: the version of a schema is how many it has. */
const migrations: readonly string[] = [
  // Ids are put in order by their bytes, whatever the language of the server.
  `create table contexts (
    id text collate "C" not null primary key,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    title text not null,
    item_count bigint not null,
    summarized_revision bigint not null,
    retention_seconds bigint,
    expires_at bigint,
    deletions bigint not null default 0
  );
  create index contexts_by_time on contexts (updated_at desc, id desc);
  create index contexts_by_expiry on contexts (expires_at) where expires_at is not null;
  create table entries (
    context_id text collate "C" not null references contexts (id) on delete cascade,
    revision bigint not null,
    at bigint not null,
    entry text not null,
    primary key (context_id, revision)
  );
  create table audio (
    context_id text collate "C" not null references contexts (id) on delete cascade,
    item_id text collate "C" not null,
    content_index bigint not null,
    media_type text not null,
    duration_ms double precision not null,
    bytes bytea not null,
    primary key (context_id, item_id, content_index)
  );
  alter table audio alter column bytes set storage external;
  create table facts (
    person text collate "C" not null,
    id text collate "C" not null,
    position bigint not null,
    fact text not null,
    updated_at bigint not null,
    primary key (person, id)
  );`,
]

/** Version of the schema this code reads and writes. */
export const schemaVersion = migrations.length

/** Any number that other programs on the same database are unlikely to lock. */
const lockKey = 7_275_389_017

/**
 * Brings the schema to `schemaVersion` in one transaction, and makes it when it is missing. Replicas that start at
 * the same time wait for each other. Throws `store_unavailable` for a schema of a newer version.
 */
export async function migrate(client: ClientBase, schema: string, place: string): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [lockKey])
    const version = await readVersion(client, schema)
    checkVersion(version, schemaVersion, place)
    for (let next = version; next < schemaVersion; next += 1) {
      // In the order in which they were made.
      // oxlint-disable-next-line no-await-in-loop
      await client.query(migrations[next] ?? '')
      // oxlint-disable-next-line no-await-in-loop
      await client.query('insert into parley_migrations (version) values ($1)', [next + 1])
    }
    await client.query('commit')
  } catch (error) {
    // What failed first is what counts, also when the connection is gone.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

async function readVersion(client: ClientBase, schema: string): Promise<number> {
  const found = await client.query('select 1 from pg_namespace where nspname = $1', [schema])
  // Not `if not exists`: that needs the right to make schemas even where there is nothing to make.
  if (found.rows.length === 0) await client.query(`create schema ${schema}`)
  const table = await client.query<{ found: boolean }>(`select to_regclass($1) is not null as found`, [
    `${schema}.parley_migrations`,
  ])
  if (table.rows[0]?.found !== true) {
    await client.query('create table parley_migrations (version bigint not null primary key)')
    return 0
  }
  const newest = await client.query<{ version: string | null }>(
    'select max(version) as version from parley_migrations',
  )
  return Number(newest.rows[0]?.version ?? 0)
}
