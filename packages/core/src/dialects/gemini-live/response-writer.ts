import type { AudioPayload } from '../../events/audio-payload.ts'
import type { AssistantMessageItem, FunctionCallItem } from '../../events/items.ts'
import type { Response, ResponseStatusDetails, Usage } from '../../events/response.ts'
import type { Conversation, PlacedItem } from './conversation.ts'
import type { Emit } from './output.ts'

type FinalStatus = 'completed' | 'cancelled' | 'incomplete' | 'failed'

/** How a response ends. */
export interface ResponseEnd {
  readonly status: FinalStatus
  readonly details?: ResponseStatusDetails | undefined
  readonly usage: Usage | null
}

/** Writes one response as events in the order of GA: it opens with `response.created`. */
export interface ResponseWriter {
  readonly id: string
  /** Adds words: the transcript of a spoken response, the text of a written one. */
  words(delta: string): void
  /** Adds sound; a written response has none. */
  sound(delta: AudioPayload): void
  /** No more sound comes; words may. */
  soundDone(): void
  /** Closes the message, if one is open, and writes a whole function call. */
  call(call: { readonly callId: string; readonly name: string; readonly arguments: string }): void
  /** Closes what is open and the response. */
  end(end: ResponseEnd): void
}

/** What a writer writes to and with. */
export interface ResponseWriterOptions {
  readonly modality: 'audio' | 'text'
  readonly voice: string | undefined
  readonly conversation: Conversation
  readonly emit: Emit
  readonly newId: (prefix: string) => string
}

interface OpenMessage {
  readonly id: string
  text: string
  soundDone: boolean
}

/** Opens a response. */
export function createResponseWriter(options: ResponseWriterOptions): ResponseWriter {
  const { modality, voice, conversation, emit, newId } = options
  const id = newId('resp')
  const conversationId = 'default'
  const finished: PlacedItem[] = []
  let open: OpenMessage | undefined

  const outputFields = () => ({ response_id: id, output_index: finished.length })
  const partFields = (itemId: string) => ({ ...outputFields(), item_id: itemId, content_index: 0 })

  function response(status: Response['status'], rest: Partial<Response>): Response {
    return {
      id,
      object: 'realtime.response',
      status,
      status_details: null,
      output: [...finished],
      conversation_id: conversationId,
      output_modalities: [modality],
      ...(voice === undefined ? {} : { audio: { output: { voice } } }),
      usage: null,
      ...rest,
    }
  }

  function message(itemId: string, text: string, status: AssistantMessageItem['status']): PlacedItem {
    const content: AssistantMessageItem['content'] =
      modality === 'audio' ? [{ type: 'output_audio', transcript: text }] : [{ type: 'output_text', text }]
    return { id: itemId, object: 'realtime.item', type: 'message', status, role: 'assistant', content }
  }

  function opened(): OpenMessage {
    if (open) return open
    const itemId = newId('item')
    open = { id: itemId, text: '', soundDone: false }
    const shown: PlacedItem = {
      id: itemId,
      object: 'realtime.item',
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    }
    emit({ type: 'response.output_item.added', ...outputFields(), item: shown })
    conversation.add(message(itemId, '', 'in_progress'), shown)
    const part = modality === 'audio' ? { type: modality, transcript: '' } : { type: modality, text: '' }
    emit({ type: 'response.content_part.added', ...partFields(itemId), part })
    return open
  }

  function endSound(current: OpenMessage): void {
    if (current.soundDone || modality === 'text') return
    current.soundDone = true
    emit({ type: 'response.output_audio.done', ...partFields(current.id) })
  }

  function closeMessage(status: 'completed' | 'incomplete'): void {
    if (!open) return
    const { id: itemId, text } = open
    endSound(open)
    const part = partFields(itemId)
    if (modality === 'audio') {
      emit({ type: 'response.output_audio_transcript.done', ...part, transcript: text })
      emit({ type: 'response.content_part.done', ...part, part: { type: 'audio', transcript: text } })
    } else {
      emit({ type: 'response.output_text.done', ...part, text })
      emit({ type: 'response.content_part.done', ...part, part: { type: 'text', text } })
    }
    finishItem(message(itemId, text, status))
    open = undefined
  }

  function finishItem(item: PlacedItem): void {
    conversation.finish(item)
    emit({ type: 'response.output_item.done', ...outputFields(), item })
    finished.push(item)
  }

  emit({ type: 'response.created', response: response('in_progress', {}) })

  return {
    id,
    words(delta) {
      const current = opened()
      current.text += delta
      emit({
        type: modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta',
        ...partFields(current.id),
        delta,
      })
    },
    sound(delta) {
      if (modality === 'text') return
      const current = opened()
      if (current.soundDone) return
      emit({ type: 'response.output_audio.delta', ...partFields(current.id), delta })
    },
    soundDone() {
      if (open) endSound(open)
    },
    call({ callId, name, arguments: text }) {
      closeMessage('completed')
      const item = {
        id: newId('item'),
        object: 'realtime.item',
        type: 'function_call',
        name,
        call_id: callId,
      } as const
      const begun: FunctionCallItem & PlacedItem = { ...item, status: 'in_progress', arguments: '' }
      emit({ type: 'response.output_item.added', ...outputFields(), item: begun })
      conversation.add(begun)
      const fields = { ...outputFields(), item_id: item.id, call_id: callId }
      emit({ type: 'response.function_call_arguments.delta', ...fields, delta: text })
      emit({ type: 'response.function_call_arguments.done', ...fields, name, arguments: text })
      finishItem({ ...item, status: 'completed', arguments: text })
    },
    end({ status, details, usage }) {
      closeMessage(status === 'completed' ? 'completed' : 'incomplete')
      emit({ type: 'response.done', response: response(status, { status_details: details ?? null, usage }) })
    },
  }
}
