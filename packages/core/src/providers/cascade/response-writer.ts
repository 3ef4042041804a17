import { AudioPayload } from '../../events/audio-payload.ts'
import type { AssistantMessageItem, FunctionCallItem } from '../../events/items.ts'
import type { Conversation, PlacedItem } from './conversation.ts'
import type { Emit } from './emit.ts'

/** Writes the output of one response as events in the order of GA. */
export interface ResponseWriter {
  /** Finished items, then the open one as it stands. */
  readonly output: readonly PlacedItem[]
  /** Bytes of PCM16 written. */
  readonly soundBytes: number
  /** Adds text, or the words of the sound that follows; opens a message when none is open. */
  text(delta: string): void
  sound(bytes: Uint8Array): void
  /** Closes the message, if one is open, and writes a whole function call. */
  call(call: { readonly callId: string; readonly name: string; readonly arguments: string }): void
  /** Closes the open message, if any. */
  close(status: 'completed' | 'incomplete'): void
}

/** What a writer writes to and with. */
export interface ResponseWriterOptions {
  readonly responseId: string
  readonly modality: 'audio' | 'text'
  /** Where the items go, `undefined` for a response out of band. */
  readonly conversation: Conversation | undefined
  readonly emit: Emit
  readonly newId: (prefix: string) => string
}

interface OpenMessage {
  readonly id: string
  words: string
}

/** Creates the writer of one response. */
export function createResponseWriter(options: ResponseWriterOptions): ResponseWriter {
  const { responseId, modality, conversation, emit, newId } = options
  const finished: PlacedItem[] = []
  let open: OpenMessage | undefined
  let soundBytes = 0

  const outputFields = () => ({ response_id: responseId, output_index: finished.length })
  const partFields = (id: string) => ({ ...outputFields(), item_id: id, content_index: 0 })

  function message(
    { id, words }: OpenMessage,
    status: 'in_progress' | 'completed' | 'incomplete',
  ): PlacedItem {
    const content: AssistantMessageItem['content'] =
      modality === 'audio'
        ? [{ type: 'output_audio', transcript: words }]
        : [{ type: 'output_text', text: words }]
    return { id, object: 'realtime.item', type: 'message', status, role: 'assistant', content }
  }

  /** `shown` is what the event shows: a message opens empty, but its place in the conversation has its parts. */
  function addItem(item: PlacedItem, shown: PlacedItem): void {
    emit({ type: 'response.output_item.added', ...outputFields(), item: shown })
    if (!conversation) return
    conversation.insert(item)
    const previous = conversation.previousOf(item.id)
    emit({ type: 'conversation.item.added', item: shown, previous_item_id: previous })
  }

  function finishItem(item: PlacedItem): void {
    if (conversation?.find(item.id)) {
      conversation.replace(item)
      const previous = conversation.previousOf(item.id)
      emit({ type: 'conversation.item.done', item, previous_item_id: previous })
    }
    emit({ type: 'response.output_item.done', ...outputFields(), item })
    finished.push(item)
  }

  function openMessage(): OpenMessage {
    const opened: OpenMessage = { id: newId('item'), words: '' }
    open = opened
    const item = message(opened, 'in_progress')
    addItem(item, { ...item, content: [] } as PlacedItem & AssistantMessageItem)
    const part =
      modality === 'audio' ? { type: 'audio' as const, transcript: '' } : { type: 'text' as const, text: '' }
    emit({ type: 'response.content_part.added', ...partFields(opened.id), part })
    return opened
  }

  function close(status: 'completed' | 'incomplete'): void {
    if (!open) return
    const { id, words } = open
    const item = message(open, status)
    const fields = partFields(id)
    if (modality === 'audio') {
      emit({ type: 'response.output_audio.done', ...fields })
      emit({ type: 'response.output_audio_transcript.done', ...fields, transcript: words })
      emit({ type: 'response.content_part.done', ...fields, part: { type: 'audio', transcript: words } })
    } else {
      emit({ type: 'response.output_text.done', ...fields, text: words })
      emit({ type: 'response.content_part.done', ...fields, part: { type: 'text', text: words } })
    }
    open = undefined
    finishItem(item)
  }

  return {
    get output() {
      return open ? [...finished, message(open, 'in_progress')] : finished
    },
    get soundBytes() {
      return soundBytes
    },
    text(delta) {
      const current = open ?? openMessage()
      current.words += delta
      const type =
        modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta'
      emit({ type, ...partFields(current.id), delta })
    },
    sound(bytes) {
      const current = open ?? openMessage()
      soundBytes += bytes.length
      emit({
        type: 'response.output_audio.delta',
        ...partFields(current.id),
        delta: AudioPayload.fromBytes(bytes),
      })
    },
    call({ callId, name, arguments: json }) {
      close('completed')
      const id = newId('item')
      const base = { id, object: 'realtime.item', type: 'function_call', name, call_id: callId } as const
      const added: FunctionCallItem & { id: string } = { ...base, status: 'in_progress', arguments: '' }
      addItem(added, added)
      const fields = { ...outputFields(), item_id: id, call_id: callId }
      emit({ type: 'response.function_call_arguments.delta', ...fields, delta: json })
      emit({ type: 'response.function_call_arguments.done', ...fields, name, arguments: json })
      finishItem({ ...base, status: 'completed', arguments: json })
    },
    close,
  }
}
