import type { ClientEvent } from '../events/client-events.ts'
import type { Item } from '../events/items.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { SessionOutput } from '../session/session-state.ts'
import { finished, speaking, testSession } from './session-fixture.ts'

/** A backend that keeps every rule and says nothing before it is let. */
export interface ModelBackend {
  /** Items it holds, in order, by the ids it gave or was given. */
  readonly context: readonly Item[]
  /** Events it has still to send. */
  readonly pending: number
  /** Sound in its buffer (ms). */
  readonly bufferedMs: number
  take(output: SessionOutput): void
  /** Its next event. */
  next(): ServerEvent | undefined
}

/** Creates one whose ids begin with `name`; `heardMs` says how much sound an event holds. */
export function modelBackend(name: string): ModelBackend {
  const context: Item[] = []
  const queue: ServerEvent[] = []
  let ids = 0
  let bufferedMs = 0
  let active: string | undefined
  const newId = (): string => `${name}_${(ids += 1)}`

  function place(item: Item): void {
    context.push(item)
    queue.push({ type: 'conversation.item.added', event_id: newId(), item })
    queue.push({ type: 'conversation.item.done', event_id: newId(), item })
  }

  function refuse(code: string, eventId: string | undefined): void {
    const error = {
      type: 'invalid_request_error',
      code,
      message: 'No.',
      param: null,
      event_id: eventId ?? null,
    }
    queue.push({ type: 'error', event_id: newId(), error })
  }

  function answer(eventId: string | undefined): void {
    if (active !== undefined) return refuse('conversation_already_has_active_response', eventId)
    const id = newId()
    active = id
    const itemId = newId()
    const words = `Answer ${itemId}.`
    context.push({
      id: itemId,
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: words }],
    })
    for (const event of [...speaking(id, itemId, { words, ms: 100 }), ...finished(id, itemId, { words })])
      queue.push(withoutPlace(event))
  }

  function cancel(): void {
    if (active === undefined) return refuse('response_cancel_not_active', undefined)
    const begun = queue.findIndex((event) => event.type === 'response.created')
    const id = active
    const rest = queue.filter((event) => !('response_id' in event && event.response_id === id))
    queue.splice(0, queue.length, ...rest.filter((event, at) => at <= begun || !isItemOrEnd(event)))
    const response = {
      id,
      object: 'realtime.response',
      status: 'cancelled',
      output: [],
      conversation_id: 'conv_1',
    } as const
    queue.push({ type: 'response.done', event_id: newId(), response: { ...response, output: [] } })
  }

  function take(event: ClientEvent): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the model needs no more
    switch (event.type) {
      case 'session.update':
        return void queue.push({ type: 'session.updated', event_id: newId(), session: manualSession })
      case 'conversation.item.create':
        return place({ ...event.item, id: event.item.id ?? newId() })
      case 'conversation.item.delete': {
        const at = context.findIndex(({ id }) => id === event.item_id)
        if (at === -1) return refuse('item_delete_invalid_item_id', event.event_id)
        context.splice(at, 1)
        return void queue.push({
          type: 'conversation.item.deleted',
          event_id: newId(),
          item_id: event.item_id,
        })
      }
      case 'response.create':
        return answer(event.event_id)
      case 'response.cancel':
        return cancel()
      case 'input_audio_buffer.append':
        bufferedMs += event.audio.byteLength / 48
        return
      case 'input_audio_buffer.commit': {
        if (bufferedMs < 100) return refuse('input_audio_buffer_commit_empty', event.event_id)
        const id = newId()
        const transcript = `${Math.round(bufferedMs)} ms`
        bufferedMs = 0
        queue.push({ type: 'input_audio_buffer.committed', event_id: newId(), item_id: id })
        place({ id, type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] })
        return void queue.push({
          type: 'conversation.item.input_audio_transcription.completed',
          event_id: newId(),
          item_id: id,
          content_index: 0,
          transcript,
          usage: { type: 'duration', seconds: 1 },
        })
      }
    }
  }

  return {
    context,
    get pending() {
      return queue.length
    },
    get bufferedMs() {
      return bufferedMs
    },
    take(output) {
      if (output.to === 'provider') take(output.event)
      if (output.to === 'upstream' && 'resend' in output)
        bufferedMs += output.resend.endMs - output.resend.startMs
    },
    next() {
      const event = queue.shift()
      if (event?.type === 'response.done' && event.response.id === active) active = undefined
      return event
    },
  }
}

/** A session whose turns the client ends, with words of what the user says. */
export const manualSession = {
  ...testSession,
  audio: {
    ...testSession.audio,
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      turn_detection: null,
      transcription: { model: 'm' },
    },
  },
} as typeof testSession

/** New items stand last, whatever the fixture says. */
function withoutPlace(event: ServerEvent): ServerEvent {
  if (event.type !== 'conversation.item.added' && event.type !== 'conversation.item.done') return event
  const { previous_item_id: _first, ...rest } = event
  return rest
}

function isItemOrEnd(event: ServerEvent): boolean {
  return (
    event.type === 'response.done' ||
    ((event.type === 'conversation.item.added' || event.type === 'conversation.item.done') &&
      event.item.type === 'message' &&
      event.item.role === 'assistant')
  )
}
