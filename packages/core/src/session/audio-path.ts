import { createTranscoder } from '@parley/audio'
import type { AudioFormat, Processor } from '@parley/audio'
import { AudioPayload } from '../events/audio-payload.ts'
import type { AudioRoute } from './session-state.ts'

/** One direction of a session's audio. It keeps its filter state between payloads. */
export interface AudioPath {
  /** `undefined` when the payload gave no whole output sample. An equal format passes the very payload. */
  convert(payload: AudioPayload, route: AudioRoute): AudioPayload | undefined
}

/** Client to backend reads `client` to `provider`; the other direction reads `provider` to `client`. */
export function createAudioPath(direction: 'input' | 'output'): AudioPath {
  let transcoder: Processor<Uint8Array, Uint8Array> | undefined
  let current = ''
  return {
    convert(payload, route) {
      const [from, to] =
        direction === 'input' ? [route.client, route.provider] : [route.provider, route.client]
      if (sameFormat(from, to)) return payload
      const key = `${formatKey(from)}>${formatKey(to)}`
      if (!transcoder || key !== current) {
        transcoder = createTranscoder(from, to)
        current = key
      }
      const chunks = transcoder.process(payload.bytes)
      if (chunks.length === 0) return undefined
      const [only] = chunks
      return AudioPayload.fromBytes(chunks.length === 1 && only ? only : joined(chunks))
    },
  }
}

function sameFormat(a: AudioFormat, b: AudioFormat): boolean {
  return formatKey(a) === formatKey(b)
}

function formatKey(format: AudioFormat): string {
  return format.type === 'audio/pcm' ? `pcm${format.rate}` : format.type
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0))
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}
