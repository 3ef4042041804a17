import { voiceDetectorLagMs } from '@parley/audio/silero'
import { createChannelPair } from '../../channel/channel-pair.ts'
import { RealtimeError } from '../../errors.ts'
import { maxAppendBytes } from '../../events/client-events.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { Capabilities, LanguageCapability } from '../capabilities.ts'
import type { Provider } from '../provider.ts'
import { openNoiseReduction } from './noise-reduction.ts'
import { serveRealtime } from './realtime-server.ts'
import type { Speculation } from './realtime-server.ts'
import { wireRate } from './session-settings.ts'
import type { Stages } from './stages.ts'
import { primaryTag } from '../speech/voice-choice.ts'

/** What a cascade is made of. */
export interface CascadeOptions {
  /** Name in `?model=<name>`. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly stages: Stages
  /** What is known better outside, such as `models`, `languages`, `local`; getters are kept. */
  readonly capabilities?: Partial<Capabilities>
  readonly speculate?: Speculation
  /**
   * How long the detector still hears speech after it ended (ms). It counts as silence, so that a turn ends after
   * `silence_duration_ms` of real silence. Default: what was measured for Silero, 88.
   */
  readonly detectorLagMs?: number
  /** Clock in ms. */
  readonly now: () => number
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** Room for one more of the longest appends while the one before it is heard, and for 8 MiB as usual. */
const maxBufferedBytes = maxAppendBytes + 8 * 1024 * 1024

const defaultPauseMs = 96

/**
 * A backend made of four stages on this machine: voice activity detection, speech-to-text, a language model and
 * text-to-speech. It speaks the events of OpenAI Realtime GA like any other.
 */
export function cascade(options: CascadeOptions): Provider {
  const { name, stages, now, newId } = options
  const speculate = { pauseMs: defaultPauseMs, response: false, ...options.speculate }
  const detectorLagMs = options.detectorLagMs ?? voiceDetectorLagMs
  return {
    name,
    capabilities: capabilitiesOf(options),
    async connect({ model, signal, intent = 'conversation' }) {
      if (signal.aborted) throw new RealtimeError('backend_unavailable', 'The connection was given up.')
      const [channel, server] = createChannelPair<ServerEvent, ClientEvent>({
        sizeOf: bytesOf,
        maxBufferedBytes,
      })
      const transcribing = intent === 'transcription'
      void serveRealtime(server, {
        stages,
        name,
        model,
        transcribing,
        speculate,
        detectorLagMs,
        openNoiseReduction,
        now,
        newId,
      })
      return channel
    },
  }
}

/** Size of an event in memory: its sound, and a little for the rest. */
function bytesOf(event: ServerEvent | ClientEvent): number {
  if (event.type === 'input_audio_buffer.append') return event.audio.byteLength + 256
  if (event.type === 'response.output_audio.delta') return event.delta.byteLength + 256
  return 1024
}

function capabilitiesOf({ title, description, stages, capabilities = {} }: CascadeOptions): Capabilities {
  const temperature = stages.llm.temperature ? (['temperature'] as const) : []
  const defaults: Capabilities = {
    title,
    description,
    dialect: undefined,
    models: [],
    inputFormats: [{ type: 'audio/pcm', rate: wireRate }],
    outputFormats: [{ type: 'audio/pcm', rate: wireRate }],
    turnDetection: ['server_vad', 'semantic_vad'],
    manualTurns: true,
    turnsWithoutResponse: true,
    interruption: 'native',
    outputModalities: ['audio', 'text'],
    inputModalities: stages.llm.images ? ['text', 'audio', 'image'] : ['text', 'audio'],
    truncation: 'native',
    itemDeletion: 'native',
    historySeeding: 'items',
    tools: stages.llm.tools ? ['function'] : [],
    inputTranscription: 'native',
    transcriptionModels: [],
    voiceLock: 'none',
    transcriptionSessions: true,
    outOfBandResponses: true,
    responseOverrides: true,
    get voices() {
      return stages.tts.voices
    },
    otherVoices: false,
    get languages() {
      return languagesOf(stages)
    },
    updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
    sessionFields: [
      'instructions',
      'max_output_tokens',
      'tool_choice',
      'parallel_tool_calls',
      'audio.input.noise_reduction',
      'audio.input.turn_detection.idle_timeout_ms',
      'audio.output.speed',
    ],
    sessionExtensions: [
      ...temperature,
      'turn_detection',
      'input_audio_noise_reduction',
      'input_audio_echo_cancellation',
    ],
    responseExtensions: temperature,
    sessionLimitMinutes: undefined,
    contextWindowTokens: undefined,
    keepAlive: 'none',
    price: { kind: 'free' },
    local: true,
    evidence: [],
  }
  // Descriptors, not values: voices and languages grow when a download finishes.
  return Object.defineProperties(defaults, Object.getOwnPropertyDescriptors(capabilities))
}

/** The languages that work in both directions or one of them, now. */
function languagesOf({ stt, tts }: Stages): readonly LanguageCapability[] {
  const spoken = new Set(tts.voices.flatMap(({ languages }) => languages.map(primaryTag)))
  const heard = new Set(stt.languages.map(primaryTag))
  return [...heard.union(spoken)].map((code) => ({
    code,
    recognition: heard.has(code) ? 'ready' : 'none',
    speech: spoken.has(code) ? 'ready' : 'none',
    downloads: [],
  }))
}
