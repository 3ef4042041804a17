import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ComparePorts, Lane, SpeechRequest } from '@parley/compare'
import type { PriceModel } from '@parley/core'
import { waitUntil } from '../clock.ts'
import { connect } from '../gateway/connect.ts'
import type { GatewayClient } from '../gateway/gateway-client.ts'
import { readSoundFile, soundRate } from '../sound/sound-file.ts'
import { withoutSilence } from '../sound/without-silence.ts'
import { noteRecording } from './recordings.ts'

/** What the lanes of a comparison run against. */
export interface PortOptions {
  readonly gateway: GatewayClient
  /** By label. */
  readonly prices: ReadonlyMap<string, PriceModel>
  /** Where a scenario's sound files are. */
  readonly folder: string
  /** What the gateway writes down of each session; `undefined` for nothing. */
  readonly record: 'events' | 'audio' | undefined
  /** Told what the gateway calls the recording of a session, and the label of its lane. */
  readonly onRecorded: (id: string, lane: string) => void
  readonly speech: Speech
}

/** Speech of the gateway's voices, each text spoken once in a process. */
export type Speech = (
  request: Extract<SpeechRequest, { kind: 'text' }>,
  signal: AbortSignal,
) => Promise<Int16Array>

/** Speech from a gateway, kept for the next repeat and the next lane. */
export function cachedSpeech(gateway: GatewayClient): Speech {
  const spoken = new Map<string, Promise<Int16Array>>()
  // One after the other: the local voices share what they run on.
  let last: Promise<unknown> = Promise.resolve()
  return ({ text, language, voice }, signal) => {
    const key = JSON.stringify([text, language, voice])
    const present = spoken.get(key)
    if (present !== undefined) return present
    const speaking = last.then(async () =>
      withoutSilence(await gateway.speech({ text, language, voice }, signal), soundRate),
    )
    last = speaking.catch(() => spoken.delete(key))
    spoken.set(key, speaking)
    return speaking
  }
}

/** The ports of a comparison on the command line. */
export function comparePorts(options: PortOptions): ComparePorts {
  const { gateway, prices, folder, record, onRecorded, speech } = options
  return {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    waitUntil,
    async connect({ label, backend, model }, signal) {
      const query = { backend, model, ...(record && { record }) }
      const channel = await connect(gateway.address, query, { signal })
      return record === undefined ? channel : noteRecording(channel, (id) => onRecorded(id, label))
    },
    priceOf: ({ label }: Lane) => prices.get(label) ?? { kind: 'unknown' },
    speech: async (request, signal) =>
      request.kind === 'text'
        ? speech(request, signal)
        : withoutSilence(await readSoundFile(join(folder, request.path)), soundRate),
    newId: (prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`,
  }
}
