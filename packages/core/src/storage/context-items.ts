import type { AssistantContentPart, AssistantMessageItem, Item, MessageItem } from '../events/items.ts'
import type { StoredEntry } from './context-store.ts'

/** How much of an assistant item the listener heard before it was cut off. */
export interface Heard {
  readonly contentIndex: number
  readonly audioEndMs: number
  readonly transcript: string
}

/** One item of a conversation as it stands after all entries. */
export interface ContextItem {
  readonly item: Item
  /** When the item first came into the conversation (Unix ms). */
  readonly at: number
  /** `undefined` for an item that was never truncated. */
  readonly heard: Heard | undefined
}

/**
 * The items a log of entries amounts to, in conversation order. Entries that name an unknown item change nothing,
 * but a truncation may come before the item it cuts.
 */
export function foldEntries(entries: readonly StoredEntry[]): readonly ContextItem[] {
  const items: Placed[] = []
  const known = new Map<string, Placed>()
  const heard = new Map<string, Heard>()

  function place(placed: Placed, previousItemId: string | null): void {
    const { id } = placed.item
    const present = id === undefined ? undefined : known.get(id)
    if (present !== undefined) {
      present.item = placed.item
      return
    }
    items.splice(placeBehind(items, known, previousItemId), 0, placed)
    if (id !== undefined) known.set(id, placed)
  }

  for (const { at, entry } of entries) {
    switch (entry.type) {
      case 'item': {
        place({ item: entry.item, at }, entry.previousItemId)
        break
      }
      case 'erased': {
        // Its `deleted` entry follows and takes the stand-in away; until then others find their place by it.
        if (entry.place !== undefined)
          place({ item: standIn(entry.place.itemId), at }, entry.place.previousItemId)
        break
      }
      case 'transcript': {
        const present = known.get(entry.itemId)
        if (present !== undefined)
          present.item = withTranscript(present.item, entry.contentIndex, entry.transcript)
        break
      }
      case 'truncated': {
        const { contentIndex, audioEndMs, heardTranscript } = entry
        heard.set(entry.itemId, { contentIndex, audioEndMs, transcript: heardTranscript })
        break
      }
      case 'heard': {
        const { contentIndex, heardMs, heardTranscript } = entry
        heard.set(entry.itemId, { contentIndex, audioEndMs: heardMs, transcript: heardTranscript })
        break
      }
      case 'response':
      case 'life':
      case 'summary':
      case 'pinned':
      case 'unpinned':
        break
      case 'deleted': {
        const present = known.get(entry.itemId)
        if (present !== undefined) items.splice(items.lastIndexOf(present), 1)
        known.delete(entry.itemId)
        heard.delete(entry.itemId)
        break
      }
    }
  }
  return items.map(({ item, at }) => ({
    item,
    at,
    heard: item.id === undefined ? undefined : heard.get(item.id),
  }))
}

interface Placed {
  item: Item
  readonly at: number
}

function standIn(id: string): Item {
  return { id, type: 'message', role: 'user', content: [] }
}

function placeBehind(
  items: readonly Placed[],
  known: ReadonlyMap<string, Placed>,
  previousItemId: string | null,
): number {
  if (previousItemId === null) return 0
  const previous = known.get(previousItemId)
  // Nearly every item stands behind the last one, so the search from the end is short.
  return previous === undefined ? items.length : items.lastIndexOf(previous) + 1
}

function withTranscript(item: Item, contentIndex: number, transcript: string): Item {
  if (item.type !== 'message' || item.role !== 'user') return item
  const content = item.content.map((part, index) =>
    index === contentIndex && part.type === 'input_audio' ? { ...part, transcript } : part,
  )
  return { ...item, content }
}

/**
 * What a backend is told of a stored conversation: text only, no audio, under the same ids. Speech becomes its
 * transcript, of a cut answer only what was heard. Function calls come with their output, or while their output
 * can still come: since the user said something last. Images and
 * MCP items are left out.
 */
export function toReplayItems(items: readonly ContextItem[]): readonly Item[] {
  const told = toldCallItems(items)
  return items.flatMap((contextItem) => {
    const { item, heard } = contextItem
    switch (item.type) {
      case 'message':
        return replayMessage(item, heard)
      case 'function_call':
        return told.has(contextItem)
          ? [
              {
                ...idOf(item),
                type: item.type,
                name: item.name,
                call_id: item.call_id,
                arguments: item.arguments,
              },
            ]
          : []
      case 'function_call_output':
        return told.has(contextItem)
          ? [{ ...idOf(item), type: item.type, call_id: item.call_id, output: item.output }]
          : []
      case 'mcp_list_tools':
      case 'mcp_call':
      case 'mcp_approval_request':
      case 'mcp_approval_response':
        break
    }
    return []
  })
}

/**
 * What a session knows of a stored conversation: every item in its place, as a backend is told it; one that no backend
 * is told, for example an answer of which nothing was heard, without its words.
 */
export function toSessionItems(items: readonly ContextItem[]): readonly Item[] {
  const told = new Map(toReplayItems(items).map((item) => [item.id, item]))
  return items.map(({ item }) => told.get(item.id) ?? wordless(item))
}

function wordless(item: Item): Item {
  return item.type === 'message' ? { ...item, content: [] } : item
}

function replayMessage(item: MessageItem, heard: Heard | undefined): readonly Item[] {
  if (item.role === 'assistant') {
    const content = item.content.flatMap((part, index) => {
      const text = saidText(part, heardPart(heard, index))
      return text === '' ? [] : [{ type: 'output_text' as const, text }]
    })
    return content.length === 0 ? [] : [{ ...idOf(item), type: item.type, role: item.role, content }]
  }
  const content = inputTexts(item).map((text) => ({ type: 'input_text' as const, text }))
  return content.length === 0 ? [] : [{ ...idOf(item), type: item.type, role: item.role, content }]
}

/** Texts and transcripts of a user or system message, without the empty ones. */
export function inputTexts(item: Exclude<MessageItem, AssistantMessageItem>): readonly string[] {
  const texts = item.content.map((part) => {
    if (part.type === 'input_text') return part.text
    return part.type === 'input_audio' ? part.transcript : undefined
  })
  return texts.filter((text) => typeof text === 'string').filter((text) => text.trim() !== '')
}

/** Parts before the cut were heard whole, parts behind it not at all. */
function heardPart(heard: Heard | undefined, index: number): string | undefined {
  if (heard === undefined || index < heard.contentIndex) return undefined
  return index === heard.contentIndex ? heard.transcript : ''
}

function saidText(part: AssistantContentPart, heard: string | undefined): string {
  const text = part.type === 'output_audio' ? (heard ?? part.transcript ?? '') : (part.text ?? '')
  return text.trim() === '' ? '' : text
}

/** Calls that an output follows or may follow, and those outputs. Only the first of each counts under one call id. */
function toldCallItems(items: readonly ContextItem[]): ReadonlySet<ContextItem> {
  const open = new Map<string, ContextItem>()
  const told = new Set<ContextItem>()
  for (const contextItem of items) {
    const { item } = contextItem
    if (item.type === 'function_call' && item.call_id !== undefined && !open.has(item.call_id)) {
      open.set(item.call_id, contextItem)
    }
    if (item.type !== 'function_call_output') continue
    const call = open.get(item.call_id)
    if (call !== undefined && !told.has(call)) told.add(call).add(contextItem)
  }
  const turn = items.findLastIndex(({ item }) => item.type === 'message' && item.role === 'user')
  for (const contextItem of items.slice(turn + 1)) {
    const { item } = contextItem
    if (item.type !== 'function_call' || item.status === 'incomplete' || item.call_id === undefined) continue
    if (open.get(item.call_id) === contextItem) told.add(contextItem)
  }
  return told
}

function idOf(item: Item): { id?: string } {
  return item.id === undefined ? {} : { id: item.id }
}
