import type { Talk } from './talk.ts'
import type { Settings } from './wire.ts'

/** One spoken word and where it is. */
export interface SpokenWord {
  readonly at: { readonly responseId: string; readonly outputIndex: number; readonly itemId: string }
  readonly settings: Settings
  readonly word: string
  readonly offsetMs: number
}

/** Word times and mouth shapes, where the session asked for them. */
export function announceWord(talk: Talk, { at, settings, word, offsetMs }: SpokenWord): void {
  const place = {
    response_id: at.responseId,
    item_id: at.itemId,
    output_index: at.outputIndex,
    content_index: 0,
    audio_offset_ms: offsetMs,
  }
  if (settings.wordTimestamps)
    talk.emitRaw({
      type: 'response.audio_timestamp.delta',
      ...place,
      audio_duration_ms: 100,
      text: word,
      timestamp_type: 'word',
    })
  if (settings.visemes)
    talk.emitRaw({ type: 'response.animation_viseme.delta', ...place, viseme_id: word.length % 22 })
}
