import { geminiUpstream, realtimeUpstream, type Upstream } from '@parley/core/testing'
import type { GatewaySettings } from './servers.ts'

const key = 'key-of-the-service'

/** Scripted stand-ins for the paid services, and the settings that lead a gateway to them. */
export interface Upstreams extends AsyncDisposable {
  readonly openai: Upstream
  readonly settings: GatewaySettings
}

/** Starts one of each wire on loopback. */
export async function startUpstreams(): Promise<Upstreams> {
  await using stack = new AsyncDisposableStack()
  const openai = stack.use(await realtimeUpstream('openai', { key }))
  const voiceLive = stack.use(await realtimeUpstream('voice-live', { key }))
  const gemini = stack.use(await geminiUpstream({ key }))
  const owned = stack.move()
  return {
    openai,
    settings: {
      PARLEY_OPENAI_KEY: key,
      PARLEY_OPENAI_URL: `${openai.url}/v1`,
      PARLEY_VOICE_LIVE_KEY: key,
      PARLEY_VOICE_LIVE_ENDPOINT: voiceLive.url,
      PARLEY_GEMINI_KEY: key,
      PARLEY_GEMINI_URL: gemini.url,
      PARLEY_VOICE_LIVE_API_VERSION: '2026-01-01-preview',
      PARLEY_DUET_VOICE: 'voice-live',
      PARLEY_DEFAULT_BACKEND: 'local',
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
