import type { AudioFormat } from '@parley/audio'
import { RealtimeError } from '../errors.ts'
import type { SessionUpdate } from '../events/client-events.ts'
import type { AudioFormatConfig, Session, SessionConfig, TurnDetection } from '../events/session-config.ts'
import type { Capabilities, FormatCapability } from '../providers/capabilities.ts'
import { refuse } from './session-state.ts'
import type { AudioRoute, SessionState, Step } from './session-state.ts'

/** Voices every OpenAI client knows; elsewhere they stand for the backend's own default voice. */
const openaiVoices: ReadonlySet<string> = new Set([
  'alloy',
  'ash',
  'ballad',
  'coral',
  'echo',
  'sage',
  'shimmer',
  'verse',
  'marin',
  'cedar',
])

/** Silence that ends a turn where a backend cannot judge meaning, by the eagerness asked for (ms). */
const silenceByEagerness = { low: 1_000, medium: 600, auto: 600, high: 300 } as const

/** Answers `session.update`: what the backend cannot do is refused, replaced, or supplied by the session. */
export function updateSession(state: SessionState, event: SessionUpdate): Step {
  const problem = unsupportedField(event.session, state.capabilities)
  if (problem) {
    return refuse(
      state,
      new RealtimeError(problem.code, problem.message, { param: problem.param, eventId: event.event_id }),
    )
  }
  const { session, ...changes } = translate(event.session, state)
  return { state: { ...state, ...changes }, outputs: [{ to: 'provider', event: { ...event, session } }] }
}

/** The backend's session as the client configured it. */
export function clientView(session: Session, state: SessionState): Session {
  if (session.type !== 'realtime') return session
  const { input, output } = session.audio ?? {}
  const turnDetection = shownTurnDetection(state.askedTurnDetection, input?.turn_detection)
  return {
    ...session,
    audio: {
      ...session.audio,
      input: {
        ...input,
        format: state.input.client,
        ...(turnDetection === undefined ? {} : { turn_detection: turnDetection }),
      },
      output: { ...output, format: state.output.client },
    },
  }
}

/**
 * Turn detection as the client asked for it, complete: a client that does not read that speech interrupts would
 * cancel the answer a second time.
 */
function shownTurnDetection(
  asked: TurnDetection | undefined,
  effective: TurnDetection | null | undefined,
): TurnDetection | null | undefined {
  if (asked?.type !== 'semantic_vad') return asked ?? effective
  return {
    eagerness: 'auto',
    create_response: effective?.create_response ?? true,
    interrupt_response: effective?.interrupt_response ?? true,
    ...asked,
  }
}

/** The error for a voice the backend does not have, `undefined` when it may be used. */
export function voiceProblem(voice: unknown, { voices }: Capabilities): string | undefined {
  if (typeof voice !== 'string' || voices.length === 0 || openaiVoices.has(voice)) return undefined
  if (voices.some(({ name }) => name === voice)) return undefined
  return `Unknown voice '${voice}'. This backend has: ${voices.map(({ name }) => name).join(', ')}.`
}

/** A voice by the backend's own names: `undefined` stands for its default. */
export function ownVoice<Voice>(voice: Voice, { voices }: Capabilities): Voice | undefined {
  const known = typeof voice !== 'string' || voices.length === 0 || voices.some(({ name }) => name === voice)
  return known ? voice : undefined
}

/** The first tool of a kind the backend cannot use. */
export function toolProblem(
  tools: readonly { readonly type?: string | undefined }[] | null | undefined,
  capabilities: Capabilities,
): { readonly index: number; readonly message: string } | undefined {
  const index = (tools ?? []).findIndex(
    ({ type }) => !capabilities.tools.some((kind) => kind === (type ?? 'function')),
  )
  if (index === -1) return undefined
  return { index, message: `This backend has no tools of type '${tools?.[index]?.type ?? 'function'}'.` }
}

interface Problem {
  readonly code: 'unsupported' | 'invalid_value'
  readonly param: string
  readonly message: string
}

function unsupportedField(config: SessionConfig, capabilities: Capabilities): Problem | undefined {
  if (config.type !== 'realtime') {
    return {
      code: 'unsupported',
      param: 'session.type',
      message: 'This backend has no transcription sessions.',
    }
  }
  if (config.prompt) {
    return {
      code: 'unsupported',
      param: 'session.prompt',
      message: 'This backend has no stored prompts. Send instructions.',
    }
  }
  const tool = toolProblem(config.tools, capabilities)
  if (tool) return { code: 'unsupported', param: `session.tools[${tool.index}].type`, message: tool.message }
  const modality = config.output_modalities?.find((kind) => !capabilities.outputModalities.includes(kind))
  if (modality) {
    return {
      code: 'unsupported',
      param: 'session.output_modalities',
      message: `This backend has no ${modality} output.`,
    }
  }
  const voice = voiceProblem(config.audio?.output?.voice, capabilities)
  if (voice) return { code: 'invalid_value', param: 'session.audio.output.voice', message: voice }
  return undefined
}

type Translated = Pick<SessionState, 'input' | 'output' | 'askedTurnDetection'> & {
  readonly session: SessionConfig
}

function translate(config: SessionConfig, state: SessionState): Translated {
  const unchanged = { input: state.input, output: state.output, askedTurnDetection: state.askedTurnDetection }
  if (config.type !== 'realtime' || !config.audio) return { session: config, ...unchanged }
  const { capabilities } = state
  const { input, output } = config.audio
  const inputRoute = route(input?.format, state.input, capabilities.inputFormats)
  const outputRoute = route(output?.format, state.output, capabilities.outputFormats)
  const turnDetection = input?.turn_detection
  const supplied = turnDetection ? suppliedTurnDetection(turnDetection, capabilities) : undefined
  const { voice: asked, ...otherOutput } = output ?? {}
  const voice = asked === undefined ? undefined : ownVoice(asked, capabilities)
  return {
    input: inputRoute,
    output: outputRoute,
    askedTurnDetection:
      turnDetection === undefined
        ? state.askedTurnDetection
        : supplied && turnDetection
          ? turnDetection
          : undefined,
    session: {
      ...config,
      audio: {
        ...config.audio,
        ...(input && {
          input: {
            ...input,
            ...(input.format && { format: inputRoute.provider }),
            ...(supplied && { turn_detection: supplied }),
          },
        }),
        ...(output && {
          output: {
            ...otherOutput,
            ...(voice === undefined ? {} : { voice }),
            ...(output.format && { format: outputRoute.provider }),
          },
        }),
      },
    },
  }
}

function route(
  asked: AudioFormatConfig | undefined,
  current: AudioRoute,
  offered: readonly FormatCapability[],
): AudioRoute {
  if (!asked) return current
  const client = toAudioFormat(asked)
  const same = offered.find(
    ({ type, rate }) => type === client.type && (!('rate' in client) || rate === client.rate),
  )
  const provider = same ?? offered[0]
  return { client, provider: provider ? toAudioFormat(provider) : client }
}

function toAudioFormat({
  type,
  rate,
}: {
  readonly type?: string | undefined
  readonly rate?: number | undefined
}): AudioFormat {
  return type === 'audio/pcmu' || type === 'audio/pcma'
    ? { type }
    : { type: 'audio/pcm', rate: rate ?? 24_000 }
}

/** The nearest turn detection the backend has, `undefined` when it has the one asked for. */
function suppliedTurnDetection(asked: TurnDetection, capabilities: Capabilities): TurnDetection | undefined {
  if (asked.type !== 'semantic_vad' || capabilities.turnDetection.includes('semantic_vad')) return undefined
  return {
    type: 'server_vad',
    silence_duration_ms: silenceByEagerness[asked.eagerness ?? 'auto'],
    ...(asked.create_response === undefined ? {} : { create_response: asked.create_response }),
    ...(asked.interrupt_response === undefined ? {} : { interrupt_response: asked.interrupt_response }),
  }
}
