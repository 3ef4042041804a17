import type { LooseEvent } from './scripted-leg.ts'

/** One written message from its beginning to the end of its response. */
export interface Writing {
  begin(response?: object): readonly LooseEvent[]
  text(delta: string): LooseEvent
  end(text: string, status?: 'completed' | 'incomplete', response?: object): readonly LooseEvent[]
}

/** Events of a mind that writes one message in `response`. */
export function writing(response = 'r1', item = 'a1'): Writing {
  const fields = { response_id: response, item_id: item, output_index: 0, content_index: 0 }
  const message = (text: string | undefined, status: string) => ({
    id: item,
    object: 'realtime.item',
    type: 'message',
    role: 'assistant',
    status,
    content: text === undefined ? [] : [{ type: 'output_text', text }],
  })
  return {
    begin: (rest = {}) => [
      {
        type: 'response.created',
        response: { id: response, status: 'in_progress', output: [], output_modalities: ['text'], ...rest },
      },
      {
        type: 'response.output_item.added',
        response_id: response,
        output_index: 0,
        item: message(undefined, 'in_progress'),
      },
      { type: 'conversation.item.added', item: message(undefined, 'in_progress'), previous_item_id: 'u1' },
      { type: 'response.content_part.added', ...fields, part: { type: 'text', text: '' } },
    ],
    text: (delta) => ({ type: 'response.output_text.delta', ...fields, delta }),
    end: (text, status = 'completed', rest = {}) => [
      { type: 'response.output_text.done', ...fields, text },
      { type: 'response.content_part.done', ...fields, part: { type: 'text', text } },
      { type: 'conversation.item.done', item: message(text, status), previous_item_id: 'u1' },
      {
        type: 'response.output_item.done',
        response_id: response,
        output_index: 0,
        item: message(text, status),
      },
      {
        type: 'response.done',
        response: {
          id: response,
          status: status === 'completed' ? 'completed' : 'cancelled',
          output: [message(text, status)],
          output_modalities: ['text'],
          usage: {
            total_tokens: 30,
            input_tokens: 20,
            output_tokens: 10,
            input_token_details: { text_tokens: 20, audio_tokens: 0 },
            output_token_details: { text_tokens: 10, audio_tokens: 0 },
          },
          ...rest,
        },
      },
    ],
  }
}

/** The user begins to speak. */
export const speechStarted: LooseEvent = {
  type: 'input_audio_buffer.speech_started',
  audio_start_ms: 0,
  item_id: 'u2',
}
