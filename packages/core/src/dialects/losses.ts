import {
  responseExtensionRules,
  sessionExtensionRules,
  type ExtensionRule,
} from '../events/extension-rules.ts'
import type { DialectName } from '../events/extension.ts'
import type { ResponseExtension, SessionExtension } from '../events/extensions.ts'
import type { Dialect } from './dialect.ts'
import { openaiBeta } from './openai-beta/index.ts'
import { voiceLive } from './voice-live/index.ts'

/** What becomes of something a client's dialect has where the other side does not have it. */
export interface Loss {
  /** The dialect of the client. */
  readonly dialect: DialectName
  /** A field as the client writes it, or the type of an event. */
  readonly what: string
  /**
   * `unsupported`: refused with that error. `warning`: left out or replaced, and the client is told. `supplied`:
   * said by other means. `omitted`: an event of GA that clients of this dialect do not know.
   */
  readonly outcome: 'unsupported' | 'warning' | 'supplied' | 'omitted'
  /** What stands in its place. */
  readonly how?: string
}

const outcomes: Readonly<Record<ExtensionRule, Loss['outcome']>> = {
  refuse: 'unsupported',
  warn: 'warning',
  implied: 'supplied',
}

const sessionStandIns = {
  voice: 'The voice of that name; a name the backend does not have is an invalid value.',
  turn_detection: '`server_vad` with the fields both have.',
  input_audio_transcription: 'Transcription without the list of phrases and the custom models.',
  modalities: 'Text and audio can be had everywhere, avatars and animation cannot.',
  tools: 'Functions and MCP servers remain; agents as tools cannot be had elsewhere.',
} satisfies Partial<Record<SessionExtension, string>>

const responseStandIns = {
  voice: sessionStandIns.voice,
  commit: "`conversation: 'none'` keeps the response out of the conversation.",
  input_items: '`input` replaces the context.',
} satisfies Partial<Record<ResponseExtension, string>>

/** Client events of Voice Live that only Voice Live understands. */
export const voiceLiveOnlyEvents = [
  'session.avatar.connect',
  'input_audio.turn.start',
  'input_audio.turn.append',
  'input_audio.turn.end',
  'input_audio.turn.cancel',
  'input_audio.clear',
  'input_text.delta',
  'input_text.done',
] as const

/** Everything that a client's dialect and the rest of the world do not share, for documentation. */
export const losses: readonly Loss[] = [
  {
    dialect: 'openai-beta',
    what: 'session.temperature',
    outcome: outcomes[sessionExtensionRules.temperature],
  },
  {
    dialect: 'openai-beta',
    what: 'response.temperature',
    outcome: outcomes[responseExtensionRules.temperature],
  },
  ...omissions(openaiBeta),
  ...voiceLiveFields('session', sessionExtensionRules, sessionStandIns),
  ...voiceLiveFields('response', responseExtensionRules, responseStandIns),
  ...voiceLiveOnlyEvents.map((what): Loss => ({ dialect: 'voice-live', what, outcome: 'unsupported' })),
  ...omissions(voiceLive),
]

function voiceLiveFields(
  root: string,
  rules: Readonly<Record<string, ExtensionRule>>,
  standIns: Readonly<Record<string, string>>,
): readonly Loss[] {
  return Object.entries(rules).map(([key, rule]) => {
    const how = standIns[key]
    return {
      dialect: 'voice-live',
      what: `${root}.${key}`,
      outcome: outcomes[rule],
      ...(how !== undefined && { how }),
    }
  })
}

function omissions({ name, omits }: Dialect): readonly Loss[] {
  return [...omits].map((what): Loss => {
    const how = 'Items are announced once, by `conversation.item.created`.'
    return { dialect: name, what, outcome: 'omitted', ...(what === 'conversation.item.done' && { how }) }
  })
}
