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
  /** An answer was cut off of which the client has heard something, and nothing names its request: it is not given again. */
  readonly hasCutAnswer: boolean
  /** `event_id`s of the requests whose answers were cut off like that. */
  readonly cutRequestIds: readonly string[]
  /** The item of the conversation that was being said. */
  readonly unfinishedItemId: string | undefined
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
 * An answer that was begun is ended as far as it came. What was told and is not stored, because the store was late, is
 * stored in its place. What is stored and was not told is told; only what came from the client is taken back, for the
 * client says again what it was told nothing about.
 */
export function lastWords({ told, stored, openedAt, isComplete, newId }: LastWordsOptions): LastWords {
  const {
    items: toldItems,
    places,
    responses,
    finished,
    acknowledged,
    cuts,
    ended: overInWords,
  } = readTold(told)
  const items = new Map(toldItems)
  const all = foldEntries(stored?.entries ?? [])
  const known = new Map(all.map(({ item }) => [item.id, item]))
  const ended = new Map(responsesIn(stored).map((entry) => [entry.responseId, entry]))
  const answers = new Set([...ended.values()].flatMap(({ itemIds }) => itemIds))
  const entries: ContextEntry[] = []
  const events: ServerEvent[] = []
  let hasUntoldAnswer = false
  let unfinishedItemId: string | undefined

  for (const [id, item] of finished) {
    const previousItemId = places.get(id) ?? null
    const cut = cuts.get(id)
    if (!known.has(id)) entries.push({ type: 'item', item, previousItemId }, ...(cut ? [cut] : []))
    if (!acknowledged.has(id)) events.push(itemDone(item, previousItemId, newId))
  }

  for (const response of responses) {
    for (const [id, draft] of response.open) {
      const item = known.get(id) ?? unfinished(draft)
      if (!known.has(id) && !response.isOutOfBand) {
        entries.push({ type: 'item', item, previousItemId: places.get(id) ?? all.at(-1)?.item.id ?? null })
      }
      if (!response.isOutOfBand && draft.words !== '' && item.status === 'incomplete') unfinishedItemId = id
      items.set(id, 'done')
      events.push(...endOfItem(item, { response, draft, previous: places.get(id) ?? null, newId }))
    }
    events.push(endOfResponse(response, ended.get(response.id), newId))
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
    } else {
      hasUntoldAnswer ||= !answers.has(item.id)
      events.push(...newItem(item, all[index - 1]?.item.id ?? null, newId))
    }
  }
  // An answer may have been told to its end and not have come into the log.
  const cut = [...overInWords, ...responses].filter(
    (response) => !response.isOutOfBand && !ended.has(response.id) && wasHeard(response),
  )
  const hasNameless = cut.some(({ requestedBy }) => requestedBy === undefined)
  return {
    entries,
    events,
    hasCutAnswer: hasNameless || (hasUntoldAnswer && cut.length === 0),
    cutRequestIds: cut.flatMap(({ requestedBy }) => requestedBy ?? []),
    unfinishedItemId,
  }
}

/** Something of it was said, or all of an item of it. */
function wasHeard({ open, output }: OpenResponse): boolean {
  return output.length > 0 || [...open.values()].some(({ words }) => words !== '')
}

type ResponseEntry = Extract<ContextEntry, { type: 'response' }>

function responsesIn(stored: StoredContext | undefined): readonly ResponseEntry[] {
  return (stored?.entries ?? []).flatMap(({ entry }) => (entry.type === 'response' ? [entry] : []))
}

/** The `event_id`s of the requests whose answers are stored. */
export function answeredRequestIds(stored: StoredContext | undefined): ReadonlySet<string> {
  return new Set(responsesIn(stored).flatMap(({ requestedBy }) => requestedBy ?? []))
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
  return [itemDone(item, previous, newId), done]
}

function itemDone(item: Item, previous: string | null, newId: (prefix: string) => string): ServerEvent {
  return { type: 'conversation.item.done', event_id: newId('event'), item, previous_item_id: previous }
}

/** As it is stored, or as failed where it did not come to its end. */
function endOfResponse(
  response: OpenResponse,
  stored: ResponseEntry | undefined,
  newId: (prefix: string) => string,
): ServerEvent {
  const failed = { type: 'failed', error: { type: 'server_error', code: 'backend_unavailable' } } as const
  return {
    type: 'response.done',
    event_id: newId('event'),
    response: {
      id: response.id,
      object: 'realtime.response',
      status: stored?.status ?? 'failed',
      status_details: stored === undefined || stored.status === 'failed' ? failed : null,
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
