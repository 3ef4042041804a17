import type { Item, ServerEvent } from '@parley/core'
import { foldEntries } from '@parley/core/storage'
import type { ContextEntry, ContextItem, StoredContext } from '@parley/core/storage'
import { readTold } from './told.ts'
import type { OpenItem, OpenResponse } from './told.ts'

/** What is left to do for a process that has died. */
export interface LastWords {
  /** Completes the log. */
  readonly entries: readonly ContextEntry[]
  /** Completes what the client was told. */
  readonly events: readonly ServerEvent[]
  /** An answer was cut off of which the client has heard something: it is not given again. */
  readonly hasCutAnswer: boolean
}

/** What last words are found from. */
export interface LastWordsOptions {
  /** Everything the client was told, as far as it is known. */
  readonly told: readonly ServerEvent[]
  readonly stored: StoredContext | undefined
  /** Stored items from this time on belong to the session (Unix ms). */
  readonly openedAt: number
  /** Whether `told` goes back to the beginning of the session. */
  readonly isComplete: boolean
  readonly newId: (prefix: string) => string
}

/**
 * An answer that was begun is ended as far as it came. What is stored and was not told is told; only what came from the
 * client is taken back, for the client says again what it was told nothing about.
 */
export function lastWords({ told, stored, openedAt, isComplete, newId }: LastWordsOptions): LastWords {
  const { items: toldItems, places, responses } = readTold(told)
  const items = new Map(toldItems)
  const all = foldEntries(stored?.entries ?? [])
  const known = new Map(all.map(({ item }) => [item.id, item]))
  const entries: ContextEntry[] = []
  const events: ServerEvent[] = []

  for (const response of responses) {
    for (const [id, draft] of response.open) {
      const item = known.get(id) ?? unfinished(draft)
      if (!known.has(id) && !response.isOutOfBand && draft.words !== '') {
        entries.push({ type: 'item', item, previousItemId: places.get(id) ?? all.at(-1)?.item.id ?? null })
      }
      items.set(id, 'done')
      events.push(...endOfItem(item, { response, draft, previous: places.get(id) ?? null, newId }))
    }
    events.push(endOfResponse(response, newId))
  }

  const behind = all.findLastIndex(({ item }) => item.id !== undefined && items.get(item.id) === 'done')
  // Without a told item to go on from, nothing says which ones are new.
  const candidates = behind < 0 && !isComplete ? [] : all.entries()
  for (const [index, { item, at }] of candidates) {
    if (item.id === undefined || items.get(item.id) === 'done' || at < openedAt || index < behind) continue
    if (isOfClient(item)) {
      entries.push({ type: 'deleted', itemId: item.id })
      if (items.has(item.id)) {
        events.push({ type: 'conversation.item.deleted', event_id: newId('event'), item_id: item.id })
      }
    } else events.push(...newItem(item, all[index - 1]?.item.id ?? null, newId))
  }
  return { entries, events, hasCutAnswer: responses.some(({ open }) => [...open.values()].some(wasHeard)) }
}

function wasHeard({ words }: OpenItem): boolean {
  return words !== ''
}

function isOfClient(item: Item): boolean {
  if (item.type === 'message') return item.role !== 'assistant'
  return item.type === 'function_call_output'
}

/** The item as far as it came. */
function unfinished({ item, words, isSpoken }: OpenItem): Item {
  if (item.type !== 'message' || item.role !== 'assistant') return { ...item, status: 'incomplete' }
  const part = isSpoken
    ? ({ type: 'output_audio', transcript: words } as const)
    : ({ type: 'output_text', text: words } as const)
  return { ...item, status: 'incomplete', content: words === '' ? [] : [part] }
}

function endOfItem(
  item: Item,
  at: {
    readonly response: OpenResponse
    readonly draft: OpenItem
    readonly previous: string | null
    readonly newId: (prefix: string) => string
  },
): readonly ServerEvent[] {
  const { response, draft, previous, newId } = at
  const place = { response_id: response.id, output_index: draft.outputIndex }
  const done: ServerEvent = { type: 'response.output_item.done', event_id: newId('event'), ...place, item }
  if (response.isOutOfBand) return [done]
  return [
    { type: 'conversation.item.done', event_id: newId('event'), item, previous_item_id: previous },
    done,
  ]
}

function endOfResponse(response: OpenResponse, newId: (prefix: string) => string): ServerEvent {
  return {
    type: 'response.done',
    event_id: newId('event'),
    response: {
      id: response.id,
      object: 'realtime.response',
      status: 'failed',
      status_details: {
        type: 'failed',
        error: { type: 'server_error', code: 'backend_unavailable' },
      },
      output: [...response.output, ...[...response.open.values()].map(unfinished)],
      conversation_id: response.isOutOfBand ? null : undefined,
      usage: null,
    },
  }
}

function newItem(
  item: Item,
  previous: string | null,
  newId: (prefix: string) => string,
): readonly ServerEvent[] {
  return (['conversation.item.added', 'conversation.item.done'] as const).map((type) => ({
    type,
    event_id: newId('event'),
    item,
    previous_item_id: previous,
  }))
}

/** The ids of everything that is stored. */
export function storedItemIds(stored: StoredContext | undefined): ReadonlySet<string> {
  const items: readonly ContextItem[] = foldEntries(stored?.entries ?? [])
  return new Set(items.flatMap(({ item }) => item.id ?? []))
}
