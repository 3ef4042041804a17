import { toErrorBody } from '../../events/error-event.ts'
import { transcriptCompleted } from '../items/items.ts'
import { nothing, takeId, tell } from '../session-state.ts'
import type { SessionState, Step, Transcription } from '../session-state.ts'

/** The second engine has written down an item, or could not: told and stored as if the backend had done it. */
export function transcriptSupplied(state: SessionState, itemId: string, result: Transcription): Step {
  if (!state.conversation.items.has(itemId)) return nothing(state)
  const { state: next, id: event_id } = takeId(state, 'event')
  const place = { event_id, item_id: itemId, content_index: 0 }
  if ('error' in result) {
    const type = 'conversation.item.input_audio_transcription.failed'
    return tell(next, { ...place, type, error: toErrorBody(result.error) })
  }
  const { text, seconds } = result
  return transcriptCompleted(next, {
    ...place,
    type: 'conversation.item.input_audio_transcription.completed',
    transcript: text,
    usage: { type: 'duration', seconds },
  })
}
