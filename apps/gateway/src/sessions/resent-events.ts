import type { ClientEvent } from '@parley/core'
import type { ClientChannel } from '@parley/core/session'

/** What a process that is gone has done already with events its client sends again. */
export interface Redone {
  /** Events that come again although that process has taken them, at least. */
  readonly count: number
  /** Items it has stored. */
  readonly itemIds: ReadonlySet<string>
  /** `event_id` of requests it has answered. */
  readonly requestIds: ReadonlySet<string>
  /** It has begun to answer, and what was heard of it stays. */
  readonly hasCutAnswer: boolean
}

/** The channel without what has been done already, so that nothing is done twice. */
export function withoutRedone(channel: ClientChannel, redone: Redone): ClientChannel {
  let again = redone.count
  let answers = redone.hasCutAnswer ? 1 : 0

  function isDone(event: ClientEvent): boolean {
    again -= 1
    if (event.type === 'response.create') {
      if (event.event_id !== undefined && redone.requestIds.has(event.event_id)) return true
      return again >= 0 && (answers -= 1) >= 0
    }
    return (
      event.type === 'conversation.item.create' &&
      event.item.id !== undefined &&
      redone.itemIds.has(event.item.id)
    )
  }

  return {
    send: (event) => channel.send(event),
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close: (close) => channel.close(close),
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
    async *[Symbol.asyncIterator]() {
      for await (const event of channel) if (!isDone(event)) yield event
    },
  }
}
