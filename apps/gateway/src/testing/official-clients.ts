import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { RealtimeAgent, RealtimeSession } from '@openai/agents-realtime'
import type { RealtimeSessionConfig } from '@openai/agents-realtime'
import { bytesToBase64 } from '@parley/audio'
import { OpenAI } from 'openai'
import type { OpenAIRealtimeError } from 'openai/realtime/internal-base'
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { createEventLog } from './event-log.ts'
import type { EventLog } from './event-log.ts'

const [certPath, keyPath] = ['cert', 'key'].map(
  (part) => new URL(`__fixtures__/localhost-${part}.pem`, import.meta.url).pathname,
) as [string, string]

/** The certificate of a test gateway. */
export const cert = readFileSync(certPath, 'utf8')

/** Its key. */
export const key = readFileSync(keyPath, 'utf8')

/** Settings of a gateway process with that certificate. */
export const tlsSettings = { PARLEY_TLS_CERT: certPath, PARLEY_TLS_KEY: keyPath }

/** Makes this process trust the certificate: the openai classes speak TLS only, and take none of their own. */
export function trustCertificate(): void {
  setDefaultCACertificates([...getCACertificates(), cert])
}

/** Where a client connects. */
export interface Target {
  /** Address of the gateway, `https://...`. */
  readonly url: string
  readonly conversation: string
}

/** A connected client of the openai package. */
export interface OpenAIClient extends Disposable {
  readonly log: EventLog<RealtimeServerEvent>
  /** What the class itself reported as errors. */
  readonly errors: readonly OpenAIRealtimeError[]
  send(event: RealtimeClientEvent): void
  sendAudio(frame: Uint8Array): void
}

/** The WebSocket classes of the openai package by the library they use. */
export const openaiClasses = { ws: OpenAIRealtimeWS, native: OpenAIRealtimeWebSocket }

/** Connects with one of them; resolves when the session is there. */
export async function connectOpenAI(kind: keyof typeof openaiClasses, target: Target): Promise<OpenAIClient> {
  const client = new OpenAI({ apiKey: 'none', baseURL: `${target.url}/v1` })
  const buildRealtimeURL = (): URL => addressOf(target)
  const realtime = new openaiClasses[kind]({ model: 'gpt-realtime', buildRealtimeURL }, client)
  const log = createEventLog<RealtimeServerEvent>()
  const errors: OpenAIRealtimeError[] = []
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

/** A connected session of the agents SDK. */
export interface AgentsClient extends Disposable {
  readonly session: RealtimeSession
  readonly log: EventLog<RealtimeServerEvent>
  /** What the session itself reported as errors. */
  readonly errors: readonly unknown[]
  /** Sound of the answers. */
  readonly audio: readonly Uint8Array[]
}

/** What an agent is made from. */
export interface AgentOptions {
  readonly tools?: ConstructorParameters<typeof RealtimeAgent>[0]['tools']
  readonly config?: Partial<RealtimeSessionConfig>
}

/** Connects an agent over WebSocket; resolves when both of its updates were answered. */
export async function connectAgents(target: Target, options: AgentOptions = {}): Promise<AgentsClient> {
  const agent = new RealtimeAgent({
    name: 'Test',
    instructions: 'Be brief.',
    voice: 'marin',
    tools: options.tools ?? [],
  })
  const session = new RealtimeSession(agent, { transport: 'websocket', config: options.config ?? {} })
  const log = createEventLog<RealtimeServerEvent>()
  const errors: unknown[] = []
  const audio: Uint8Array[] = []
  // The SDK hands every event over as it stood on the wire.
  session.transport.on('*', (event) => log.record(event as RealtimeServerEvent))
  session.on('error', ({ error }) => errors.push(error))
  session.on('audio', ({ data }) => audio.push(new Uint8Array(data)))
  await session.connect({ apiKey: 'none', url: addressOf(target).href })
  await log.next('session.updated')
  await log.next('session.updated')
  return { session, log, errors, audio, [Symbol.dispose]: () => session.close() }
}

function addressOf({ url, conversation }: Target): URL {
  return new URL(`${url.replace(/^http/, 'ws')}/v1/realtime?model=gpt-realtime&conversation=${conversation}`)
}
