import type { DatabaseSync } from 'node:sqlite'
import { RealtimeError } from '../../errors.ts'
import { encodeEntry } from '../entry-text.ts'
import { erasuresIn } from '../erasure.ts'
import { checkVersion } from '../schema-version.ts'
import { toEntryRow, toStoredEntries } from '../sql/rows.ts'
import { markForWipe } from './wipe.ts'

/** What brings a file one version further. */
type Migration = (database: DatabaseSync, path: string) => void

/** Each migration is applied once, in order, and never edited: the version of a file is how many it has. */
const migrations: readonly Migration[] = [
  statements(`create table contexts (
    id text not null primary key,
    revision bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    title text not null,
    item_count bigint not null,
    summarized_revision bigint not null
  );
  create index contexts_by_time on contexts (updated_at desc, id desc);
  create table entries (
    context_id text not null references contexts (id),
    revision bigint not null,
    at bigint not null,
    entry text not null,
    primary key (context_id, revision)
  );`),

  // The log is made anew, because only a new table can be told to go with its conversation.
  statements(`alter table contexts add column retention_seconds bigint;
  alter table contexts add column expires_at bigint;
  alter table contexts add column deletions bigint not null default 0;
  create index contexts_by_expiry on contexts (expires_at) where expires_at is not null;
  create table entries_of_contexts (
    context_id text not null references contexts (id) on delete cascade,
    revision bigint not null,
    at bigint not null,
    entry text not null,
    primary key (context_id, revision)
  );
  insert into entries_of_contexts select context_id, revision, at, entry from entries;
  drop table entries;
  alter table entries_of_contexts rename to entries;
  create table audio (
    context_id text not null references contexts (id) on delete cascade,
    item_id text not null,
    content_index bigint not null,
    media_type text not null,
    duration_ms real not null,
    bytes blob not null,
    primary key (context_id, item_id, content_index)
  );
  create table facts (
    person text not null,
    id text not null,
    position bigint not null,
    fact text not null,
    updated_at bigint not null,
    primary key (person, id)
  );`),

  eraseDeletedItems,
]

/** Version of the schema this code reads and writes. */
export const schemaVersion = migrations.length

/**
 * Brings the database to `schemaVersion` in one transaction. Throws `store_unavailable` for a file of a newer
 * version, and for a database of something else.
 */
export function migrate(database: DatabaseSync, path: string): void {
  const version = readVersion(database, path)
  checkVersion(version, schemaVersion, path)
  if (version === schemaVersion) return
  database.exec('begin')
  try {
    database.exec('create table if not exists parley_migrations (version bigint not null primary key)')
    const record = database.prepare('insert into parley_migrations (version) values (?)')
    migrations.slice(version).forEach((migration, index) => {
      migration(database, path)
      record.run(version + index + 1)
    })
    database.exec('commit')
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

function readVersion(database: DatabaseSync, path: string): number {
  const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all()
  if (tables.length === 0) return 0
  if (!tables.some((table) => table['name'] === 'parley_migrations')) {
    throw new RealtimeError('store_unavailable', `The database at ${path} is not a conversation store.`)
  }
  return Number(
    database.prepare('select max(version) as version from parley_migrations').get()?.['version'] ?? 0,
  )
}

function statements(sql: string): Migration {
  return (database) => database.exec(sql)
}

/** Entries about an item stayed when it was deleted, and so did its words in the title. */
function eraseDeletedItems(database: DatabaseSync, path: string): void {
  const contexts = database
    .prepare(`select distinct context_id as id from entries where entry like '{"type":"deleted"%'`)
    .all()
  const select = database.prepare(
    'select revision, at, entry from entries where context_id = ? order by revision',
  )
  const replace = database.prepare('update entries set entry = ? where context_id = ? and revision = ?')
  const retitle = database.prepare(
    `update contexts set title = '', summarized_revision = -1, deletions = 1 where id = ?`,
  )
  for (const { id } of contexts) {
    const context = String(id)
    const log = toStoredEntries(select.all(context).map(toEntryRow), path)
    for (const [revision, entry] of erasuresIn(log)) replace.run(encodeEntry(entry), context, revision)
    retitle.run(context)
  }
  if (contexts.length > 0) markForWipe(database)
}
