import { SemanticVad, ServerVad } from '../../events/audio-config.ts'
import { isObject } from '../json-object.ts'
import type { Reading } from './field.ts'

const shapes: ReadonlyMap<unknown, object> = new Map<unknown, object>([
  ['server_vad', ServerVad.shape],
  ['semantic_vad', SemanticVad.shape],
])

/** Azure's `{ type: 'none' }` is `null` elsewhere. */
export function withoutNone(value: unknown): unknown {
  return isObject(value) && value['type'] === 'none' ? null : value
}

/** GA's own kinds as they are; of the others what `server_vad` shares with them, with the whole beside it. */
export function readTurnDetection(value: unknown): Reading {
  if (withoutNone(value) === null) return { ga: null }
  if (!isObject(value)) return { beyond: value }
  const shape = shapes.get(value['type'])
  if (shape && Object.keys(value).every((key) => Object.hasOwn(shape, key))) return { ga: value }
  const shared = Object.entries(value).filter(([key]) => Object.hasOwn(shape ?? ServerVad.shape, key))
  return {
    ga: { ...Object.fromEntries(shared), type: shape ? value['type'] : 'server_vad' },
    beyond: value,
  }
}
