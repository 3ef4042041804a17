import type { ServerEvent } from '@parley/core'
import { noticeOfWarning, type Migration, type Notice } from './notice.ts'
import { isAboutConnection } from './problem.ts'
import { changeTurn, noticeTurn, type Turn } from './turns.ts'
import type { SessionView } from './view.ts'

/** What the gateway left out or replaced, once: a session taken up again would say it each time. */
export function withWarning(
  view: SessionView,
  event: Extract<ServerEvent, { type: 'warning' }>,
  at: number,
): SessionView {
  const { message, code, param } = event.warning
  const known = noticeOfWarning(code)
  if (known) return withStoreNotice(view, known, at)
  const itemId = `notice ${code ?? ''} ${param ?? ''} ${message}`
  if (view.turns.some((turn) => turn.itemId === itemId)) return view
  const notice: Turn = { ...noticeTurn({ kind: 'warned', detail: message }, at), itemId }
  return { ...view, turns: [...view.turns, notice] }
}

/** A delay of the store that was over at once is not worth a line. */
const briefMs = 10_000

function withStoreNotice(view: SessionView, notice: Notice, at: number): SessionView {
  const before = view.turns.findLast((turn) => turn.notice?.kind === 'behind')
  const wasBrief = notice.kind === 'caughtUp' && before !== undefined && at - before.at < briefMs
  return wasBrief
    ? { ...view, turns: view.turns.filter((turn) => turn !== before) }
    : withNotice(view, notice, at)
}

/** A line about the session, at the end of what was said. */
export function withNotice(view: SessionView, notice: Notice, at: number): SessionView {
  const isFresh = notice.kind === 'continued' || (notice.kind === 'migrated' && notice.reason === 'restart')
  // Another gateway has nothing to catch up with.
  const turns = isFresh ? view.turns.filter((turn) => turn.notice?.kind !== 'behind') : view.turns
  return { ...view, turns: [...turns, noticeTurn(notice, at)] }
}

/** The client has nothing to do; a person sees who goes on, and which answer broke off. */
export function withMigration(view: SessionView, migration: Migration | undefined, at: number): SessionView {
  if (!migration) return view
  const { unfinishedItemId, to, context } = migration
  const marked =
    unfinishedItemId === undefined
      ? view
      : {
          ...view,
          turns: changeTurn(view.turns, unfinishedItemId, (turn) => ({
            ...turn,
            status: 'done',
            brokeOff: true,
          })),
        }
  const last = marked.turns.at(-1)
  // The restart says why the connection was gone.
  const turns =
    migration.reason === 'restart' && last?.notice?.kind === 'resumed'
      ? marked.turns.slice(0, -1)
      : marked.turns
  // Somebody answers again.
  const problem = view.problem && isAboutConnection(view.problem) ? undefined : view.problem
  return withNotice(
    { ...marked, turns, problem, backend: to, context: context ?? view.context },
    migration,
    at,
  )
}
