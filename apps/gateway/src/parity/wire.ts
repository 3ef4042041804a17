import type { DialectName } from '@parley/core'

/** What a scenario asks of a session, whatever the client's wire. */
export interface CallSettings {
  /** Language of the user's speech (BCP 47). */
  readonly language?: string
  readonly transcription?: boolean
  readonly turns?:
    | 'push-to-talk'
    | { readonly silenceMs: number; readonly idleTimeoutMs?: number; readonly createResponse?: boolean }
  readonly tools?: readonly string[]
  readonly voice?: string
}

/** The client's wire has no way to say it. */
export class NoCounterpart extends Error {}

/** How one kind of client speaks, written out by hand so that it proves the dialects and does not use them. */
export interface Wire {
  readonly dialect: DialectName
  /** Address under the gateway's for a conversation, or for a session that only writes down speech. */
  path(intent: 'conversation' | 'transcription'): string
  readonly headers: Readonly<Record<string, string>>
  /** Name of a GA server event here. */
  eventName(gaName: string): string
  update(settings: CallSettings): object
  transcriptionUpdate(settings: CallSettings): object
  assistantText(text: string): object
  imageMessage(text: string, dataUri: string): object
  /** `response.create` out of band. */
  aside(text: string): object
}

/** A tool that takes one text, for every name a scenario uses. */
function functionTool(name: string): object {
  return {
    type: 'function',
    name,
    description: `Answers what is asked of the ${name}.`,
    parameters: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] },
  }
}

function serverVad({
  silenceMs,
  idleTimeoutMs,
  createResponse,
}: Exclude<CallSettings['turns'], string | undefined>) {
  return {
    type: 'server_vad',
    threshold: 0.5,
    prefix_padding_ms: 100,
    silence_duration_ms: silenceMs,
    ...(createResponse === undefined ? {} : { create_response: createResponse }),
    ...(idleTimeoutMs === undefined ? {} : { idle_timeout_ms: idleTimeoutMs }),
  }
}

function turnDetection(turns: CallSettings['turns']): object | null | undefined {
  if (turns === undefined) return undefined
  return turns === 'push-to-talk' ? null : serverVad(turns)
}

const userMessage = (text: string): object => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text }],
})

function imageMessage(text: string, dataUri: string): object {
  return {
    type: 'message',
    role: 'user',
    content: [
      { type: 'input_text', text },
      { type: 'input_image', image_url: dataUri },
    ],
  }
}

function transcription({ language }: CallSettings): object {
  return { model: 'gpt-4o-mini-transcribe', ...(language === undefined ? {} : { language }) }
}

/** OpenAI Realtime GA: nested session, `output_` names. */
const ga: Wire = {
  dialect: 'openai-ga',
  path: (intent) => (intent === 'transcription' ? '/v1/realtime?intent=transcription' : '/v1/realtime?'),
  headers: {},
  eventName: (name) => name,
  update(settings) {
    const detection = turnDetection(settings.turns)
    const input = {
      ...(settings.transcription ? { transcription: transcription(settings) } : {}),
      ...(detection === undefined ? {} : { turn_detection: detection }),
    }
    return {
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: {
          ...(Object.keys(input).length > 0 ? { input } : {}),
          ...(settings.voice === undefined ? {} : { output: { voice: settings.voice } }),
        },
        ...(settings.tools ? { tools: settings.tools.map(functionTool) } : {}),
      },
    }
  },
  transcriptionUpdate(settings) {
    const detection = turnDetection(settings.turns)
    return {
      type: 'session.update',
      session: {
        type: 'transcription',
        audio: {
          input: {
            transcription: transcription(settings),
            ...(detection === undefined ? {} : { turn_detection: detection }),
          },
        },
      },
    }
  },
  assistantText: (text) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }),
  imageMessage,
  aside: (text) => ({ conversation: 'none', metadata: { topic: 'aside' }, input: [userMessage(text)] }),
}

const flatNames: Readonly<Record<string, string>> = {
  'response.output_text.delta': 'response.text.delta',
  'response.output_text.done': 'response.text.done',
  'response.output_audio.delta': 'response.audio.delta',
  'response.output_audio.done': 'response.audio.done',
  'response.output_audio_transcript.delta': 'response.audio_transcript.delta',
  'response.output_audio_transcript.done': 'response.audio_transcript.done',
  'conversation.item.added': 'conversation.item.created',
  'conversation.item.done': 'conversation.item.created',
}

function flatUpdate(settings: CallSettings): object {
  const detection = turnDetection(settings.turns)
  return {
    type: 'session.update',
    session: {
      ...(settings.transcription ? { input_audio_transcription: transcription(settings) } : {}),
      ...(detection === undefined ? {} : { turn_detection: detection }),
      ...(settings.voice === undefined ? {} : { voice: settings.voice }),
      ...(settings.tools ? { tools: settings.tools.map(functionTool) } : {}),
    },
  }
}

const flatAssistant = (text: string): object => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text }],
})

/** OpenAI's preview shape: flat session, no images. */
const beta: Wire = {
  dialect: 'openai-beta',
  path: (intent) => (intent === 'transcription' ? '/v1/realtime?intent=transcription' : '/v1/realtime?'),
  headers: { 'OpenAI-Beta': 'realtime=v1' },
  eventName: (name) => flatNames[name] ?? name,
  update: flatUpdate,
  transcriptionUpdate(settings) {
    const detection = turnDetection(settings.turns)
    return {
      type: 'transcription_session.update',
      session: {
        input_audio_transcription: transcription(settings),
        ...(detection === undefined ? {} : { turn_detection: detection }),
      },
    }
  },
  assistantText: flatAssistant,
  imageMessage() {
    throw new NoCounterpart('OpenAI beta has no images.')
  },
  aside: (text) => ({ conversation: 'none', metadata: { topic: 'aside' }, input: [userMessage(text)] }),
}

/** Azure Voice Live: flat, with an Azure voice as an object. */
const voiceLive: Wire = {
  dialect: 'voice-live',
  path(intent) {
    if (intent === 'transcription') throw new NoCounterpart('Voice Live has no transcription sessions.')
    return '/voice-live/realtime?api-version=2026-07-15'
  },
  headers: {},
  eventName: (name) => flatNames[name] ?? name,
  update(settings) {
    if (typeof settings.turns === 'object' && settings.turns.idleTimeoutMs !== undefined) {
      throw new NoCounterpart('Voice Live has no idle time-out.')
    }
    const { voice, ...rest } = settings
    const azure = voice !== undefined && /^[a-z]{2,3}-[A-Z]/.test(voice)
    const update = flatUpdate(azure ? rest : settings) as { readonly session: object }
    if (!azure) return update
    return { ...update, session: { ...update.session, voice: { type: 'azure-standard', name: voice } } }
  },
  transcriptionUpdate() {
    throw new NoCounterpart('Voice Live has no transcription sessions.')
  },
  assistantText: flatAssistant,
  imageMessage,
  aside: (text) => ({ conversation: 'none', metadata: { topic: 'aside' }, input: [userMessage(text)] }),
}

/** Every kind of client the gateway serves. */
export const wires: readonly Wire[] = [ga, beta, voiceLive]
