import { RealtimeError } from '@parley/core'
import type { DialectName } from '@parley/core'
import type { ContextOptions } from '@parley/core/context'
import type { SessionPorts } from '@parley/core/session'
import { backendRequest, chooseBackends } from './backend-choice.ts'
import type { BackendChoice, BackendChoices, VoiceLiveModes } from './backend-choice.ts'
import { parseConversationId } from './conversation-id.ts'
import { parseContextOptions, parsePerson } from './memory/context-request.ts'
import type { Memory } from './memory/memory.ts'
import { sessionOfToken } from './sessions/resume-token.ts'
import type { ClientSecret } from './secrets.ts'

/** What a query asks for. */
export interface RealtimeRequest {
  /** The backend that serves first, and those that take over. */
  readonly choices: readonly [BackendChoice, ...BackendChoice[]]
  readonly conversationId: string
  /** The id was made here, so nothing is stored under it. */
  readonly isNew: boolean
  readonly intent: NonNullable<SessionPorts['intent']>
  /** How much backends are told. */
  readonly context: ContextOptions
  /** Who speaks, `undefined` for nobody in particular. */
  readonly person: string | undefined
  /** Its sound is kept beside its words. */
  readonly keepAudio: boolean
}

/** What a query is read with. */
export interface RealtimeRequestOptions extends BackendChoices {
  /** What Voice Live clients may ask for by query. */
  readonly voiceLiveModes: VoiceLiveModes
  readonly memory: Memory
  /** Sound is kept of sessions that ask for neither. */
  readonly keepAudio: boolean
  readonly newId: (prefix: string) => string
}

/** Reads a query that `settleQuery` has completed. */
export function parseRealtimeRequest(
  query: URLSearchParams,
  dialect: DialectName,
  options: RealtimeRequestOptions,
): RealtimeRequest {
  const asked = backendRequest(query, dialect === 'voice-live' ? options.voiceLiveModes : undefined)
  const choices = chooseBackends({ ...asked, dialect }, options)
  const conversation = query.get('conversation')
  return {
    choices,
    isNew: conversation === null,
    conversationId:
      conversation === null ? options.newId('conv') : parseConversationId(conversation, 'conversation'),
    intent: parseIntent(query.get('intent')),
    context: parseContextOptions(
      query,
      { strategy: 'context', tokens: 'context_tokens' },
      options.memory.context,
    ),
    person: parsePerson(query, options.memory.people !== undefined),
    keepAudio: parseKeepAudio(query.get('keep_audio')) ?? options.keepAudio,
  }
}

/** Where credentials, and what is good for one connection only, may be in a query. */
const notKept = ['api-key', 'authorization', 'Authorization', 'access_token', 'resume', 'after', 'dialect']

/** The query as another process may read it again: with what a client secret grants, and without credentials. */
export function settleQuery(query: URLSearchParams, secret: ClientSecret | undefined): URLSearchParams {
  const settled = new URLSearchParams(query)
  for (const name of notKept) settled.delete(name)
  if (secret === undefined) return settled
  // Who holds a secret is who it was minted for, and nobody else.
  const { person } = secret
  if (settled.has('person') && settled.get('person') !== person) {
    throw invalid('A client secret speaks for the person it was minted for, if for any.', 'person')
  }
  if (person !== undefined) settled.set('person', person)
  const namesModel = (settled.get('model') ?? '') !== '' || (settled.get('deployment') ?? '') !== ''
  if (!namesModel && secret.model !== undefined) settled.set('model', secret.model)
  if (!settled.has('intent')) settled.set('intent', secret.intent)
  return settled
}

function parseIntent(text: string | null): RealtimeRequest['intent'] {
  if (text === null) return 'conversation'
  if (text === 'conversation' || text === 'transcription') return text
  throw new RealtimeError('invalid_value', 'The intent is conversation or transcription.', {
    param: 'intent',
  })
}

function parseKeepAudio(text: string | null): boolean | undefined {
  if (text === null) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  throw invalid('keep_audio is true or false.', 'keep_audio')
}

/** What a request says about coming back. */
export type ResumeRequest =
  | { readonly kind: 'plain' }
  | { readonly kind: 'new' }
  | { readonly kind: 'back'; readonly token: string; readonly id: string; readonly after: number }

/** What the request that opened the session has settled. */
const settledByToken = [
  'conversation',
  'backend',
  'model',
  'deployment',
  'intent',
  'record',
  'context',
  'context_tokens',
  'person',
  'keep_audio',
] as const

/** Reads `?resume=new` or `?resume=<token>&after=<n>`; throws what is wrong with them and with what is beside them. */
export function parseResume(query: URLSearchParams): ResumeRequest {
  const resume = query.get('resume')
  const after = query.get('after')
  if (resume === null || resume === 'new') {
    if (after !== null) throw invalid('after belongs to resume=<token>.', 'after')
    return { kind: resume === null ? 'plain' : 'new' }
  }
  const id = sessionOfToken(resume)
  if (id === undefined) throw invalid('resume is new or a token.', 'resume')
  const beside = settledByToken.find((name) => query.has(name))
  if (beside !== undefined) {
    throw invalid(`A session that is resumed keeps what it was opened with: leave ${beside} out.`, beside)
  }
  if (after === null) {
    throw new RealtimeError(
      'missing_required_parameter',
      'after is the number of the last server event you have; 0 for none.',
      { param: 'after' },
    )
  }
  if (!/^\d{1,15}$/.test(after)) throw invalid('after is a whole number.', 'after')
  return { kind: 'back', token: resume, id, after: Number(after) }
}

function invalid(message: string, param: string): RealtimeError {
  return new RealtimeError('invalid_value', message, { param })
}
