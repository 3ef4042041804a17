import type { Talk } from './talk.ts'
import type { Settings, WireObject } from './wire.ts'

/** One spoken word and where it is. */
export interface SpokenWord {
  readonly place: WireObject
  readonly settings: Settings
  readonly word: string
  readonly offsetMs: number
}

/** Word times and mouth shapes, where the session asked for them. */
export function announceWord(talk: Talk, { place, settings, word, offsetMs }: SpokenWord): void {
  if (settings.wordTimestamps)
    talk.emitRaw({
      type: 'response.audio_timestamp.delta',
      ...place,
      audio_offset_ms: offsetMs,
      audio_duration_ms: 100,
      text: word,
      timestamp_type: 'word',
    })
  if (settings.visemes)
    talk.emitRaw({
      type: 'response.animation_viseme.delta',
      ...place,
      audio_offset_ms: offsetMs,
      viseme_id: word.length % 22,
    })
  if (settings.blendshapes === true)
    talk.emitRaw({
      type: 'response.animation_blendshapes.delta',
      ...place,
      frame_index: Math.round((offsetMs * 60) / 1000),
      frames: [Array.from({ length: 55 }, () => 0)],
    })
}

/** The ends that belong to them. */
export function announceLastWord(talk: Talk, place: WireObject, settings: Settings): void {
  const { content_index: _, ...item } = place
  if (settings.wordTimestamps) talk.emitRaw({ type: 'response.audio_timestamp.done', ...place })
  if (settings.visemes) talk.emitRaw({ type: 'response.animation_viseme.done', ...place })
  if (settings.blendshapes === true) talk.emitRaw({ type: 'response.animation_blendshapes.done', ...item })
}
