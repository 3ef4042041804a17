import { isObject, numberOf, objectOf, objectsOf } from '../json.ts'
import { pcm24, type SoundFormat } from '../sound.ts'
import type { TurnDetection, WireObject } from '../wire.ts'

const renamed: Readonly<Record<string, string>> = {
  'response.output_text.delta': 'response.text.delta',
  'response.output_text.done': 'response.text.done',
  'response.output_audio.delta': 'response.audio.delta',
  'response.output_audio.done': 'response.audio.done',
  'response.output_audio_transcript.delta': 'response.audio_transcript.delta',
  'response.output_audio_transcript.done': 'response.audio_transcript.done',
  'conversation.item.added': 'conversation.item.created',
}
const contentTypes: Readonly<Record<string, string>> = { output_text: 'text', output_audio: 'audio' }

/** A GA event under the flat wires' names: one event announces an item, none says that it is done. */
export function flatEvents(event: WireObject): readonly WireObject[] {
  const { type, item, response } = event
  if (type === 'conversation.item.done') return []
  return [
    {
      ...event,
      type: renamed[String(type)] ?? type,
      ...(isObject(item) ? { item: flatItem(item) } : {}),
      ...(isObject(response)
        ? { response: { ...response, output: objectsOf(response['output']).map(flatItem) } }
        : {}),
    },
  ]
}

function flatItem(item: WireObject): WireObject {
  if (!Array.isArray(item['content'])) return item
  return {
    ...item,
    content: objectsOf(item['content']).map((part) => ({
      ...part,
      type: contentTypes[String(part['type'])] ?? part['type'],
    })),
  }
}

/** A flat format's name; `rate` is that of `pcm16` where the wire lets it be chosen. */
export function flatFormat(name: unknown, rate = 24_000): SoundFormat {
  switch (name) {
    case 'g711_ulaw':
      return { encoding: 'pcmu', rate: 8000 }
    case 'g711_alaw':
      return { encoding: 'pcma', rate: 8000 }
    case 'pcm16_8000hz':
      return { encoding: 'pcm', rate: 8000 }
    case 'pcm16_16000hz':
      return { encoding: 'pcm', rate: 16_000 }
    default:
      return rate === 24_000 ? pcm24 : { encoding: 'pcm', rate }
  }
}

/** Flat turn detection as the engine reads it, `undefined` when it is off. */
export function flatTurnDetection(detection: unknown): TurnDetection | undefined {
  if (!isObject(detection) || detection['type'] === 'none') return undefined
  const fields = objectOf(detection)
  return {
    threshold: numberOf(fields['threshold'], 0.5),
    prefixPaddingMs: numberOf(fields['prefix_padding_ms'], 300),
    silenceMs: numberOf(fields['silence_duration_ms'], 500),
    createResponse: fields['create_response'] !== false,
    interruptResponse: fields['interrupt_response'] !== false,
    autoTruncate: fields['auto_truncate'] === true,
  }
}

/** A tool choice that is a function's bare name, as the engine reads it. */
export function flatToolChoice(choice: unknown): unknown {
  return typeof choice !== 'string' || ['auto', 'none', 'required'].includes(choice)
    ? choice
    : { type: 'function', name: choice }
}
