import { isObject, objectsOf, textOf } from './json.ts'
import type { WireObject } from './wire.ts'

/** One item with what the service knows of it and does not show. */
export interface HeldItem {
  readonly id: string
  /** As events show it, without sound. */
  shown: WireObject
  /** Sound of a user as base64, for `conversation.item.retrieved`. */
  readonly sound?: string | undefined
  /** What was said or written in it; what the model sees. */
  text: string
  /** Sound of the assistant that can be truncated, in ms. */
  soundMs: number
  /** Real time in ms at which its sound began. */
  soundFrom?: number
  /** It is still being made. */
  open: boolean
}

/** The items in order. */
export interface Conversation {
  readonly items: readonly HeldItem[]
  find(id: string): HeldItem | undefined
  /** Puts it after `previous`: at the end without one, first for `root`. Returns the id before it. */
  insert(item: HeldItem, previous?: string): string | null
  previousOf(id: string): string | null
  remove(id: string): void
}

/** A conversation without items. */
export function createConversation(): Conversation {
  const items: HeldItem[] = []
  const indexOf = (id: string) => items.findIndex((item) => item.id === id)

  function previousOf(id: string): string | null {
    return items[indexOf(id) - 1]?.id ?? null
  }
  return {
    items,
    find: (id) => items[indexOf(id)],
    insert(item, previous) {
      const place = previous === 'root' ? 0 : previous === undefined ? items.length : indexOf(previous) + 1
      items.splice(place, 0, item)
      return previousOf(item.id)
    },
    previousOf,
    remove(id) {
      items.splice(indexOf(id), 1)
    },
  }
}

/** What an item made by a client says: its texts and transcripts. */
export function writtenText(item: WireObject): string {
  return objectsOf(item['content'])
    .map((part) => textOf(part['text'], textOf(part['transcript'])))
    .filter((text) => text !== '')
    .join(' ')
}

/** An item as events show it: sound is never echoed. */
export function withoutSound(item: WireObject): WireObject {
  const { content } = item
  if (!Array.isArray(content)) return item
  return {
    ...item,
    content: content.map((part) => {
      if (!isObject(part) || part['type'] !== 'input_audio') return part
      const { audio: _, ...shown } = part
      return { transcript: null, ...shown }
    }),
  }
}

/** The sound a client put into an item. */
export function soundIn(item: WireObject): string | undefined {
  const part = objectsOf(item['content']).find(({ audio }) => typeof audio === 'string')
  return part === undefined ? undefined : textOf(part['audio'])
}
