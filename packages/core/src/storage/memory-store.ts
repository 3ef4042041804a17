import { RealtimeError } from '../errors.ts'
import type {
  ContextStore,
  ContextSummary,
  FactStore,
  ItemAudio,
  PersonFact,
  StoredContext,
  StoredEntry,
} from './context-store.ts'
import { summarizeEntries } from './context-summary.ts'
import { decodeEntry, encodeEntry } from './entry-text.ts'
import { deletedItems, erasingOf, erasuresIn } from './erasure.ts'
import { checkLimit, type ListPosition, parseListOptions, toPage } from './list-page.ts'
import {
  checkAudio,
  checkAudioPart,
  checkId,
  checkPurgeLimit,
  checkRetention,
  checkTimes,
  revisionConflict,
  storeClosed,
  unknownContext,
} from './store-errors.ts'

/** Options of the memory store. */
export interface MemoryStoreOptions {
  /** Unix ms, the system clock by default. */
  readonly now?: () => number
}

interface Row {
  createdAt: number
  updatedAt: number
  retentionSeconds: number | undefined
  /** Entries that delete an item. */
  deletions: number
  /** JSON texts, so that nobody outside holds what is stored. */
  readonly entries: { readonly at: number; text: string }[]
  /** By item and part. */
  readonly audio: Map<string, ItemAudio>
}

/** A store that keeps conversations as long as the process lives. */
export function memoryStore({ now = Date.now }: MemoryStoreOptions = {}): ContextStore {
  const rows = new Map<string, Row>()
  const people = new Map<string, Map<string, PersonFact>>()
  let disposed = false

  function assertOpen(): void {
    if (disposed) throw storeClosed()
  }

  function checkCall(id: string): void {
    assertOpen()
    checkId(id, 'id')
  }

  function checkPerson(person: string): void {
    assertOpen()
    checkId(person, 'person')
  }

  const facts: FactStore = {
    async list(person) {
      checkPerson(person)
      return [...(people.get(person)?.values() ?? [])]
    },
    async put(person, { id, text, conversationId, updatedAt = now() }) {
      checkPerson(person)
      checkId(id, 'id')
      checkTimes({ createdAt: updatedAt })
      const known = people.get(person) ?? new Map<string, PersonFact>()
      const fact = { id, text, conversationId, updatedAt }
      people.set(person, known.set(id, fact))
      return fact
    },
    async delete(person, factId) {
      checkPerson(person)
      checkId(factId, 'id')
      return people.get(person)?.delete(factId) ?? false
    },
    async people({ limit, after = '' }) {
      assertOpen()
      checkLimit(limit)
      const known = [...people].flatMap(([person, { size }]) => (size > 0 && person > after ? [person] : []))
      return known.toSorted(compare).slice(0, limit)
    },
    async deleteAll(person) {
      checkPerson(person)
      const count = people.get(person)?.size ?? 0
      people.delete(person)
      return count
    },
  }

  return {
    async append(id, entries, expectedRevision, times = {}) {
      checkCall(id)
      checkTimes(times)
      const texts = entries.map(encodeEntry)
      const time = now()
      const row = rows.get(id) ?? newRow(time)
      if (row.entries.length !== expectedRevision)
        throw revisionConflict(expectedRevision, row.entries.length)
      if (expectedRevision === 0) row.createdAt = times.createdAt ?? row.createdAt
      const added = texts.map((text, index) => ({ at: times.entries?.[index] ?? time, text }))
      row.entries.push(...added)
      row.updatedAt = added.at(-1)?.at ?? times.createdAt ?? time
      rows.set(id, row)
      const { erasing, deletedItemIds } = erasingOf(entries)
      row.deletions += deletedItemIds.length
      if (erasing === 'yes' || (erasing === 'after_deletions' && row.deletions > 0))
        erase(row, deletedItemIds)
      return row.entries.length
    },

    async load(id) {
      checkCall(id)
      const row = rows.get(id)
      return row && toContext(id, row)
    },

    async list(options) {
      assertOpen()
      const { limit, before } = parseListOptions(options)
      const places = [...rows].map(([id, row]) => ({ id, row, updatedAt: row.updatedAt })).toSorted(byNewest)
      const older = before === undefined ? places : places.filter((place) => byNewest(before, place) < 0)
      const summaries = older.slice(0, limit + 1).map(({ id, row }) => toSummary(toContext(id, row)))
      return toPage(summaries, limit)
    },

    async delete(id) {
      checkCall(id)
      return rows.delete(id)
    },

    async putAudio(id, audio) {
      checkCall(id)
      checkAudio(audio)
      const row = rows.get(id)
      if (row === undefined) throw unknownContext()
      if (row.deletions > 0 && deletedItems(row.entries.map(toStoredEntry)).has(audio.itemId)) return
      row.audio.set(partKey(audio), { ...audio, bytes: audio.bytes.slice() })
    },

    async loadAudio(id, part) {
      checkCall(id)
      checkAudioPart(part)
      const audio = rows.get(id)?.audio.get(partKey(part))
      return audio && { ...audio, bytes: audio.bytes.slice() }
    },

    async listAudio(id) {
      checkCall(id)
      const sounds = [...(rows.get(id)?.audio.values() ?? [])]
      return sounds
        .toSorted((a, b) => compare(a.itemId, b.itemId) || a.contentIndex - b.contentIndex)
        .map(({ bytes, ...note }) => ({ ...note, byteLength: bytes.byteLength }))
    },

    async setRetention(id, seconds) {
      checkCall(id)
      checkRetention(seconds)
      const row = rows.get(id)
      if (row !== undefined) row.retentionSeconds = seconds
      return row !== undefined
    },

    async purge(limit) {
      assertOpen()
      checkPurgeLimit(limit)
      const time = now()
      const due = [...rows].filter(([, row]) => expiryOf(row) <= time).slice(0, limit)
      const ids = due.map(([id]) => id)
      for (const id of ids) rows.delete(id)
      return ids
    },

    facts,

    async [Symbol.asyncDispose]() {
      disposed = true
      rows.clear()
      people.clear()
    },
  }
}

function newRow(at: number): Row {
  return {
    createdAt: at,
    updatedAt: at,
    retentionSeconds: undefined,
    deletions: 0,
    entries: [],
    audio: new Map(),
  }
}

function erase(row: Row, itemIds: readonly string[]): void {
  for (const [revision, entry] of erasuresIn(row.entries.map(toStoredEntry))) {
    const kept = row.entries[revision - 1]
    if (kept !== undefined) kept.text = encodeEntry(entry)
  }
  for (const [key, { itemId }] of row.audio) if (itemIds.includes(itemId)) row.audio.delete(key)
}

function expiryOf({ updatedAt, retentionSeconds }: Row): number {
  return retentionSeconds === undefined ? Number.POSITIVE_INFINITY : updatedAt + retentionSeconds * 1000
}

function partKey({ itemId, contentIndex }: Pick<ItemAudio, 'itemId' | 'contentIndex'>): string {
  return `${contentIndex} ${itemId}`
}

function byNewest(a: ListPosition, b: ListPosition): number {
  return b.updatedAt - a.updatedAt || compare(b.id, a.id)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function toContext(id: string, row: Row): StoredContext {
  const { createdAt, updatedAt, retentionSeconds, entries } = row
  const stored = { id, createdAt, updatedAt, revision: entries.length, entries: entries.map(toStoredEntry) }
  return retentionSeconds === undefined ? stored : { ...stored, retentionSeconds }
}

function toStoredEntry({ at, text }: Row['entries'][number], index: number): StoredEntry {
  const entry = decodeEntry(text)
  if (entry === undefined)
    throw new RealtimeError('invalid_value', 'A conversation entry is not well formed.')
  return { revision: index + 1, at, entry }
}

function toSummary({ id, revision, createdAt, updatedAt, entries }: StoredContext): ContextSummary {
  return { id, revision, createdAt, updatedAt, ...summarizeEntries(entries) }
}
