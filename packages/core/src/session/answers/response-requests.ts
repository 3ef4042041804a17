import { RealtimeError } from '../../errors.ts'
import type { ResponseCancel, ResponseCreate } from '../../events/client-events.ts'
import type { ResponseCreateParams } from '../../events/response.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import {
  keepKnownResponseFields,
  overriddenField,
  refusedExtension,
  withoutSettings,
} from '../settings/fields.ts'
import { before, stopSound } from '../heard/ledger.ts'
import { muteResponse } from './response-end.ts'
import { defaultResponse, silenced } from './responses.ts'
import { nothing, refuse, warn } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import { toolChoiceProblem, toolNames, toolProblem } from '../settings/tool-rules.ts'
import { azureVoiceObject, ownVoice, replacedVoice, voiceProblem } from '../settings/voices.ts'

/** Asks for a response; only one at a time may write to the conversation. */
export function createResponse(state: SessionState, event: ResponseCreate): Step {
  const error = requestError(state, event) ?? (isOutOfBand(event) ? undefined : activeError(state, event))
  if (error) return refuse(state, error)
  const { capabilities } = state
  const asked =
    event.response && !capabilities.responseOverrides ? withoutSettings(event.response) : event.response
  const { kept, notices } = asked
    ? keepKnownResponseFields(asked, capabilities)
    : { kept: asked, notices: [] }
  const replaced = replacedVoice('response', kept?.audio?.output?.voice, capabilities)
  const { state: next, outputs } = warn(state, [...notices, ...replaced])
  const response = kept && withOwnVoice(kept, capabilities)
  return {
    state: isOutOfBand(event) ? next : { ...next, requested: { eventId: event.event_id, event } },
    outputs: [...outputs, { to: 'provider', event: { ...event, ...(response && { response }) } }],
  }
}

/** Cancels one response, or the one that writes to the conversation; its queued sound is dropped. */
export function cancelResponse(state: SessionState, event: ResponseCancel, at: number): Step {
  const target = event.response_id == null ? defaultResponse(state) : state.responses.get(event.response_id)
  const coming = event.response_id == null && state.requested !== undefined
  if (!target && !coming) {
    const message = event.response_id
      ? `There is no active response '${event.response_id}'.`
      : 'Cancellation failed: there is no active response.'
    const details = { eventId: event.event_id, ...(event.response_id && { param: 'response_id' }) }
    return refuse(state, new RealtimeError('response_cancel_not_active', message, details))
  }
  const stopped = target && !target.outOfBand ? stopSound(state, at, 'client_cancelled') : nothing(state)
  if (state.capabilities.interruption === 'none') {
    if (target) return before(stopped, (next) => muteResponse(next, target, 'client_cancelled'))
    const { requested } = state
    return nothing(
      requested ? { ...state, requested: { ...requested, cancelled: 'client_cancelled' } } : state,
    )
  }
  const drop: SessionOutput[] = target ? [{ to: 'outbox', dropAudioOf: target.id }] : []
  return before(stopped, (next) => ({
    state: { ...next, responses: silenced(next.responses, ({ id }) => id === target?.id) },
    outputs: [...drop, { to: 'provider', event }],
  }))
}

/** True for a response that does not write to the conversation. */
export function isOutOfBand({ response }: ResponseCreate): boolean {
  return response?.conversation === 'none'
}

/** What is wrong with a request whenever it is made. */
export function requestError(state: SessionState, event: ResponseCreate): RealtimeError | undefined {
  const { capabilities, conversation, session, settings } = state
  const { response, event_id: eventId } = event
  const unsupported = (param: string, message: string): RealtimeError =>
    new RealtimeError('unsupported', message, { param, eventId })
  const invalid = (param: string, message: string): RealtimeError =>
    new RealtimeError('invalid_value', message, { param, eventId })
  if (isOutOfBand(event) && !capabilities.outOfBandResponses)
    return unsupported('response.conversation', 'This backend has no responses outside the conversation.')
  const overridden = capabilities.responseOverrides ? undefined : overriddenField(response, session)
  if (overridden !== undefined)
    return unsupported(`response.${overridden}`, 'This backend takes its settings from the session only.')
  const extension = refusedExtension('response', response?.extensions, capabilities)
  if (extension) return unsupported(extension.param, extension.message)
  const tool = toolProblem(response?.tools, capabilities)
  if (tool) return unsupported(`response.tools[${tool.index}].type`, tool.message)
  const offered = response?.tools ? toolNames(response.tools) : settings.toolNames
  const choice = toolChoiceProblem(response?.tool_choice, offered)
  if (choice) return invalid('response.tool_choice', choice)
  const voice = voiceProblem(response?.audio?.output?.voice, capabilities)
  if (voice) return invalid('response.audio.output.voice', voice)
  const missing = (response?.input ?? []).findIndex(
    (item) => item.type === 'item_reference' && !conversation.items.has(item.id),
  )
  if (missing !== -1)
    return invalid(`response.input[${missing}].id`, 'The conversation has no item with this id.')
  return undefined
}

/** The error for a second response in the conversation. */
export function activeError(state: SessionState, event: ResponseCreate): RealtimeError | undefined {
  const active = defaultResponse(state)
  if (!active && !state.requested) return undefined
  const which = active ? ` in progress: ${active.id}` : ''
  const message = `Conversation already has an active response${which}. Wait until it is done before creating another.`
  return new RealtimeError('conversation_already_has_active_response', message, { eventId: event.event_id })
}

function withOwnVoice(response: ResponseCreateParams, capabilities: Capabilities): ResponseCreateParams {
  const { voice: asked, ...output } = response.audio?.output ?? {}
  if (asked === undefined) return response
  const voice = ownVoice(asked, capabilities)
  const object =
    capabilities.responseExtensions.includes('voice') && response.extensions?.voice === undefined
      ? azureVoiceObject(asked)
      : undefined
  return {
    ...response,
    audio: { ...response.audio, output: voice === undefined ? output : { ...output, voice } },
    ...(object && { extensions: { ...response.extensions, voice: object } }),
  }
}
