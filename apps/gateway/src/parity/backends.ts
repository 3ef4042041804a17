import type { Capabilities, Provider } from '@parley/core'
import { cascade } from '@parley/core/providers/cascade'
import {
  azureOpenai,
  openai,
  openaiCompatible,
  voiceLive,
  voiceLiveAgent,
  voiceLiveByom,
} from '@parley/core/providers'
import { duet } from '@parley/core/providers/duet'
import { geminiLive } from '@parley/core/providers/gemini-live'
import { geminiUpstream, realtimeUpstream } from '@parley/core/testing'
import type { Upstream } from '@parley/core/testing'
import { createId } from '../ids.ts'
import { startGateway } from '../testing/gateway-under-test.ts'
import type { GatewayOptions } from '../testing/gateway-under-test.ts'
import { scriptedStages, scriptedVoice } from './scripted-stages.ts'

/** A gateway with one backend behind it, and what that backend says of the gateway's manners. */
export interface BackendUnderTest extends AsyncDisposable {
  readonly name: string
  /** Address of the gateway. */
  readonly url: string
  readonly capabilities: Capabilities
  readonly voices: readonly [string, string]
  readonly spokenBy: (() => string) | undefined
  /** Rules of the backend that were broken so far. */
  readonly violations: () => readonly string[]
}

/** One row of the table: how to start it. */
export interface BackendCase {
  readonly name: string
  readonly start: (listen?: GatewayOptions['listen']) => Promise<BackendUnderTest>
}

interface Started {
  readonly provider: Provider
  readonly voices: readonly [string, string]
  /** Who spoke last, where the model cannot know. */
  readonly spokenBy?: () => string
  readonly violations?: () => readonly string[]
}

function backendCase(name: string, make: (parts: AsyncDisposableStack) => Promise<Started>): BackendCase {
  return {
    name,
    async start(listen = {}) {
      const parts = new AsyncDisposableStack()
      const { provider, voices, spokenBy, violations = () => [] } = await make(parts)
      const gateway = parts.use(
        await startGateway({
          backends: new Map([[name, provider]]),
          defaultBackend: name,
          ears: { transcriber: scriptedStages.stt, speechDetector: scriptedStages.vad },
          newId: createId,
          listen,
        }),
      )
      return {
        name,
        url: gateway.url,
        capabilities: provider.capabilities,
        voices,
        spokenBy,
        violations,
        [Symbol.asyncDispose]: () => parts.disposeAsync(),
      }
    },
  }
}

const key = 'test-key-0123456789'
const manners = { key, timeScale: 0.02 }

async function before(
  parts: AsyncDisposableStack,
  wire: Parameters<typeof realtimeUpstream>[0],
  make: (upstream: Upstream) => Provider,
  voices: readonly [string, string],
  options: Partial<Parameters<typeof realtimeUpstream>[1]> = {},
): Promise<Started> {
  const upstream = parts.use(await realtimeUpstream(wire, { ...manners, ...options }))
  return { provider: make(upstream), voices, violations: () => upstream.violations }
}

const openaiVoices = ['marin', 'cedar'] as const
const azureVoices = ['en-US-AvaMultilingualNeural', 'de-DE-SeraphinaMultilingualNeural'] as const
const deployment = 'our-realtime'
const transcriptionDeployment = 'our-transcribe'
const azure = { deployments: [deployment], transcriptionDeployments: [transcriptionDeployment] }

/** The voice an upstream was last told to speak with. */
function voiceAskedOf({ received }: Upstream): string {
  const names = received.flatMap((event) => {
    const { session } = event as { readonly session?: { readonly voice?: { readonly name?: unknown } } }
    return typeof session?.voice?.name === 'string' ? [session.voice.name] : []
  })
  return names.at(-1) ?? ''
}

/** A server that speaks GA and has nothing else: the session supplies the rest. */
const bare: Partial<Capabilities> = {
  turnDetection: [],
  interruption: 'none',
  truncation: 'none',
  itemDeletion: 'none',
  inputTranscription: 'none',
  transcriptionSessions: false,
  sessionFields: ['instructions'],
}

/** Every kind of backend, each before its strict scripted upstream. */
export const backendCases: readonly BackendCase[] = [
  backendCase('openai', (parts) =>
    before(parts, 'openai', ({ url }) => openai({ apiKey: key, baseUrl: `${url}/v1` }), openaiVoices),
  ),
  backendCase('azure-openai', (parts) =>
    before(
      parts,
      'azure-openai',
      ({ url }) => azureOpenai({ endpoint: url, credential: { key }, deployment, transcriptionDeployment }),
      openaiVoices,
      azure,
    ),
  ),
  backendCase('azure-openai-preview', (parts) =>
    before(
      parts,
      'azure-openai-preview',
      ({ url }) =>
        azureOpenai({
          endpoint: url,
          credential: { key },
          deployment,
          transcriptionDeployment,
          preview: { apiVersion: '2025-04-01-preview' },
        }),
      ['alloy', 'verse'],
      azure,
    ),
  ),
  backendCase('voice-live', (parts) =>
    before(parts, 'voice-live', ({ url }) => voiceLive({ endpoint: url, credential: { key } }), azureVoices),
  ),
  backendCase('voice-live-agent', (parts) =>
    before(
      parts,
      'voice-live',
      ({ url }) =>
        voiceLiveAgent({
          endpoint: url,
          credential: { key },
          agent: { name: 'our-agent', project: 'our-project' },
        }),
      azureVoices,
    ),
  ),
  backendCase('voice-live-byom', (parts) =>
    before(
      parts,
      'voice-live',
      ({ url }) =>
        voiceLiveByom({
          endpoint: url,
          credential: { key },
          profile: 'byom-azure-openai-chat-completion',
          deployment,
        }),
      azureVoices,
      azure,
    ),
  ),
  backendCase('gemini-live', async (parts) => {
    const upstream = parts.use(await geminiUpstream({ key }))
    return {
      provider: geminiLive({ apiKey: key, baseUrl: upstream.url }),
      voices: ['Kore', 'Puck'],
      violations: () => upstream.violations,
    }
  }),
  backendCase('openai-compatible', (parts) =>
    before(
      parts,
      'openai',
      ({ url }) =>
        openaiCompatible({
          name: 'openai-compatible',
          url: `${url}/v1/realtime`,
          apiKey: key,
          model: 'gpt-realtime-2.1',
          dialect: 'openai-ga',
          capabilities: bare,
        }),
      openaiVoices,
    ),
  ),
  backendCase('duet', async (parts) => {
    const mind = parts.use(await realtimeUpstream('openai', manners))
    const voice = parts.use(await realtimeUpstream('voice-live', manners))
    return {
      provider: duet({
        name: 'duet',
        mind: { provider: openai({ apiKey: key, baseUrl: `${mind.url}/v1` }) },
        voice: { provider: voiceLive({ endpoint: voice.url, credential: { key } }) },
        now: Date.now,
        newId: createId,
      }),
      voices: azureVoices,
      spokenBy: () => voiceAskedOf(voice),
      violations: () => [...mind.violations, ...voice.violations],
    }
  }),
  backendCase('duet-with-text-to-speech', async (parts) => {
    const mind = parts.use(await realtimeUpstream('openai', manners))
    return {
      provider: duet({
        name: 'duet-with-text-to-speech',
        mind: { provider: openai({ apiKey: key, baseUrl: `${mind.url}/v1` }) },
        voice: { tts: scriptedStages.tts },
        now: Date.now,
        newId: createId,
      }),
      voices: ['ann', 'bert'],
      spokenBy: scriptedVoice,
      violations: () => mind.violations,
    }
  }),
  backendCase('cascade', async () => ({
    provider: cascade({
      name: 'cascade',
      title: 'Cascade',
      description: 'Scripted stages.',
      stages: scriptedStages,
      now: Date.now,
      newId: createId,
    }),
    voices: ['ann', 'bert'],
    spokenBy: scriptedVoice,
  })),
]
