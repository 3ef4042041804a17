import type { ContextStore, FactStore } from '../context-store.ts'
import { encodeEntry } from '../entry-text.ts'
import { erasingOf } from '../erasure.ts'
import { checkLimit, parseListOptions } from '../list-page.ts'
import {
  checkAudio,
  checkAudioPart,
  checkId,
  checkPurgeLimit,
  checkRetention,
  checkTimes,
} from '../store-errors.ts'
import type { Engine } from './requests.ts'
import { toStoredEntries } from './rows.ts'

/** What a store needs to know of its engine. */
export interface SqlStoreOptions {
  readonly engine: Engine
  /** Names the store in errors. */
  readonly place: string
  /** Unix ms. */
  readonly now: () => number
}

/** A store over an engine: checks what it is asked and turns entries into texts and back. */
export function sqlStore({ engine, place, now }: SqlStoreOptions): ContextStore {
  const facts: FactStore = {
    async list(person) {
      checkId(person, 'person')
      return engine.call('listFacts', { person })
    },
    async put(person, { id, text, conversationId, updatedAt = now() }) {
      checkId(person, 'person')
      checkId(id, 'id')
      checkTimes({ createdAt: updatedAt })
      const fact = { id, text, conversationId, updatedAt }
      await engine.call('putFact', { person, fact })
      return fact
    },
    async delete(person, factId) {
      checkId(person, 'person')
      checkId(factId, 'id')
      return engine.call('deleteFact', { person, factId })
    },
    async people({ limit, after = '' }) {
      checkLimit(limit)
      if (after !== '') checkId(after, 'after')
      return engine.call('listPeople', { limit, after })
    },
    async deleteAll(person) {
      checkId(person, 'person')
      return engine.call('deleteFacts', { person })
    },
  }

  return {
    async append(id, entries, expectedRevision, times = {}) {
      checkId(id, 'id')
      checkTimes(times)
      const texts = entries.map(encodeEntry)
      const at = now()
      const request = { id, entries: texts, ...erasingOf(entries), at, times, expectedRevision }
      return engine.call('append', request)
    },
    async load(id) {
      checkId(id, 'id')
      const row = await engine.call('load', { id })
      return row && { id, ...row, entries: toStoredEntries(row.entries, place) }
    },
    async list(listOptions) {
      return engine.call('list', parseListOptions(listOptions))
    },
    async delete(id) {
      checkId(id, 'id')
      return engine.call('delete', { id })
    },
    async putAudio(id, audio) {
      checkId(id, 'id')
      checkAudio(audio)
      const { itemId, contentIndex, mediaType, durationMs } = audio
      // The caller may change its bytes while the request waits for its turn.
      const bytes = audio.bytes.slice()
      return engine.call('putAudio', { id, audio: { itemId, contentIndex, mediaType, durationMs, bytes } })
    },
    async loadAudio(id, part) {
      checkId(id, 'id')
      checkAudioPart(part)
      return engine.call('loadAudio', { id, itemId: part.itemId, contentIndex: part.contentIndex })
    },
    async listAudio(id) {
      checkId(id, 'id')
      return engine.call('listAudio', { id })
    },
    async setRetention(id, seconds) {
      checkId(id, 'id')
      checkRetention(seconds)
      return engine.call('setRetention', { id, seconds })
    },
    async purge(limit) {
      checkPurgeLimit(limit)
      return engine.call('purge', { limit, at: now() })
    },
    facts,
    [Symbol.asyncDispose]: () => engine.close(),
  }
}
