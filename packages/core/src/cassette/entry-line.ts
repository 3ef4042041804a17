import { durationMs } from '@parley/audio'
import type { AudioFormat } from '@parley/audio'
import type { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { ServerEvent } from '../events/server-events.ts'
import type { AudioFormatConfig } from '../events/audio-config.ts'
import type { CassetteEntry, CassetteHeader } from './format.ts'
import type { Redact } from './redact.ts'

/** Writes entries of one recording, in their order: which format its sound has is said by its events. */
export function createEntryWriter(
  audio: CassetteHeader['audio'],
  redact: Redact,
): (entry: CassetteEntry) => string {
  let input: AudioFormat = { type: 'audio/pcm', rate: 24_000 }
  let output: AudioFormat = input

  function follow(event: ClientEvent | ServerEvent): void {
    if (event.type !== 'session.created' && event.type !== 'session.updated') return
    if (event.session.type === 'transcription') return
    input = formatOf(event.session.audio?.input?.format) ?? input
    output = formatOf(event.session.audio?.output?.format) ?? output
  }

  /** Sound that is passed on is text already, so that this costs no conversion; nothing else of it is looked at. */
  function soundLine(entry: CassetteEntry, sound: AudioPayload, format: AudioFormat): string {
    const { t, from, event } = entry
    const field = event.type === 'input_audio_buffer.append' ? 'audio' : 'delta'
    const ids = JSON.stringify(redact(withoutSound(event)))
    const kept = audio === 'kept' && entry.leftOut === undefined
    const leftOut = entry.leftOut ?? {
      ms: tenth(durationMs(format, sound.byteLength)),
      bytes: sound.byteLength,
    }
    const note = kept ? '' : `,"leftOut":${JSON.stringify(leftOut)}`
    const text = kept ? sound.base64 : ''
    return `{"t":${tenth(t)},"from":"${from}"${note},"event":${ids.slice(0, -1)},"${field}":"${text}"}}\n`
  }

  return (entry) => {
    const { t, from, event } = entry
    if (event.type === 'input_audio_buffer.append') return soundLine(entry, event.audio, input)
    if (event.type === 'response.output_audio.delta') return soundLine(entry, event.delta, output)
    follow(event)
    const written = redact(audio === 'kept' ? event : withoutSoundInside(event))
    return `${JSON.stringify({ t: tenth(t), from, event: written })}\n`
  }
}

/** The format a session object names, `undefined` where it names none. */
export function formatOf(format: AudioFormatConfig | undefined): AudioFormat | undefined {
  if (format?.type !== 'audio/pcm') return format === undefined ? undefined : { type: format.type }
  return { type: 'audio/pcm', rate: format.rate ?? 24_000 }
}

/** Ms to a tenth. */
export function tenth(ms: number): number {
  return Math.round(ms * 10) / 10
}

/** The fields of a sound event that are known, so that nothing else has to be searched for secrets. */
function withoutSound(event: CassetteEntry['event']): object {
  if (event.type === 'input_audio_buffer.append') {
    return { type: event.type, ...(event.event_id !== undefined && { event_id: event.event_id }) }
  }
  if (event.type !== 'response.output_audio.delta') return {}
  const { type, event_id, response_id, item_id, output_index, content_index } = event
  return { type, event_id, response_id, item_id, output_index, content_index }
}

/** From this many letters on, base64 in a field nobody knows is taken for sound. */
const minSoundLength = 512

/** A copy without the sound in items and in events nobody knows. */
function withoutSoundInside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSoundInside)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isSound =
        typeof field === 'string' && field.length >= minSoundLength && /^[A-Za-z0-9+/]+=*$/.test(field)
      return [name, isSound ? '' : withoutSoundInside(field)]
    }),
  )
}
