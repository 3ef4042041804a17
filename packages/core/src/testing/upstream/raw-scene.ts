import { answerOf, rawClient, type RawClient } from './raw-client.ts'
import { pcm24, toneOf } from './sound.ts'
import { realtimeUpstream, type Upstream, type UpstreamOptions } from './upstream.ts'
import type { WireName, WireObject } from './wire.ts'

/** The key of every scene. */
export const sceneKey = 'test-key'

/** Path and query that each wire takes. */
export const doors: Readonly<Record<WireName, string>> = {
  openai: '/v1/realtime?model=gpt-realtime-2.1',
  'azure-openai': '/openai/v1/realtime?model=my-deployment',
  'azure-openai-preview': '/openai/realtime?api-version=2025-04-01-preview&deployment=my-deployment',
  'voice-live': '/voice-live/realtime?api-version=2026-07-15&model=gpt-realtime-2.1',
}

/** The credentials that each wire takes. */
export function credentialsOf(wire: WireName): Readonly<Record<string, string>> {
  return wire === 'openai' ? { Authorization: `Bearer ${sceneKey}` } : { 'api-key': sceneKey }
}

/** A stand-in and a raw client that is connected to it. */
export interface Scene extends AsyncDisposable {
  readonly upstream: Upstream
  readonly client: RawClient
}

/** How to open a scene. */
export interface SceneOptions extends Partial<UpstreamOptions> {
  readonly door?: string
}

/** Starts a stand-in and dials it as it wants to be dialled. */
export async function openScene(wire: WireName, options: SceneOptions = {}): Promise<Scene> {
  const { door = doors[wire], ...upstreamOptions } = options
  const upstream = await realtimeUpstream(wire, { key: sceneKey, deltaIntervalMs: 0, ...upstreamOptions })
  const client = await rawClient(`${upstream.url}${door}`, { headers: credentialsOf(wire) })
  return { upstream, client, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
}

/** Writes as the user and asks for an answer. */
export function ask(client: RawClient, text: string, response?: WireObject): void {
  client.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })
  client.send({ type: 'response.create', ...(response === undefined ? {} : { response }) })
}

/** What it answers. */
export async function answer(client: RawClient, text: string, response?: WireObject): Promise<string> {
  ask(client, text, response)
  return answerOf(await client.next('response.done'))
}

/** Half a second of sound and as much silence as ends a turn, in PCM of 24 kHz. */
export function speak(client: RawClient): void {
  sound(client, 5)
  silence(client, 8)
}

/** Tenths of a second of a tone. */
export function sound(client: RawClient, tenths: number): void {
  for (let at = 0; at < tenths; at++)
    client.send({ type: 'input_audio_buffer.append', audio: toneOf(pcm24, 100) })
}

/** Tenths of a second of silence. */
export function silence(client: RawClient, tenths: number): void {
  const audio = Buffer.alloc(4800).toString('base64')
  for (let at = 0; at < tenths; at++) client.send({ type: 'input_audio_buffer.append', audio })
}
