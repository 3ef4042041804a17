import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import { isCovered } from './covered.ts'
import { refusedExtension } from './fields.ts'
import type { Notice } from './notice.ts'
import type { SessionState } from '../session-state.ts'
import { toolChoiceProblem, toolNames, toolProblem } from './tool-rules.ts'
import { turnDetectionProblem } from './turn-detection.ts'
import { ownVoice, voiceProblem } from './voices.ts'

/** Why an update is refused, and which field is at fault. */
export interface Problem extends Notice {
  readonly code: 'unsupported' | 'invalid_value' | 'cannot_update_voice'
}

/** The first thing in an update that can neither be had, nor supplied, nor left out. */
export function updateProblem(config: RealtimeSessionConfig, state: SessionState): Problem | undefined {
  const { capabilities, settings } = state
  const tool = toolProblem(config.tools, capabilities)
  if (tool) return unsupported(`session.tools[${tool.index}].type`, tool.message)
  const offered = config.tools ? toolNames(config.tools) : settings.toolNames
  const choice = toolChoiceProblem(config.tool_choice, offered)
  if (choice) return { code: 'invalid_value', param: 'session.tool_choice', message: choice }
  const modality = config.output_modalities?.find((kind) => !capabilities.outputModalities.includes(kind))
  if (modality) return unsupported('session.output_modalities', `This backend has no ${modality} output.`)
  const voice = voiceProblem(config.audio?.output?.voice, capabilities)
  if (voice) return { code: 'invalid_value', param: 'session.audio.output.voice', message: voice }
  const turns = turnDetectionProblem(config.audio?.input?.turn_detection, capabilities)
  if (turns) return unsupported('session.audio.input.turn_detection', turns)
  const extension = refusedExtension('session', config.extensions, capabilities)
  if (extension) return unsupported(extension.param, extension.message)
  return voiceLockProblem(config, state) ?? fixedFieldProblem(config, state)
}

function unsupported(param: string, message: string): Problem {
  return { code: 'unsupported', param, message }
}

/** A voice that would change although the backend has spoken with another one. */
function voiceLockProblem(
  { audio }: RealtimeSessionConfig,
  { capabilities, upstream, session }: SessionState,
): Problem | undefined {
  if (capabilities.voiceLock === 'none' || !upstream.spoken || session?.type !== 'realtime') return undefined
  const asked = audio?.output?.voice
  const voice = asked === undefined ? undefined : ownVoice(asked, capabilities)
  if (voice === undefined || isCovered(voice, session.audio?.output?.voice)) return undefined
  return {
    code: 'cannot_update_voice',
    param: 'session.audio.output.voice',
    message: 'The voice cannot change after this backend has spoken; a new session may have another one.',
  }
}

/** A setting that some backends take only before the conversation begins. */
interface ChangingField {
  readonly name: Capabilities['updatable'][number]
  readonly param: string
  readonly of: (config: RealtimeSessionConfig, capabilities: Capabilities) => unknown
}

const changingFields: readonly ChangingField[] = [
  { name: 'instructions', param: 'session.instructions', of: ({ instructions }) => instructions },
  {
    name: 'voice',
    param: 'session.audio.output.voice',
    of: ({ audio }, capabilities) =>
      audio?.output?.voice === undefined ? undefined : ownVoice(audio.output.voice, capabilities),
  },
  { name: 'tools', param: 'session.tools', of: ({ tools }) => tools },
  {
    name: 'turn_detection',
    param: 'session.audio.input.turn_detection',
    of: ({ audio }) => audio?.input?.turn_detection,
  },
  {
    name: 'output_modalities',
    param: 'session.output_modalities',
    of: ({ output_modalities: modalities }) => modalities,
  },
]

/** The first setting that would change although this backend keeps it for the whole conversation. */
function fixedFieldProblem(
  config: RealtimeSessionConfig,
  { begun, capabilities, session, settings }: SessionState,
): Problem | undefined {
  if (!begun || session?.type !== 'realtime') return undefined
  const effective: RealtimeSessionConfig = session as RealtimeSessionConfig
  const changed = changingFields.find(({ name, of }) => {
    const asked = of(config, capabilities)
    if (asked === undefined || capabilities.updatable.includes(name)) return false
    if (name === 'turn_detection' && capabilities.turnDetection.length === 0) return false
    const known = name === 'turn_detection' ? settings.supplied.turnDetection : undefined
    return !isCovered(asked, known ?? of(effective, capabilities) ?? null)
  })
  if (!changed) return undefined
  const message = `This backend cannot change ${changed.name} once the conversation has begun.`
  return unsupported(changed.param, message)
}
