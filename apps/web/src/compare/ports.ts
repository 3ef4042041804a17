import { decodeWav, float32ToInt16, pcm16ToInt16, resample, trimQuiet } from '@parley/audio'
import {
  trackRate,
  type ComparePorts,
  type Lane,
  type LaneChannel,
  type SpeechRequest,
} from '@parley/compare'
import type { ClientEvent, PriceModel } from '@parley/core'
import { connect, ConnectError } from '../session/connect.ts'
import type { Problem } from '../session/problem.ts'
import type { LaneClock } from './clock.ts'

/** What the lanes of a browser are made from. */
export interface BrowserPortsOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  readonly clock: LaneClock
  readonly priceOf: (lane: Lane) => PriceModel
  /** Sound files that a person gave with a scenario, by path; PCM16 at 24 kHz. */
  readonly files: ReadonlyMap<string, Int16Array>
  /** A problem in the words of the page. */
  readonly describe: (problem: Problem) => string
  /** Told of sound as it is sent to a lane; `at` is ms since its connection was begun. */
  readonly onSent: (lane: Lane, at: number, samples: Int16Array) => void
  /** Removes a conversation from the gateway: the comparison keeps all of a lane itself. */
  readonly deleteConversation: (id: string) => Promise<void>
}

/** What a comparison needs, from this browser. Speech that was asked for once is kept for the other lanes. */
export function browserPorts(options: BrowserPortsOptions): ComparePorts {
  const { clock, onSent } = options
  const spoken = new Map<string, Promise<Int16Array>>()
  return {
    now: clock.now,
    waitUntil: clock.waitUntil,
    wallClock: () => Date.now(),
    priceOf: options.priceOf,
    newId: (prefix) => `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`,
    async connect(lane, signal) {
      const begun = clock.now()
      // A recording is played back and makes no conversation of its own.
      const conversationId =
        lane.backend === 'replay' ? undefined : `conv_lane_${crypto.randomUUID().replaceAll('-', '')}`
      const channel = await connect({
        gatewayUrl: options.gatewayUrl,
        needsSecret: options.needsSecret,
        backend: lane.backend,
        model: lane.model,
        conversationId,
        signal,
        onInvalid: () => undefined,
      }).catch((error: unknown) => {
        if (error instanceof ConnectError) throw new Error(options.describe(error.problem), { cause: error })
        throw error
      })
      return tapped(channel, {
        onSend(event) {
          if (event.type !== 'input_audio_buffer.append') return
          onSent(lane, clock.now() - begun, pcm16ToInt16(event.audio.bytes))
        },
        onClosed() {
          // What cannot be deleted stays in the list of conversations, where a person can do it.
          if (conversationId !== undefined)
            void options.deleteConversation(conversationId).catch(() => undefined)
        },
      })
    },
    speech(request, signal) {
      const key = JSON.stringify(request)
      const kept = spoken.get(key)
      if (kept) return kept
      const sound = speak(request, options, signal)
      spoken.set(key, sound)
      sound.catch(() => spoken.delete(key))
      return sound
    },
  }
}

/** The channel, with every event told before it is sent, and once that it was closed from this side. */
function tapped(
  channel: LaneChannel,
  told: { readonly onSend: (event: ClientEvent) => void; readonly onClosed: () => void },
): LaneChannel {
  let isClosed = false
  const close: LaneChannel['close'] = async (reason) => {
    const isFirst = !isClosed
    isClosed = true
    await channel.close(reason)
    if (isFirst) told.onClosed()
  }
  return {
    send(event) {
      told.onSend(event)
      channel.send(event)
    },
    get bufferedBytes() {
      return channel.bufferedBytes
    },
    close,
    [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
    [Symbol.asyncDispose]: () => close(),
  }
}

async function speak(
  request: SpeechRequest,
  { gatewayUrl, needsSecret, files }: BrowserPortsOptions,
  signal: AbortSignal,
): Promise<Int16Array> {
  if (request.kind === 'file') {
    const given = files.get(request.path) ?? files.get(request.path.split('/').at(-1) ?? '')
    if (given) return given
    const path = request.path.split('/').map(encodeURIComponent).join('/')
    const response = await fetch(`/api/scenarios/${path}`, { signal })
    if (!response.ok)
      throw new Error(`The scenario's sound ${request.path} is missing: give it with the scenario.`)
    const wav = decodeWav(new Uint8Array(await response.arrayBuffer()))
    return float32ToInt16(resample(wav.samples, { from: wav.sampleRate, to: trackRate }))
  }
  const { text, language, voice } = request
  const response = await fetch(`${needsSecret ? '/api/gateway' : gatewayUrl}/v1/audio/speech`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      input: text,
      language,
      response_format: 'pcm',
      ...(voice !== undefined && { voice }),
    }),
    signal,
  })
  if (!response.ok) throw new Error(await refusalOf(response))
  return withoutSilence(pcm16ToInt16(new Uint8Array(await response.arrayBuffer())))
}

async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const error: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'error') : undefined
  const message: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : undefined
  return typeof message === 'string' ? message : `The gateway does not speak: HTTP ${response.status}`
}

/** Loudness under which a voice's sound is silence: -50 dBFS. */
const audible = 104

/** Speech without the silence that a voice puts around it, 10 ms kept on each side. */
export function withoutSilence(samples: Int16Array): Int16Array {
  return trimQuiet(samples, { amplitude: audible, keptSamples: trackRate / 100 })
}
