import type { SessionExtensions } from '../../events/extensions.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { AudioInputConfig, RealtimeSession, RealtimeSessionConfig } from '../../events/session-config.ts'
import type { VoiceOverride, VoiceSettings } from './voice-leg.ts'

/** Session extensions that say how a duet speaks. */
export const voiceExtensions = ['voice', 'output_audio_timestamp_types', 'animation'] as const

/** How an answer reaches the client. */
export type Modality = 'audio' | 'text'

/** Both halves of a session update. */
export interface SplitSession {
  /** For the mind, which always writes. */
  readonly mind: RealtimeSessionConfig
  /** For the voice, `undefined` when nothing of it changes. */
  readonly voice: VoiceSettings | undefined
  /** Asked for, if it was. */
  readonly modality: Modality | undefined
}

/** Splits an update: how to speak goes to the voice, everything else to the mind. */
export function splitSession(config: RealtimeSessionConfig): SplitSession {
  const { audio, extensions, output_modalities, ...rest } = config
  const voice = voiceExtensionsOf(extensions)
  const others = withoutVoice(extensions)
  const language = audio?.input?.transcription?.language ?? undefined
  const speaks = audio?.output !== undefined || voice !== undefined || language !== undefined
  return {
    mind: {
      ...rest,
      output_modalities: ['text'],
      ...(audio?.input && { audio: { input: withoutIdleTimeout(audio.input) } }),
      ...(others && { extensions: others }),
    },
    voice: speaks ? { output: audio?.output, extensions: voice, language } : undefined,
    modality: output_modalities?.[0],
  }
}

/** The session as the client sees it. */
export function mergeSession(
  mind: RealtimeSession,
  { output, extensions }: VoiceSettings,
  modality: Modality,
): RealtimeSession {
  const merged = { ...withoutVoice(mind.extensions), ...extensions }
  const { extensions: _both, ...rest } = mind
  return {
    ...rest,
    output_modalities: [modality],
    audio: { ...mind.audio, output: { ...output } },
    ...(Object.keys(merged).length > 0 && { extensions: merged }),
  }
}

/** Both halves of `response.create`. */
export interface SplitResponse {
  readonly mind: ResponseCreateParams
  readonly override: VoiceOverride | undefined
  readonly modality: Modality | undefined
}

/** Splits what `response.create` overrides. */
export function splitResponse(params: ResponseCreateParams): SplitResponse {
  const { audio, extensions, output_modalities, ...rest } = params
  const { voice, modalities: _ours, ...others } = extensions ?? {}
  return {
    mind: {
      ...rest,
      output_modalities: ['text'],
      ...(Object.keys(others).length > 0 && { extensions: others }),
    },
    override:
      audio || voice ? { ...(audio && { audio }), ...(voice && { extensions: { voice } }) } : undefined,
    modality: output_modalities?.[0],
  }
}

/** The extensions that say how to speak, `undefined` without any. */
export function voiceExtensionsOf(extensions: SessionExtensions | undefined): SessionExtensions | undefined {
  const own = voiceExtensions.flatMap((name) =>
    extensions?.[name] === undefined ? [] : [[name, extensions[name]] as const],
  )
  return own.length > 0 ? Object.fromEntries(own) : undefined
}

function withoutVoice(extensions: SessionExtensions | undefined): SessionExtensions | undefined {
  const own: readonly string[] = [...voiceExtensions, 'modalities']
  const others = Object.entries(extensions ?? {}).filter(([name]) => !own.includes(name))
  return others.length > 0 ? Object.fromEntries(others) : undefined
}

/** The mind does not know when the voice has ended, so it would complain of a silence that is none. */
function withoutIdleTimeout(input: AudioInputConfig): AudioInputConfig {
  const { turn_detection: detection } = input
  if (detection?.type !== 'server_vad' || detection.idle_timeout_ms == null) return input
  const { idle_timeout_ms: _early, ...rest } = detection
  return { ...input, turn_detection: rest }
}
