import { concatBytes, createTranscoder, isSameFormat } from '@parley/audio'
import type { AudioFormat, Processor } from '@parley/audio'
import { AudioPayload } from '../../events/audio-payload.ts'

/** One stream of sound on its way into another format. It keeps its filter state between payloads. */
export interface AudioPath {
  /** `undefined` when the payload gave no whole output sample. An equal format passes the very payload. */
  convert(payload: AudioPayload, route: AudioStretch): AudioPayload | undefined
  /** What the filter still holds, `undefined` when nothing; a new stream begins. */
  flush(): AudioPayload | undefined
  /** Forgets the stream. */
  reset(): void
}

/** Where sound comes from and where it goes. */
export interface AudioStretch {
  readonly from: AudioFormat
  readonly to: AudioFormat
}

/** Creates a path that takes its formats from each payload's route. */
export function createAudioPath(): AudioPath {
  let transcoder: Processor<Uint8Array, Uint8Array> | undefined
  let current: AudioStretch | undefined
  return {
    convert(payload, route) {
      const { from, to } = route
      if (isSameFormat(from, to)) return payload
      if (!transcoder || !current || !isSameFormat(current.from, from) || !isSameFormat(current.to, to)) {
        transcoder = createTranscoder(from, to)
        current = route
      }
      return payloadOf(transcoder.process(payload.bytes))
    },
    flush: () => payloadOf(transcoder?.flush() ?? []),
    reset: () => transcoder?.reset(),
  }
}

/** One path for each spoken part of an answer, so that no part begins with the end of another. */
export interface OutputPaths {
  convert(part: SpokenPart, payload: AudioPayload, route: AudioStretch): AudioPayload | undefined
  /** The end of a part's sound. */
  finish(part: SpokenPart): AudioPayload | undefined
  /** Forgets the parts of a response that is over or no longer heard. */
  drop(responseId: string): void
}

/** A content part that is spoken. */
export interface SpokenPart {
  readonly response_id: string
  readonly item_id: string
  readonly content_index: number
}

/** Creates paths as parts begin to speak. */
export function createOutputPaths(): OutputPaths {
  const paths = new Map<string, { readonly responseId: string; readonly path: AudioPath }>()
  const keyOf = ({ item_id, content_index }: SpokenPart): string => `${content_index} ${item_id}`
  return {
    convert(part, payload, route) {
      if (isSameFormat(route.from, route.to)) return payload
      const known = paths.get(keyOf(part))?.path
      const path = known ?? createAudioPath()
      if (!known) paths.set(keyOf(part), { responseId: part.response_id, path })
      return path.convert(payload, route)
    },
    finish(part) {
      const tail = paths.get(keyOf(part))?.path.flush()
      paths.delete(keyOf(part))
      return tail
    },
    drop(responseId) {
      for (const [key, part] of paths) if (part.responseId === responseId) paths.delete(key)
    },
  }
}

function payloadOf(chunks: readonly Uint8Array[]): AudioPayload | undefined {
  if (chunks.every(({ byteLength }) => byteLength === 0)) return undefined
  const [only] = chunks
  if (only && chunks.length === 1) return AudioPayload.fromBytes(only)
  return AudioPayload.fromBytes(concatBytes(chunks))
}
