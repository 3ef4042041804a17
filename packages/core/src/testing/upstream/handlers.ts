import { soundIn, withoutSound, writtenText, type HeldItem } from './conversation.ts'
import type { Engine, Handler } from './engine.ts'
import { isObject, numberOf, objectOf, objectsOf, textOf } from './json.ts'
import { listTools } from './mcp-tools.ts'
import { heardTranscript } from './script.ts'
import type { Talk } from './talk.ts'
import { voiceLiveHandlers } from './voice-live-events.ts'
import type { WireObject } from './wire.ts'

/** Client events by type; every type a wire has a schema for is here. */
export const handlers: Readonly<Record<string, Handler>> = {
  'session.update': updateSession,
  'transcription_session.update': updateSession,
  'input_audio_buffer.append': ({ input }, event) => {
    input.append(textOf(event['audio']))
  },
  'input_audio_buffer.commit': ({ input }) => {
    input.commit()
  },
  'input_audio_buffer.clear': ({ input }) => {
    input.clear()
  },
  'conversation.item.create': createItem,
  'conversation.item.retrieve': retrieveItem,
  'conversation.item.truncate': truncateItem,
  'conversation.item.delete': deleteItem,
  'response.create': createResponse,
  'response.cancel': cancelResponse,
  ...voiceLiveHandlers,
}

function updateSession({ talk }: Engine, event: WireObject): void {
  const update = objectOf(event['session'])
  const { session, hasSpoken, traits } = talk
  const refusal = talk.wire.checkUpdate({ session, update, hasSpoken, traits })
  if (refusal !== undefined) {
    talk.refuse(refusal, event)
    return
  }
  talk.session = talk.wire.merge(session, update)
  talk.emit({ type: 'session.updated', session: talk.session })
  for (const warning of talk.wire.warnings?.(update, traits) ?? []) talk.emitRaw({ type: 'warning', warning })
  listTools(talk, objectsOf(update['tools']))
}

function createItem({ talk }: Engine, event: WireObject): void {
  const item = objectOf(event['item'])
  const id = textOf(item['id']) || talk.newId('item')
  const previous = event['previous_item_id']
  const refuse = (code: string, message: string, param: string) => {
    talk.refuse({ code, message, param }, event)
  }
  if (talk.conversation.find(id) !== undefined) {
    refuse('item_create_duplicate_id', `There already is an item '${id}'.`, 'item.id')
    return
  }
  if (typeof previous === 'string' && previous !== 'root' && talk.conversation.find(previous) === undefined) {
    refuse('invalid_value', `There is no item '${previous}'.`, 'previous_item_id')
    return
  }
  if (item['type'] === 'function_call_output' && !hasCall(talk, item['call_id'])) {
    refuse('invalid_tool_call_id', `There is no call '${textOf(item['call_id'])}'.`, 'item.call_id')
    return
  }
  if (item['type'] === 'mcp_approval_response') {
    const request = talk.conversation.find(textOf(item['approval_request_id']))
    if (request?.shown['type'] !== 'mcp_approval_request') {
      refuse('invalid_value', 'There is no such approval request.', 'item.approval_request_id')
      return
    }
  }
  const unfit = talk.wire.checkItem?.(item, talk.traits)
  if (unfit !== undefined) {
    talk.refuse(unfit, event)
    return
  }
  const sound = soundIn(item)
  const held: HeldItem = {
    id,
    shown: { ...withoutSound(item), id, object: 'realtime.item', status: item['status'] ?? 'completed' },
    sound,
    text: writtenText(item) || (sound === undefined ? '' : heardTranscript),
    soundMs: 0,
    open: false,
  }
  const before = talk.conversation.insert(held, typeof previous === 'string' ? previous : undefined)
  talk.emit({ type: 'conversation.item.added', previous_item_id: before, item: held.shown })
  talk.emit({ type: 'conversation.item.done', previous_item_id: before, item: held.shown })
}

function hasCall(talk: Talk, callId: unknown): boolean {
  return talk.conversation.items.some(
    ({ shown }) => shown['type'] === 'function_call' && shown['call_id'] === callId,
  )
}

function retrieveItem({ talk }: Engine, event: WireObject): void {
  const held = found(talk, event, 'item_retrieve_invalid_item_id')
  if (held === undefined) return
  const { shown, sound } = held
  const item =
    sound === undefined
      ? shown
      : {
          ...shown,
          content: objectsOf(shown['content']).map((part) =>
            part['type'] === 'input_audio' ? { ...part, audio: sound } : part,
          ),
        }
  talk.emit({ type: 'conversation.item.retrieved', item })
}

function truncateItem({ talk }: Engine, event: WireObject): void {
  const held = found(talk, event, 'item_truncate_invalid_item_id')
  if (held === undefined) return
  const endMs = numberOf(event['audio_end_ms'], 0)
  if (held.shown['role'] !== 'assistant') {
    talk.refuse(
      { code: 'invalid_value', message: 'Only messages of the assistant are truncated.', param: 'item_id' },
      event,
    )
    return
  }
  if (endMs > held.soundMs) {
    const message = `Audio content of ${held.soundMs}ms is already shorter than ${endMs}ms`
    talk.refuse({ code: 'invalid_value', message, param: 'audio_end_ms' }, event)
    return
  }
  held.soundMs = endMs
  held.text = ''
  held.shown = {
    ...held.shown,
    content: objectsOf(held.shown['content']).map(({ type }) => ({ type })),
  }
  talk.emit({
    type: 'conversation.item.truncated',
    item_id: held.id,
    content_index: 0,
    audio_end_ms: endMs,
  })
}

function deleteItem({ talk }: Engine, event: WireObject): void {
  const held = found(talk, event, 'item_delete_invalid_item_id')
  if (held === undefined) return
  talk.conversation.remove(held.id)
  talk.emit({ type: 'conversation.item.deleted', item_id: held.id })
}

function found(talk: Talk, event: WireObject, code: string): HeldItem | undefined {
  const id = textOf(event['item_id'])
  const held = talk.conversation.find(id)
  if (held === undefined)
    talk.refuse({ code, message: `There is no item '${id}'.`, param: 'item_id', benign: true }, event)
  return held
}

function createResponse({ talk, responses }: Engine, event: WireObject): void {
  const { session, hasSpoken, traits } = talk
  const response = objectOf(event['response'])
  const refusal = talk.wire.checkResponse(response, { session, hasSpoken, traits })
  if (refusal !== undefined) {
    talk.refuse(refusal, event)
    return
  }
  const missing = objectsOf(response['input']).find(
    (item) => item['type'] === 'item_reference' && talk.conversation.find(textOf(item['id'])) === undefined,
  )
  if (missing !== undefined) {
    const message = `There is no item '${textOf(missing['id'])}'.`
    talk.refuse({ code: 'invalid_value', message, param: 'response.input' }, event)
    return
  }
  const request = talk.wire.request(session, event)
  const { active } = responses
  if (!request.outOfBand && active !== undefined) {
    if (!request.cancelsPrevious) {
      talk.refuse(
        {
          code: 'conversation_already_has_active_response',
          message: `Conversation already has an active response in progress: ${active.id}.`,
          param: null,
        },
        event,
      )
      return
    }
    active.cancel('client_cancelled')
  }
  responses.start(request)
}

function cancelResponse({ talk, responses }: Engine, event: WireObject): void {
  const id = event['response_id']
  const response = responses.find(isObject(id) || typeof id !== 'string' ? undefined : id)
  if (response !== undefined) response.cancel('client_cancelled')
  else
    talk.refuse(
      {
        code: 'response_cancel_not_active',
        message: 'Cancellation failed: no active response found.',
        param: null,
        benign: true,
      },
      event,
    )
}
