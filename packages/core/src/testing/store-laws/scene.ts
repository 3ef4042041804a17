import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import type { ErrorCode } from '../../errors.ts'
import type { ContextEntry, ContextStore } from '../../storage/context-store.ts'

/**
 * Opens the store kept at a place, an empty one at a place not used before. `now` gives Unix ms. A law closes what
 * it opens.
 */
export type OpenStore = (place: string, now: () => number) => Promise<ContextStore>

export type StoreLaw = Law<OpenStore>

/** Time of a law's store, 1000 at first. */
export interface Clock {
  time: number
}

export function law(name: string, holds: (store: ContextStore, clock: Clock) => Promise<void>): StoreLaw {
  return {
    name,
    async holds(open) {
      const clock: Clock = { time: 1000 }
      await using store = await open(newPlace(), () => clock.time)
      await holds(store, clock)
    },
  }
}

export async function withStore(
  open: OpenStore,
  place: string,
  use: (store: ContextStore) => Promise<unknown>,
): Promise<void> {
  await using store = await open(place, () => 1000)
  await use(store)
}

export function newPlace(): string {
  return crypto.randomUUID()
}

/** One of each kind, none of which erases another. */
export const kindsOfEntries: readonly ContextEntry[] = [
  {
    type: 'item',
    previousItemId: null,
    item: {
      id: 'item_1',
      object: 'realtime.item',
      status: 'completed',
      type: 'message',
      role: 'user',
      content: [{ type: 'input_audio', transcript: null, vendor_part: [1.5, 0, 1e300, { deep: null }] }],
      vendor_item: { 'key with "quotes" \\ and \u2028': 'Grüße, 你好, \u{1F468}\u200D\u{1F469}, \0, \ud800' },
    },
  },
  { type: 'transcript', itemId: 'item_1', contentIndex: 0, transcript: 'Größe? \u{1F600}' },
  { type: 'truncated', itemId: 'item_2', contentIndex: 0, audioEndMs: 1234.5, heardTranscript: '' },
  { type: 'deleted', itemId: 'item_3' },
  {
    type: 'response',
    responseId: 'resp_1',
    status: 'cancelled',
    reason: 'turn_detected',
    itemIds: ['item_2'],
    backend: 'voice-live',
    usage: { total_tokens: 12, details: { cached: 0 } },
  },
  {
    type: 'heard',
    itemId: 'item_2',
    contentIndex: 0,
    generatedMs: 2000,
    heardMs: 900.5,
    heardTranscript: 'Well,',
    by: 'playback',
  },
  { type: 'life', event: 'migrated', backend: 'openai', detail: 'planned' },
  { type: 'summary', throughItemId: 'item_1', text: 'They said hello.', by: 'extractive' },
  { type: 'pinned', factId: 'fact_1', text: 'Is called Ada.' },
  { type: 'unpinned', factId: 'fact_2' },
  { type: 'erased', place: { itemId: 'item_4', previousItemId: 'item_2' } },
  { type: 'erased' },
]

export function said(id: string, transcript: string | null): ContextEntry {
  const content = [{ type: 'input_audio' as const, transcript }]
  return { type: 'item', previousItemId: 'end', item: { id, type: 'message', role: 'user', content } }
}

export function answered(id: string, transcript: string): ContextEntry {
  const content = [{ type: 'output_audio' as const, transcript }]
  return { type: 'item', previousItemId: 'end', item: { id, type: 'message', role: 'assistant', content } }
}

export async function entriesOf(store: ContextStore, id: string): Promise<readonly ContextEntry[]> {
  const context = await store.load(id)
  return context?.entries.map(({ entry }) => entry) ?? []
}

export async function summaryOf(store: ContextStore, id: string): Promise<unknown> {
  const { contexts } = await store.list({ limit: 100 })
  return contexts.find((summary) => summary.id === id)
}

/** Ids of all pages. */
export async function listedIds(store: ContextStore, limit: number): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = []
  let after: string | undefined
  do {
    const { contexts, cursor } = await store.list({ limit, after })
    pages.push(contexts.map(({ id }) => id))
    after = cursor
  } while (after !== undefined && pages.length < 100)
  return pages
}

export async function expectError(outcome: Promise<unknown>, code: ErrorCode): Promise<void> {
  await expect(outcome).rejects.toMatchObject({ name: 'RealtimeError', code })
}
