import { bytesToBase64 } from '@parley/audio'
import OpenAI, { AzureOpenAI } from 'openai-beta'
import { OpenAIRealtimeWS } from 'openai-beta/beta/realtime/ws'
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai-beta/resources/beta/realtime/realtime'
import { createEventLog } from './event-log.ts'
import type { EventLog } from './event-log.ts'

/** A connected client of an openai package from before GA. */
export interface BetaClient extends Disposable {
  readonly log: EventLog<RealtimeServerEvent>
  /** What the class itself reported as errors. */
  readonly errors: readonly { readonly error?: unknown }[]
  send(event: RealtimeClientEvent): void
  sendAudio(frame: Uint8Array): void
}

/** Which gateway, and how the package is told of it. */
export interface BetaTarget {
  /** `https://...`: the class speaks TLS only. */
  readonly url: string
  readonly key?: string
  readonly model?: string
  /** As the Azure client of the package does it: another path, a deployment and an api-version. */
  readonly azure?: boolean
}

/** Connects; resolves when the session is there. */
export async function connectBeta({
  url,
  key = 'none',
  model = 'gpt-4o-realtime-preview',
  azure = false,
}: BetaTarget): Promise<BetaClient> {
  const realtime = azure
    ? await OpenAIRealtimeWS.azure(
        new AzureOpenAI({
          endpoint: url,
          apiKey: key,
          apiVersion: '2025-04-01-preview',
          deployment: model,
        }),
      )
    : new OpenAIRealtimeWS({ model }, new OpenAI({ apiKey: key, baseURL: `${url}/v1` }))
  const log = createEventLog<RealtimeServerEvent>()
  const errors: { readonly error?: unknown }[] = []
  realtime.on('event', (event) => log.record(event))
  realtime.on('error', (error) => {
    errors.push(error)
    if (error.error === undefined) log.end(error)
  })
  await log.next('session.created')
  return {
    log,
    errors,
    send: (event) => realtime.send(event),
    sendAudio: (frame) => realtime.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) }),
    [Symbol.dispose]: () => realtime.close(),
  }
}
