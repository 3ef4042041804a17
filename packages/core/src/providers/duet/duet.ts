import { createChannelPair } from '../../channel/channel-pair.ts'
import { RealtimeError, toRealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Capabilities } from '../capabilities.ts'
import type { ConnectRequest, Provider, ProviderChannel } from '../provider.ts'
import { speechRate } from '../speech/speak.ts'
import type { TextToSpeech } from '../speech/text-to-speech.ts'
import { cutsAnswers, duetCapabilities, type VoiceCapabilities } from './capabilities.ts'
import { openProviderVoice } from './provider-voice.ts'
import { serveDuet } from './serve-duet.ts'
import { speechVoice } from './speech-voice.ts'
import type { VoiceLeg, VoiceSettings } from './voice-leg.ts'

/** One backend of a duet, and the model asked of it. */
export interface DuetBackend {
  readonly provider: Provider
  readonly model?: string | undefined
}

/** What speaks: a realtime backend that takes pre-generated messages, or a text-to-speech engine. */
export type DuetVoice =
  /** `settings` is what it begins with, by default a multilingual Azure voice. */
  | (DuetBackend & { readonly settings?: VoiceSettings })
  /** `capabilities` is what is known better outside, such as `title`, `local` and `price`. */
  | { readonly tts: TextToSpeech; readonly capabilities?: Partial<VoiceCapabilities> }

/** What a duet is made of. */
export interface DuetOptions {
  /** Name in `?model=<name>`. */
  readonly name: string
  /** Default: both titles. */
  readonly title?: string | undefined
  /** What listens and thinks: any realtime backend that can answer with text, a cascade too. */
  readonly mind: DuetBackend
  readonly voice: DuetVoice
  /** Longest silence of a realtime voice while something is awaited of it (ms). Default 10,000. */
  readonly voiceTimeoutMs?: number
  /** Clock in ms. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** A voice that Azure Voice Live is sure to speak given text with; its other voices are not documented for that. */
const azureVoice: VoiceSettings = {
  output: { voice: 'en-US-AvaMultilingualNeural' },
  extensions: { voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural' } },
}

/**
 * One backend out of two: the mind gets the microphone and writes, the voice speaks what it wrote, sentence by
 * sentence, while it still writes. Throws `unsupported` when the mind cannot write or the voice cannot speak given
 * text.
 */
export function duet(options: DuetOptions): Provider {
  const { name, title, mind, voice } = options
  requireFit(options)
  const spoken = voiceCapabilities(voice)
  const capabilitiesFor = (model: string | undefined): Capabilities =>
    duetCapabilities(capabilitiesOf(mind.provider, model ?? mind.model), spoken, title)
  const catalog = 'provider' in voice ? voice.provider.voices : undefined
  return {
    name,
    capabilities: capabilitiesFor(undefined),
    capabilitiesFor,
    ...(catalog && { voices: catalog }),
    async connect(request) {
      const model = request.model ?? mind.model
      // Nobody speaks in a transcription session.
      if (request.intent === 'transcription') return mind.provider.connect({ ...request, model })
      const legs = await openBoth({ ...request, model }, options)
      const [channel, server] = createChannelPair<ServerEvent, ClientEvent>({ sizeOf: bytesOf })
      const forgets = cutsAnswers(capabilitiesOf(mind.provider, model))
      void serveDuet(server, { ...legs, cutsAnswers: forgets, newId: options.newId })
      return channel
    },
  }
}

function capabilitiesOf(
  { capabilities, capabilitiesFor }: Provider,
  model: string | undefined,
): Capabilities {
  return capabilitiesFor?.(model) ?? capabilities
}

function requireFit({ mind, voice }: DuetOptions): void {
  if (!capabilitiesOf(mind.provider, mind.model).outputModalities.includes('text')) {
    throw new RealtimeError(
      'unsupported',
      `${mind.provider.name} cannot be the mind of a duet: it does not write.`,
      {
        param: 'mind',
      },
    )
  }
  if ('tts' in voice) return
  const { responseExtensions } = capabilitiesOf(voice.provider, voice.model)
  if (!responseExtensions.includes('pre_generated_assistant_message')) {
    throw new RealtimeError(
      'unsupported',
      `${voice.provider.name} cannot be the voice of a duet: it does not speak given text (Azure Voice Live does, from api-version 2026-01-01-preview).`,
      { param: 'voice' },
    )
  }
}

function voiceCapabilities(voice: DuetVoice): VoiceCapabilities {
  if ('provider' in voice) return capabilitiesOf(voice.provider, voice.model)
  const { tts, capabilities = {} } = voice
  const defaults: VoiceCapabilities = {
    title: tts.name,
    outputFormats: [{ type: 'audio/pcm', rate: speechRate }],
    get voices() {
      return tts.voices
    },
    voiceLock: 'none',
    otherVoices: false,
    get languages() {
      const codes = new Set(tts.voices.flatMap(({ languages }) => languages))
      return [...codes].map(
        (code) => ({ code, recognition: 'none', speech: 'ready', downloads: [] }) as const,
      )
    },
    sessionFields: ['audio.output.speed'],
    sessionExtensions: [],
    keepAlive: 'none',
    price: { kind: capabilities.local === true ? 'free' : 'unknown' },
    local: false,
    evidence: [],
  }
  // Descriptors, not values: voices and languages may grow.
  return Object.defineProperties(defaults, Object.getOwnPropertyDescriptors(capabilities))
}

/** Opens both legs at the same time; when one fails the other is closed. */
async function openBoth(
  request: ConnectRequest,
  { mind, voice, voiceTimeoutMs = 10_000, now, newId }: DuetOptions,
): Promise<{ readonly mind: ProviderChannel; readonly voice: VoiceLeg }> {
  const controller = new AbortController()
  const signal = AbortSignal.any([request.signal, controller.signal])
  async function openVoice(): Promise<VoiceLeg> {
    if ('tts' in voice) return speechVoice(voice.tts)
    const { provider, model, settings = azureVoice } = voice
    return openProviderVoice({ provider, model, settings, signal, now, newId, timeoutMs: voiceTimeoutMs })
  }
  /** The first failure counts; it makes the other leg be given up. */
  let failure: RealtimeError | undefined
  function giveUp(leg: string): (error: unknown) => never {
    return (error) => {
      const { code, message } = toRealtimeError(error, 'backend_unavailable')
      failure ??= new RealtimeError(code, `The ${leg} of the duet: ${message}`, { cause: error })
      controller.abort()
      throw failure
    }
  }
  const [thinking, speaking] = await Promise.allSettled([
    mind.provider.connect({ ...request, signal }).catch(giveUp('mind')),
    openVoice().catch(giveUp('voice')),
  ])
  if (thinking.status === 'fulfilled' && speaking.status === 'fulfilled')
    return { mind: thinking.value, voice: speaking.value }
  if (thinking.status === 'fulfilled') void thinking.value.close()
  if (speaking.status === 'fulfilled') void speaking.value[Symbol.asyncDispose]()
  throw failure ?? new RealtimeError('internal_error', 'No leg of the duet failed.')
}

/** Size of an event in memory: its sound, and a little for the rest. */
function bytesOf(event: ServerEvent | ClientEvent): number {
  if (event.type === 'input_audio_buffer.append') return event.audio.byteLength + 256
  if (event.type === 'response.output_audio.delta') return event.delta.byteLength + 256
  return 1024
}
