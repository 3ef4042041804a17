import { answersByItself } from '../upstream/gap.ts'
import { nothing } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import type { Upstream, WordlessTurn } from '../upstream/upstream-state.ts'

/** Most turns without words that are remembered. */
const maxTurns = 16

/** A turn was committed under the id the client knows: its words may come, and so may an answer. */
export function withTurn(state: SessionState, itemId: string, at: number): SessionState {
  const { speech, settings, upstream, heardMs } = state
  const isHeardThere = speech?.itemId === itemId && !settings.supplied.listening
  const isOwn = !isHeardThere || (speech.span === undefined && upstream.commits.length > 0)
  const [commit, ...commits] = upstream.commits
  const heard = speech && { startMs: speech.startMs, endMs: heardMs }
  const span = isOwn ? commit?.span : (speech?.span ?? heard)
  const asked = isOwn && commit !== undefined
  return {
    ...(span ? withWordless(state, itemId, { span, due: expectsWords(state) }) : state),
    upstream: {
      ...upstream,
      commits: asked ? commits : upstream.commits,
      committed: [...upstream.committed, itemId].slice(-maxTurns),
      answersSince: !asked && answersByItself(state) ? at : upstream.answersSince,
    },
  }
}

/** Nobody will write the turn down. */
export function withoutWords(state: SessionState, itemId: string): SessionState {
  const turn = state.wordless.get(itemId)
  return turn ? withWordless(state, itemId, { ...turn, due: false }) : state
}

/** A turn that was said again stands in the new backend; the client has known it all along. */
export function turnResaid(state: SessionState, at: number): Step {
  const { upstream, settings } = state
  const [turn, ...resaid] = upstream.resaid
  if (!turn) return nothing(state)
  const { itemId, ended } = turn
  const answersIt = ended && answersByItself(state)
  const untold = upstream.untold.difference(new Set([itemId]))
  const told: Upstream = { ...upstream, resaid, untold }
  const language = settings.supplied.transcription?.language ?? undefined
  const outputs: readonly SessionOutput[] = settings.supplied.transcription
    ? [
        { to: 'recorder', keep: itemId, span: undefined },
        { to: 'transcriber', itemId, language },
      ]
    : []
  return {
    state: {
      ...withWords(state, itemId),
      seeded: new Set([...state.seeded, itemId]),
      waiting: answersIt ? state.waiting.filter(({ type }) => type !== 'response.create') : state.waiting,
      upstream: answersIt ? { ...told, answersSince: at } : told,
    },
    outputs,
  }
}

/** Speech that began before the backend took over is heard there as well. */
export function speechGoesOn(
  state: SessionState,
  { itemId, startMs }: NonNullable<Upstream['resumedSpeech']>,
): SessionState {
  return {
    ...state,
    idleAt: undefined,
    speech: { itemId, startMs, span: undefined },
    upstream: { ...state.upstream, resumedSpeech: undefined },
  }
}

function withWords(state: SessionState, itemId: string): SessionState {
  const turn = state.wordless.get(itemId)
  return turn ? withWordless(state, itemId, { ...turn, due: expectsWords(state) }) : state
}

function withWordless(state: SessionState, itemId: string, turn: WordlessTurn): SessionState {
  return { ...state, wordless: new Map([...state.wordless, [itemId, turn] as const].slice(-maxTurns)) }
}

function expectsWords({ session, settings }: SessionState): boolean {
  if (settings.supplied.transcription) return true
  return session?.audio?.input?.transcription != null
}
