import type { AudioFormat } from '@parley/audio'
import { RealtimeError } from '../../errors.ts'
import type { SessionUpdate } from '../../events/client-events.ts'
import type {
  AudioFormatConfig,
  AudioInputConfig,
  AudioOutputConfig,
  InputTranscription,
  RealtimeSessionConfig,
  SessionConfig,
  TranscriptionSessionConfig,
} from '../../events/session-config.ts'
import type { Capabilities, FormatCapability } from '../../providers/capabilities.ts'
import { keepKnownFields } from './fields.ts'
import type { Kept, KnownFields } from './fields.ts'
import { sendOrHold } from './pending-updates.ts'
import { refuse, warn } from '../session-state.ts'
import type { Notice } from './notice.ts'
import type { AudioRoute, SessionKind, SessionState, Settings, Step, Supplied } from '../session-state.ts'
import { toolNames } from './tool-rules.ts'
import { canSupplyTranscription, toSpokenConfig } from './transcription-session.ts'
import { listeningFor, nearestTurnDetection, otherTurnDetection } from './turn-detection.ts'
import { updateProblem } from './update-rules.ts'
import type { Problem } from './update-rules.ts'
import { azureVoiceObject, ownVoice, replacedVoice } from './voices.ts'
import { wordTimesFor } from '../heard/word-times.ts'
import { canRenew, renew, withLater } from '../upstream/renewal.ts'
import { mergeWanted, withoutSetting } from './wanted.ts'

/** Answers `session.update`: what the backend cannot do is refused, left out with a notice, or supplied here. */
export function updateSession(state: SessionState, event: SessionUpdate, at: number): Step {
  const kind = kindOf(state, event.session)
  const refusal = (code: Problem['code'], notice: Notice): Step =>
    refuse(state, new RealtimeError(code, notice.message, { param: notice.param, eventId: event.event_id }))
  if (typeof kind !== 'string') return refusal(kind.code, { param: 'session.type', message: kind.message })
  const before = state.settings
  if (event.session.type === 'transcription' && kind === 'transcription') {
    const { session, input } = translateTranscription(event.session, state)
    const wanted = mergeWanted(before.wanted, event.session)
    const next = { ...state, kind, settings: { ...before, input, wanted } }
    return sendOrHold(next, { event: { ...event, session }, own: false, before }, at)
  }
  const config = spokenConfig(event.session, state)
  const problem = updateProblem(config, state)
  if (problem?.code === 'cannot_update_voice' && canRenew(state)) return renew(state, event)
  if (problem) return refusal(problem.code, problem)
  const { session, settings, notices } = translate(config, state)
  const wanted = mergeWanted(before.wanted, event.session)
  const warned = warn({ ...withLater(state, event), kind, settings: { ...settings, wanted } }, notices)
  const pending = { event: { ...event, session }, own: false, before }
  const sent = sendOrHold(warned.state, pending, at)
  return { state: sent.state, outputs: [...warned.outputs, ...sent.outputs] }
}

/** An update that keeps a spoken session from answering, where the client asked to have speech written down only. */
export function quietUpdate(state: SessionState): {
  readonly event: SessionUpdate
  readonly settings: Settings
} {
  const { session, settings } = translate(toSpokenConfig({ type: 'transcription' }, true), state)
  return { event: { type: 'session.update', session }, settings }
}

/** What a backend is told in place of all updates so far, and what it makes of the settings. */
export interface Retold {
  /** `undefined` where there is nothing to tell. */
  readonly session: SessionConfig | undefined
  readonly settings: Settings
  readonly notices: readonly Notice[]
}

/** All the client has asked for, for a backend that was told nothing: what it cannot do is left out with a notice. */
export function retell(state: SessionState): Retold {
  const { wanted } = state.settings
  if (state.kind === 'transcription' && wanted?.type === 'transcription') {
    const { session, input } = translateTranscription(wanted, state)
    return { session, settings: { ...state.settings, input }, notices: [] }
  }
  if (state.kind === 'transcription') return { session: undefined, settings: state.settings, notices: [] }
  if (!wanted && state.kind !== 'supplied-transcription')
    return { session: undefined, settings: state.settings, notices: [] }
  const asked = wanted ?? ({ type: 'transcription' } as const)
  const { config, notices } = possible(spokenConfig(asked, { ...state, kind: undefined }), state, [])
  const told = translate(config, state)
  return { ...told, notices: [...notices, ...told.notices] }
}

/** The settings this backend can have, one problem after the other left out. */
function possible(
  config: RealtimeSessionConfig,
  state: SessionState,
  notices: readonly Notice[],
): { readonly config: RealtimeSessionConfig; readonly notices: readonly Notice[] } {
  const problem = updateProblem(config, state)
  if (!problem) return { config, notices }
  const left = withoutSetting(config, problem.param.replace(/^session\./, ''))
  const message = `${problem.message} It was left out.`
  return left === config ? { config, notices } : possible(left, state, [...notices, { ...problem, message }])
}

function kindOf(
  state: SessionState,
  { type }: SessionConfig,
): SessionKind | { readonly code: 'invalid_value' | 'unsupported'; readonly message: string } {
  const { kind, capabilities } = state
  const current = kind === 'supplied-transcription' ? 'transcription' : kind
  if (kind !== undefined && current === type) return kind
  if (kind !== undefined)
    return { code: 'invalid_value', message: `session.type cannot change: it is '${current}'.` }
  if (type === 'realtime') return 'realtime'
  if (canSupplyTranscription(state)) return 'supplied-transcription'
  if (capabilities.transcriptionSessions) return 'transcription'
  return { code: 'unsupported', message: 'This backend has no transcription sessions.' }
}

/** What is asked of a spoken session; its model was named when it was connected, and clients name it again. */
function spokenConfig(config: SessionConfig, { kind }: SessionState): RealtimeSessionConfig {
  if (config.type !== 'realtime') return toSpokenConfig(config, kind === undefined)
  const { model: _connected, ...asked } = config
  return asked
}

/** The backend's own transcription session differs in the sound it takes. */
function translateTranscription(
  config: TranscriptionSessionConfig,
  { capabilities, settings }: SessionState,
): { readonly session: TranscriptionSessionConfig; readonly input: AudioRoute } {
  const asked = config.audio?.input
  const input = route(asked?.format, settings.input, capabilities.inputFormats)
  if (!asked?.format) return { session: config, input }
  return { session: { ...config, audio: { input: { ...asked, format: input.provider } } }, input }
}

interface Translated {
  readonly session: RealtimeSessionConfig
  readonly settings: Settings
  readonly notices: readonly Notice[]
}

function translate(config: RealtimeSessionConfig, state: SessionState): Translated {
  const { capabilities, settings } = state
  const { kept, notices } = keepKnownFields(config, knownFields(capabilities))
  const names = config.tools ? toolNames(config.tools) : settings.toolNames
  if (!kept.audio) return { session: kept, settings: { ...settings, toolNames: names }, notices }
  const { input, output } = kept.audio
  const heard = translateInput(input, state)
  const spoken = translateOutput(output, settings.output, capabilities)
  const voice =
    capabilities.sessionExtensions.includes('voice') && kept.extensions?.voice === undefined
      ? azureVoiceObject(output?.voice)
      : undefined
  const times = wordTimesFor(kept.extensions, kept.extensions?.voice ?? voice, capabilities)
  return {
    session: {
      ...kept,
      audio: {
        ...kept.audio,
        ...(heard.config && { input: heard.config }),
        ...(spoken.config && { output: spoken.config }),
      },
      ...((voice ?? times) && { extensions: { ...kept.extensions, ...(voice && { voice }), ...times } }),
    },
    settings: {
      ...settings,
      input: heard.route,
      output: spoken.route,
      supplied: heard.supplied,
      toolNames: names,
    },
    notices: [...notices, ...heard.notices, ...replacedVoice('session', output?.voice, capabilities)],
  }
}

/** Fields the backend knows or the session supplies: where it listens, it also knows when nobody speaks. */
function knownFields({ turnDetection, sessionFields, sessionExtensions }: Capabilities): KnownFields {
  const supplied = turnDetection.length === 0 ? (['audio.input.turn_detection.idle_timeout_ms'] as const) : []
  return { sessionFields: [...sessionFields, ...supplied], sessionExtensions }
}

interface TranslatedInput {
  readonly config: AudioInputConfig | undefined
  readonly route: AudioRoute
  readonly supplied: Supplied
  readonly notices: readonly Notice[]
}

function translateInput(
  input: AudioInputConfig | undefined,
  { capabilities, settings, canTranscribe }: SessionState,
): TranslatedInput {
  const routed = route(input?.format, settings.input, capabilities.inputFormats)
  if (!input) return { config: undefined, route: routed, supplied: settings.supplied, notices: [] }
  const { transcription, turn_detection: detection, ...rest } = input
  const transcribes = capabilities.inputTranscription === 'native'
  const turns = translateTurns(detection, settings.supplied, capabilities)
  const known = transcription && knownTranscriptionModel(transcription, capabilities)
  const words = transcribes || transcription === undefined ? settings.supplied.transcription : undefined
  const notice = {
    param: 'session.audio.input.transcription',
    message: 'This backend does not write down what the user says: transcription was left out.',
  }
  return {
    config: {
      ...rest,
      ...(input.format && { format: routed.provider }),
      ...(turns.told === undefined ? {} : { turn_detection: turns.told }),
      ...(transcribes && transcription !== undefined ? { transcription: known?.kept ?? transcription } : {}),
    },
    route: routed,
    supplied: {
      turnDetection: turns.turnDetection,
      listening: turns.listening,
      transcription: transcribes ? undefined : transcription && canTranscribe ? transcription : words,
    },
    notices: [
      ...turns.notices,
      ...(transcribes ? (known?.notices ?? []) : transcription && !canTranscribe ? [notice] : []),
    ],
  }
}

/** A model that another vendor offers stands for the backend's own. */
function knownTranscriptionModel(
  transcription: InputTranscription,
  { transcriptionModels: [first, ...others] }: Capabilities,
): Kept<InputTranscription> {
  const { model } = transcription
  if (first === undefined || model === first || (model != null && others.includes(model)))
    return { kept: transcription, notices: [] }
  if (model == null) return { kept: { ...transcription, model: first }, notices: [] }
  const message = `This backend does not know the transcription model '${model}': '${first}' is used in its place.`
  return {
    kept: { ...transcription, model: first },
    notices: [{ param: 'session.audio.input.transcription.model', message }],
  }
}

interface TranslatedTurns extends Pick<Supplied, 'turnDetection' | 'listening'> {
  readonly told: AudioInputConfig['turn_detection']
  readonly notices: readonly Notice[]
}

function translateTurns(
  asked: AudioInputConfig['turn_detection'],
  supplied: Supplied,
  capabilities: Capabilities,
): TranslatedTurns {
  if (asked === undefined) return { ...supplied, told: undefined, notices: [] }
  if (asked === null) return { turnDetection: undefined, listening: undefined, told: null, notices: [] }
  const notices = otherTurnDetection(asked, capabilities)
  if (capabilities.turnDetection.length === 0)
    return { turnDetection: asked, listening: listeningFor(asked), told: null, notices }
  const nearest = nearestTurnDetection(asked, capabilities)
  return { turnDetection: nearest && asked, listening: undefined, told: nearest ?? asked, notices }
}

function translateOutput(
  output: AudioOutputConfig | undefined,
  current: AudioRoute,
  capabilities: Capabilities,
): { readonly config: AudioOutputConfig | undefined; readonly route: AudioRoute } {
  const routed = route(output?.format, current, capabilities.outputFormats)
  if (!output) return { config: undefined, route: routed }
  const { voice: asked, ...rest } = output
  const voice = asked === undefined ? undefined : ownVoice(asked, capabilities)
  return {
    config: {
      ...rest,
      ...(voice === undefined ? {} : { voice }),
      ...(output.format && { format: routed.provider }),
    },
    route: routed,
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
