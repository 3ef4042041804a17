import { isObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts'
import type { Refusal } from '../rules/refusal.ts'
import { openaiTranscribers } from '../rules/voice-live-listening.ts'
import type { ModelTraits, UpdateView, WireObject } from '../wire.ts'
import { isAzureVoice, mergeVoiceLiveSession } from './voice-live-session.ts'

type Check = (session: WireObject, traits: ModelTraits) => Refusal | undefined

const refusal = (code: string, message: string, param: string): Refusal => ({
  code,
  message,
  param: `session.${param}`,
})

/** Rules on the session as it would be after the update. */
const checks: readonly Check[] = [
  ({ voice }, { kind, agent }) => {
    const { type, name } = objectOf(voice)
    if (type === 'azure-realtime-native')
      return kind === 'native'
        ? undefined
        : refusal('invalid_value', `${textOf(name)} is not for this model.`, 'voice')
    if (isAzureVoice(voice) || type === 'avatar-voice-sync') return undefined
    if (kind === 'openai-native' && !agent) return undefined
    return refusal('invalid_value', 'This model is spoken by voices of Azure only.', 'voice')
  },
  ({ input_audio_format: format, input_audio_sampling_rate: rate }) =>
    textOf(format).startsWith('g711') && rate !== 8000
      ? refusal('invalid_value', 'G.711 has 8000 Hz.', 'input_audio_sampling_rate')
      : undefined,
  ({ turn_detection: detection }, { kind }) => {
    const { type, auto_truncate: truncates, interrupt_response: interrupts } = objectOf(detection)
    if (type === 'semantic_vad' && kind !== 'openai-native')
      return refusal('invalid_value', 'semantic_vad is for gpt-realtime models.', 'turn_detection.type')
    if (truncates === true && interrupts === false)
      return refusal(
        'invalid_value',
        'auto_truncate needs interrupt_response.',
        'turn_detection.auto_truncate',
      )
    return undefined
  },
  ({ input_audio_echo_cancellation: echo }) => {
    if (!isObject(echo)) return undefined
    const client = echo['reference_source'] === 'client'
    const channels = numberOf(echo['channels'], 1)
    if (!client && channels === 2)
      return refusal(
        'invalid_ec_channels_requires_client',
        'Two channels need the reference of the client.',
        'input_audio_echo_cancellation.channels',
      )
    if (client && channels !== 2)
      return refusal(
        'invalid_ec_reference_channels',
        'The reference of the client needs two channels.',
        'input_audio_echo_cancellation.channels',
      )
    return undefined
  },
  ({ input_audio_transcription: transcription }, { kind }) => {
    const { model, phrase_list: phrases } = objectOf(transcription)
    const ofOpenai = openaiTranscribers.some((name) => name === model)
    const path = 'input_audio_transcription'
    if (ofOpenai && kind !== 'openai-native')
      return refusal('invalid_value', `${textOf(model)} is for gpt-realtime models.`, `${path}.model`)
    if (phrases !== undefined && model !== 'azure-speech')
      return refusal('invalid_value', 'Phrase lists are for azure-speech.', `${path}.phrase_list`)
    return undefined
  },
  ({ interim_response: interim, voice }, { kind }) =>
    isObject(interim) && (kind !== 'cascaded' || !isAzureVoice(voice))
      ? refusal(
          'invalid_value',
          'Interim responses need a cascaded model and a voice of Azure.',
          'interim_response',
        )
      : undefined,
]

/** Rules of an update that a schema cannot hold. */
export function checkVoiceLiveUpdate({
  session,
  update,
  hasSpoken,
  traits,
}: UpdateView): Refusal | undefined {
  if (update['model'] !== undefined && update['model'] !== session['model'])
    return refusal('invalid_value', 'The model of a session cannot change.', 'model')
  const given = ['instructions', 'tools'].find((name) => update[name] !== undefined)
  if (traits.agent && given !== undefined)
    return refusal('invalid_value', `The agent brings its own ${given}.`, given)
  if (update['reasoning_effort'] !== undefined && !traits.reasons)
    return refusal('invalid_value', 'This model does not reason.', 'reasoning_effort')
  if (!traits.mcp && objectsOf(update['tools']).some(({ type }) => type === 'mcp'))
    return refusal('invalid_value', 'This model reaches no MCP servers.', 'tools')
  const locked = hasSpoken && traits.kind !== 'cascaded' && !isAzureVoice(session['voice'])
  if (locked && update['voice'] !== undefined && !isSame(update['voice'], session['voice']))
    return refusal(
      'cannot_update_voice',
      "Cannot update a conversation's voice if assistant audio is present.",
      'voice',
    )
  const next = mergeVoiceLiveSession(session, update)
  for (const check of checks) {
    const found = check(next, traits)
    if (found !== undefined) return found
  }
  return undefined
}

/** What is heeded not at all, said as a `warning`. */
export function voiceLiveWarnings(update: WireObject, traits: ModelTraits): readonly WireObject[] {
  const phrases = objectOf(update['input_audio_transcription'])['phrase_list']
  if (phrases === undefined || traits.kind === 'cascaded') return []
  return [
    {
      message: 'The phrase list does not apply to this model.',
      code: 'phrase_list_ignored',
      param: 'session.input_audio_transcription.phrase_list',
    },
  ]
}

function isSame(a: unknown, b: unknown): boolean {
  const text = (voice: unknown) => (typeof voice === 'string' ? voice : JSON.stringify(voice))
  const plain = (voice: unknown) => (objectOf(voice)['type'] === 'openai' ? objectOf(voice)['name'] : voice)
  return text(plain(a)) === text(plain(b))
}

/** Rules of a `response.create` that a schema cannot hold. */
export function checkVoiceLiveResponse(
  response: WireObject,
  { session, traits }: Omit<UpdateView, 'update'>,
): Refusal | undefined {
  const refused = (message: string, field: string): Refusal => ({
    code: 'invalid_value',
    message,
    param: `response.${field}`,
  })
  const voice = response['voice'] ?? session['voice']
  if (!isAzureVoice(voice) && traits.kind === 'cascaded')
    return refused('This model is spoken by voices of Azure only.', 'voice')
  if (isObject(response['interim_response']) && (traits.kind !== 'cascaded' || !isAzureVoice(voice)))
    return refused('Interim responses need a cascaded model and a voice of Azure.', 'interim_response')
  if (response['reasoning_effort'] !== undefined && !traits.reasons)
    return refused('This model does not reason.', 'reasoning_effort')
  if (response['invoke_input'] !== undefined && !traits.agent)
    return refused('Only an agent is invoked.', 'invoke_input')
  return undefined
}

/** Rules of an item that a schema cannot hold. */
export function checkVoiceLiveItem(item: WireObject, { kind }: ModelTraits): Refusal | undefined {
  const image = objectsOf(item['content']).some(({ type }) => type === 'input_image')
  if (!image || kind === 'openai-native') return undefined
  return { code: 'invalid_value', message: 'This model sees no images.', param: 'item.content' }
}
