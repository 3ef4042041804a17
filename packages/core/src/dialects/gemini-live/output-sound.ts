import { createTranscoder, type Processor } from '@parley/audio'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { Part } from './messages.ts'
import { defaultRate } from './setup.ts'

/** The sound of a part at `defaultRate`, `undefined` for anything else. */
export type OutputSound = (part: Part) => AudioPayload | undefined

/** Takes 24 kHz as it is, the documented rate, and converts any other that a part names. */
export function createOutputSound(): OutputSound {
  const transcoders = new Map<number, Processor<Uint8Array, Uint8Array>>()
  return ({ inlineData }) => {
    const { mimeType = '', data } = inlineData ?? {}
    if (data === undefined || !mimeType.startsWith('audio/pcm')) return undefined
    const payload = AudioPayload.tryFromBase64(data)
    const rate = Number(/rate=(\d+)/.exec(mimeType)?.[1] ?? defaultRate)
    if (!payload || rate === defaultRate) return payload
    const transcoder =
      transcoders.get(rate) ??
      createTranscoder({ type: 'audio/pcm', rate }, { type: 'audio/pcm', rate: defaultRate })
    transcoders.set(rate, transcoder)
    const bytes = transcoder.process(payload.bytes).flatMap((chunk) => [...chunk])
    return AudioPayload.fromBytes(Uint8Array.from(bytes))
  }
}
