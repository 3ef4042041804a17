import type { Item, ServerEvent } from '@parley/core'
import type { ContextEntry } from '@parley/core/storage'

/** An item of the assistant that was begun and not finished. */
export interface OpenItem {
  readonly item: Item
  readonly outputIndex: number
  /** Words so far. */
  readonly words: string
  readonly isSpoken: boolean
}

/** A response that was begun and not finished. */
export interface OpenResponse {
  readonly id: string
  readonly open: ReadonlyMap<string, OpenItem>
  /** Finished items of it. */
  readonly output: readonly Item[]
  readonly isOutOfBand: boolean
  /** `event_id` of the request it answers, where the client gave it one. */
  readonly requestedBy: string | undefined
}

/** What a client knows after some events. */
export interface Told {
  /** Ids of items it knows, and whether they are finished. */
  readonly items: ReadonlyMap<string, 'begun' | 'done'>
  /** Where items were said to stand. */
  readonly places: ReadonlyMap<string, string | null>
  readonly responses: readonly OpenResponse[]
  /** Responses that were said to have ended. */
  readonly ended: readonly OpenResponse[]
  /** Items of the conversation that are finished; not what the user spoke, which comes again as sound. */
  readonly finished: ReadonlyMap<string, Item>
  /** Items that were said to be in the conversation for good. */
  readonly acknowledged: ReadonlySet<string>
  /** What was said to have been heard of items. */
  readonly cuts: ReadonlyMap<string, Cut>
}

/** How far an answer was heard, as its client was told. */
export type Cut = Extract<ContextEntry, { type: 'truncated' }>

interface Draft {
  readonly id: string
  readonly open: Map<string, OpenItem>
  readonly output: Item[]
  readonly isOutOfBand: boolean
  readonly requestedBy: string | undefined
}

/** Reads what a client was told. */
export function readTold(events: readonly ServerEvent[]): Told {
  const items = new Map<string, 'begun' | 'done'>()
  const places = new Map<string, string | null>()
  const responses = new Map<string, Draft>()
  const ended: OpenResponse[] = []
  const finished = new Map<string, Item>()
  const acknowledged = new Set<string>()
  const cuts = new Map<string, Cut>()

  function addWords(responseId: string, itemId: string, delta: { text: string; isSpoken: boolean }): void {
    const open = responses.get(responseId)?.open
    const draft = open?.get(itemId)
    if (draft === undefined) return
    open?.set(itemId, {
      ...draft,
      words: draft.words + delta.text,
      isSpoken: delta.isSpoken || draft.isSpoken,
    })
  }

  function acknowledge(item: Item): void {
    if (item.id === undefined) return
    items.set(item.id, 'done')
    acknowledged.add(item.id)
    if (!isSpoken(item)) finished.set(item.id, item)
  }

  for (const event of events) {
    if (event.type === 'conversation.item.added' || event.type === 'conversation.item.created') {
      const { id, role } = { role: undefined, ...event.item }
      if (id === undefined) continue
      // The older event says both at once, but for what an assistant is about to say.
      const isDone = event.type === 'conversation.item.created' && role !== 'assistant'
      items.set(id, isDone ? 'done' : 'begun')
      places.set(id, event.previous_item_id ?? null)
      if (isDone) acknowledge(event.item)
    } else if (event.type === 'conversation.item.done') {
      acknowledge(event.item)
    } else if (event.type === 'conversation.item.truncated') {
      const { item_id: itemId, content_index: contentIndex, audio_end_ms: audioEndMs, parley } = event
      const heardTranscript = parley?.heard_transcript ?? ''
      cuts.set(itemId, { type: 'truncated', itemId, contentIndex, audioEndMs, heardTranscript })
    } else if (event.type === 'conversation.item.deleted') {
      items.delete(event.item_id)
      finished.delete(event.item_id)
    } else if (event.type === 'response.created') {
      const { id, conversation_id } = event.response
      if (id === undefined) continue
      const isOutOfBand = conversation_id === null
      responses.set(id, { id, open: new Map(), output: [], isOutOfBand, requestedBy: requestOf(event) })
    } else if (event.type === 'response.output_item.added') {
      const { item, response_id, output_index } = event
      if (item.id === undefined) continue
      const draft = { item, outputIndex: output_index, words: '', isSpoken: false }
      responses.get(response_id)?.open.set(item.id, draft)
    } else if (event.type === 'response.output_text.delta') {
      addWords(event.response_id, event.item_id, { text: event.delta, isSpoken: false })
    } else if (event.type === 'response.output_audio_transcript.delta') {
      addWords(event.response_id, event.item_id, { text: event.delta, isSpoken: true })
    } else if (event.type === 'response.output_item.done') {
      const response = responses.get(event.response_id)
      response?.output.push(event.item)
      if (event.item.id !== undefined) response?.open.delete(event.item.id)
      if (event.item.id === undefined || !items.has(event.item.id)) continue
      items.set(event.item.id, 'done')
      finished.set(event.item.id, event.item)
    } else if (event.type === 'response.done' && event.response.id !== undefined) {
      const response = responses.get(event.response.id)
      if (response !== undefined) ended.push(response)
      responses.delete(event.response.id)
    }
  }
  return { items, places, responses: [...responses.values()], ended, finished, acknowledged, cuts }
}

function isSpoken(item: Item): boolean {
  return item.type === 'message' && item.content.some(({ type }) => type === 'input_audio')
}

function requestOf(event: object): string | undefined {
  const own: unknown = Reflect.get(event, 'parley')
  const id: unknown = typeof own === 'object' && own !== null ? Reflect.get(own, 'requested_by') : undefined
  return typeof id === 'string' ? id : undefined
}
