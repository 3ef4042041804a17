import { RealtimeError } from '../../errors.ts'
import type {
  ClientEvent,
  ConversationItemCreate,
  ConversationItemDelete,
  ConversationItemTruncate,
  InputAudioBufferAppend,
} from '../../events/client-events.ts'
import type { FunctionCallOutputItem } from '../../events/items.ts'
import { toUserParts } from './content.ts'
import type { PlacedItem } from './conversation.ts'
import { isManual, type Exchange } from './exchange.ts'
import { defaultRate } from './setup.ts'
import { openSession } from './opening.ts'
import { withPending } from './pending.ts'
import { cancelResponse, createResponse, sendOutputs } from './responses.ts'
import { applySettings, updateSession } from './settings.ts'
import { toFunctionResponse, type OpenCall } from './tools.ts'

/** Takes an event of the client. Throws `RealtimeError` for what the wire has no counterpart of. */
export function takeClientEvent(exchange: Exchange, event: ClientEvent): void {
  switch (event.type) {
    case 'session.update':
      return updateSession(exchange, event)
    case 'input_audio_buffer.append':
      return append(exchange, event)
    case 'input_audio_buffer.commit':
      return commit(exchange)
    case 'input_audio_buffer.clear':
      return clear(exchange)
    case 'conversation.item.create':
      return createItem(exchange, event)
    case 'conversation.item.truncate':
      return truncate(exchange, event)
    case 'conversation.item.delete':
      return deleteItem(exchange, event)
    case 'conversation.item.retrieve': {
      const item = exchange.conversation.items.find(({ id }) => id === event.item_id)
      if (item) return exchange.emit({ type: 'conversation.item.retrieved', item })
      throw unknownItem('item_retrieve_invalid_item_id', event.item_id)
    }
    case 'response.create':
      return createResponse(exchange, event)
    case 'response.cancel':
      return cancelResponse(exchange)
    case 'output_audio_buffer.clear':
      throw new RealtimeError('unsupported', 'output_audio_buffer.clear exists on WebRTC and SIP only.', {
        param: 'type',
      })
    case 'extension':
      throw new RealtimeError('unsupported', 'Gemini Live has no events of other dialects.', {
        param: 'type',
      })
  }
}

function append(exchange: Exchange, { audio }: InputAudioBufferAppend): void {
  const { link, session, manual } = exchange
  openSession(exchange)
  const format = session.audio?.input?.format
  const rate = (format?.type === 'audio/pcm' ? format.rate : undefined) ?? defaultRate
  if (isManual(exchange) && !manual.started) {
    Object.assign(manual, { started: true, committed: false })
    link.send({ realtimeInput: { activityStart: {} } })
  }
  exchange.audioBytes += audio.byteLength
  exchange.heardSound = true
  link.send({ realtimeInput: { audio: { mimeType: `audio/pcm;rate=${rate}`, data: audio.base64 } } })
}

/** The turn ends for Gemini with `response.create`, because it answers at once. */
function commit(exchange: Exchange): void {
  const { turns, link, manual } = exchange
  if (isManual(exchange)) {
    if (manual.started) manual.committed = true
    return turns.commit()
  }
  openSession(exchange)
  link.send({ realtimeInput: { audioStreamEnd: true } })
  turns.begin()
  turns.end()
  exchange.expected = true
}

function clear({ emit, manual, link }: Exchange): void {
  emit({ type: 'input_audio_buffer.cleared' })
  if (!manual.started || link.phase === 'unset') return
  const message = 'Gemini Live cannot take back sound it has received; it may answer to it.'
  emit({ type: 'warning', warning: { code: 'unsupported', message, param: 'type' } })
}

function createItem(exchange: Exchange, event: ConversationItemCreate): void {
  const { conversation, newId, link } = exchange
  const item: PlacedItem = { ...event.item, id: event.item.id ?? newId('item'), status: 'completed' }
  if (item.type.startsWith('mcp_')) {
    throw new RealtimeError('unsupported', 'Gemini Live has no MCP tools.', { param: 'item.type' })
  }
  if (item.type === 'message' && item.role === 'user') toUserParts(item.content)
  const call = item.type === 'function_call_output' ? exchange.calls.get(item.call_id) : undefined
  warnOfPlace(exchange, event)
  conversation.place(item, event.previous_item_id)
  if (item.type === 'message' && item.role === 'system') {
    if (link.phase !== 'unset') applySettings(exchange, false)
    return
  }
  if (item.type === 'function_call_output' && link.phase !== 'unset') {
    if (call) return callOutput(exchange, item, call)
    if (exchange.cancelledCalls.has(item.call_id)) return warnOfCancelledCall(exchange)
  }
  exchange.pending = withPending(exchange.pending, item, event.previous_item_id)
}

function warnOfPlace({ emit, pending, link, conversation }: Exchange, event: ConversationItemCreate): void {
  const { previous_item_id: previous } = event
  const last = conversation.items.at(-1)?.id
  if (previous == null || previous === last || link.phase === 'unset') return
  if (pending.some(({ id }) => id === previous)) return
  const message = 'Gemini Live has heard the items before already: it takes this one as the newest.'
  emit({ type: 'warning', warning: { code: 'unsupported', message, param: 'previous_item_id' } })
}

function callOutput(exchange: Exchange, item: FunctionCallOutputItem, call: OpenCall): void {
  exchange.calls.delete(item.call_id)
  exchange.outputs = new Map(exchange.outputs).set(item.call_id, toFunctionResponse(item, call))
  // The client asked for the answer before it gave the last output.
  if (exchange.requested && !exchange.active) sendOutputs(exchange)
}

function warnOfCancelledCall({ emit }: Exchange): void {
  const message = 'The model cancelled this call when it was interrupted. It is not told the output.'
  emit({ type: 'warning', warning: { code: 'unsupported', message, param: 'item.call_id' } })
}

/** Only what a later session is told changes: Gemini keeps its own context. */
function truncate({ conversation, emit }: Exchange, event: ConversationItemTruncate): void {
  const { item_id: itemId, content_index, audio_end_ms, parley } = event
  const item = conversation.items.find(({ id }) => id === itemId)
  if (!item) throw unknownItem('item_truncate_invalid_item_id', itemId)
  if (parley) conversation.transcribe(itemId, parley.heard_transcript)
  emit({ type: 'conversation.item.truncated', item_id: itemId, content_index, audio_end_ms })
}

/** As `truncate`, unless the item was not sent yet. */
function deleteItem(exchange: Exchange, { item_id: itemId }: ConversationItemDelete): void {
  const { conversation, emit } = exchange
  if (!conversation.items.some(({ id }) => id === itemId)) {
    throw unknownItem('item_delete_invalid_item_id', itemId)
  }
  conversation.remove(itemId)
  exchange.pending = exchange.pending.filter(({ id }) => id !== itemId)
  emit({ type: 'conversation.item.deleted', item_id: itemId })
}

function unknownItem(
  code: 'item_truncate_invalid_item_id' | 'item_delete_invalid_item_id' | 'item_retrieve_invalid_item_id',
  itemId: string,
): RealtimeError {
  return new RealtimeError(code, `The conversation has no item '${itemId}'.`, { param: 'item_id' })
}
