import { ownEvent } from '../own-events.ts'
import { andThen, nothing } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import type { SoundSpan } from '../listening/sound-span.ts'
import { answersByItself } from './gap.ts'
import type { PendingCommit } from './upstream-state.ts'

/** Most sound of the client that is said again (ms). */
export const longestResentMs = 120_000

/** Sound before speech that a backend needs to find its beginning (ms). */
const leadInMs = 600

/** Sound of which the backend may yet find that it is speech, with the time its word for that is on its way (ms). */
const unjudgedMs = 2_000

/** Who needs to know whether the user waits for an answer. */
interface Owing {
  readonly isOwed: boolean
}

/**
 * Says to a new backend what the last one heard and did not keep: unanswered turns, each at its place among the
 * `seeds` that tell the conversation, then commits under way, then open sound.
 */
export function sayAgain(seeds: Step, { isOwed }: Owing): Step {
  const turns = turnsToSay(seeds.state, isOwed)
  const wordless = new Map(turns.map(({ itemId, span }) => [itemId, { span, due: false }]))
  let state: SessionState = { ...seeds.state, wordless }
  const said = turns.map(({ itemId, span }) => {
    const step = sayTurn(state, { itemId, span })
    state = step.state
    return { itemId, outputs: step.outputs }
  })
  const outputs = inOrder(state.conversation.order, seeds.outputs, said)
  const committed = commitsToSay(state)
  const commits = committed.reduce<Step>((step, commit) => andThen(step, (next) => sayCommit(next, commit)), {
    state: { ...state, upstream: { ...state.upstream, commits: [] } },
    outputs,
  })
  const spans = [...turns, ...committed].map(({ span }) => span)
  return andThen(commits, (next) => sayOpenSound(next, spans))
}

interface Said {
  readonly itemId: string
  readonly outputs: readonly SessionOutput[]
}

/** The seeds with the turns that are said again at their places in the conversation. */
function inOrder(
  order: readonly string[],
  seeds: readonly SessionOutput[],
  turns: readonly Said[],
): readonly SessionOutput[] {
  const left = [...turns]
  const before = (index: number): readonly SessionOutput[] => {
    const outputs: SessionOutput[] = []
    while (left[0] && order.indexOf(left[0].itemId) < index) outputs.push(...(left.shift()?.outputs ?? []))
    return outputs
  }
  const placed = seeds.flatMap((seed) => {
    const isItem = seed.to === 'provider' && seed.event.type === 'conversation.item.create'
    return isItem ? [...before(order.indexOf(seed.event.item.id ?? '')), seed] : [seed]
  })
  return [...placed, ...left.flatMap(({ outputs }) => outputs)]
}

interface Turn {
  readonly itemId: string
  readonly span: SoundSpan
}

/** Turns after the last answer that have no words. A backend that would answer them is not told without need. */
function turnsToSay(state: SessionState, isOwed: boolean): readonly Turn[] {
  if (!isOwed && answersByItself(state)) return []
  return unansweredTurns(state)
}

function unansweredTurns(state: SessionState): readonly Turn[] {
  const { conversation, wordless, upstream } = state
  const answered = conversation.order.findLastIndex((id) => {
    const item = conversation.items.get(id)
    return item?.type === 'message' && item.role === 'assistant' && item.content.length > 0
  })
  const coming = upstream.committed.filter((id) => !conversation.items.has(id))
  return [...conversation.order.slice(answered + 1), ...coming].flatMap((itemId) => {
    const turn = wordless.get(itemId)
    return turn && turn.span.endMs > oldestMs(state) ? [{ itemId, span: turn.span }] : []
  })
}

function sayTurn(state: SessionState, { itemId, span }: Turn): Step {
  const { upstream } = state
  const commit = ownEvent(state, { type: 'input_audio_buffer.commit' })
  const resaid = [...upstream.resaid, { itemId, ended: false }]
  return {
    state: { ...commit.state, upstream: { ...upstream, resaid } },
    outputs: [
      { to: 'upstream', resend: span, judged: false },
      { to: 'provider', event: commit.event },
    ],
  }
}

/** Commits without an answer; a turn that the backend was about to commit becomes one. */
function commitsToSay(state: SessionState): readonly (PendingCommit & { readonly own: boolean })[] {
  const { upstream, speech, announced } = state
  if (upstream.commits.length > 0) return upstream.commits.map((commit) => ({ ...commit, own: false }))
  if (!speech?.span || announced !== undefined) return []
  return [{ event: { type: 'input_audio_buffer.commit' }, span: speech.span, own: true }]
}

function sayCommit(
  state: SessionState,
  { event, span, own }: PendingCommit & { readonly own: boolean },
): Step {
  const made = own || state.announced !== undefined ? ownEvent(state, event) : { state, event }
  const { upstream } = made.state
  const announced = state.announced ?? state.speech?.itemId
  return {
    state: {
      ...made.state,
      announced,
      upstream: { ...upstream, commits: [...upstream.commits, { event: made.event, span }] },
    },
    outputs: [
      { to: 'upstream', resend: span, judged: false },
      { to: 'provider', event: made.event },
    ],
  }
}

/** The sound nobody has committed, from where speech began if it did. It is the first of the new backend's clock. */
function sayOpenSound(state: SessionState, said: readonly SoundSpan[]): Step {
  const { heardMs, speech, settings, upstream } = state
  const isUnderWay = speech !== undefined && speech.span === undefined && upstream.commits.length === 0
  const isManual =
    !settings.supplied.listening && state.session?.type === 'realtime' && wantsManualTurns(state)
  const fromMs = isManual
    ? heardMs - state.bufferedMs
    : isUnderWay
      ? speech.startMs
      : Math.max(heardMs - leadInMs, ...said.map(({ endMs }) => endMs))
  const span = { startMs: Math.max(0, fromMs, oldestMs(state)), endMs: heardMs }
  const judged = settings.supplied.listening !== undefined
  const before = judged ? [] : said
  const resentMs = [...before, span].reduce(
    (sum, { startMs, endMs }) => sum + Math.max(0, endMs - startMs),
    0,
  )
  const resumedSpeech =
    isUnderWay && !isManual ? { itemId: speech.itemId, startMs: speech.startMs } : undefined
  const next: SessionState = {
    ...state,
    bufferedMs: Math.max(0, span.endMs - span.startMs),
    ...(isUnderWay && { speech: undefined, announced: undefined }),
    upstream: { ...upstream, offsetMs: heardMs - resentMs, resumedSpeech },
  }
  if (span.endMs <= span.startMs) return nothing(next)
  return { state: next, outputs: [{ to: 'upstream', resend: span, judged }] }
}

/** The client ends its turns itself. */
export function wantsManualTurns({ settings: { wanted }, session }: SessionState): boolean {
  const asked = wanted?.audio?.input?.turn_detection
  if (asked !== undefined) return asked === null
  return session?.type === 'realtime' && session.audio?.input?.turn_detection === null
}

/** From where on the client's sound has led to nothing that is stored, and may be needed by another backend (ms). */
export function neededFromMs(state: SessionState): number {
  const { heardMs, bufferedMs, speech, wordless, upstream } = state
  const due = [...wordless.values()].filter(({ due: isDue }) => isDue)
  const spans = [...due, ...unansweredTurns(state), ...upstream.commits].map(({ span }) => span.startMs)
  const open = wantsManualTurns(state) ? heardMs - bufferedMs : (speech?.startMs ?? heardMs - unjudgedMs)
  return Math.max(oldestMs(state), Math.min(open, ...spans))
}

function oldestMs({ heardMs }: SessionState): number {
  return heardMs - longestResentMs
}
