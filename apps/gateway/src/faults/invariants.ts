import type { ContextItem, StoredContext } from '@parley/core/storage'
import { foldEntries } from '@parley/core/storage'
import type { CallerView, SeenResponse } from './caller-view.ts'
import type { SeenUpstream } from './fault-world.ts'
import type { Turn } from './turns.ts'

/** How a conversation went. */
export interface Outcome {
  readonly stored: StoredContext | undefined
  readonly view: CallerView
  readonly turns: readonly Turn[]
  readonly seen: readonly SeenUpstream[]
  readonly violations: readonly string[]
  /** The client has been told everything: its view is the store's. */
  readonly isToldAll: boolean
}

/** Everything that is wrong with it, empty for a conversation that nothing has broken. */
export function problemsOf(outcome: Outcome): readonly string[] {
  const { stored, view, violations } = outcome
  if (stored === undefined) return ['nothing is stored']
  const items = foldEntries(stored.entries)
  return [
    ...violations.flatMap((rule) => (isOfHalfOpen(rule) ? [] : [`the stand-in complains: ${rule}`])),
    ...errorsIn(view),
    ...logProblems(stored),
    ...turnProblems(items, outcome.turns),
    ...viewProblems(items, outcome),
    ...upstreamProblems(outcome),
  ]
}

/** Errors once a session was there; a call whose backend could not be had was told so. */
function errorsIn({ events }: CallerView): readonly string[] {
  const begun = events.findIndex(({ type }) => type === 'session.created')
  const errors = events.slice(begun).filter(({ type }) => type === 'error')
  return errors.map((event) => `the client is told ${JSON.stringify(event)}`)
}

/** No side of a half-open connection knows of it, so that the service still holds it when the next one comes. */
function isOfHalfOpen(rule: string): boolean {
  return rule === 'resumed while still connected'
}

/** Revisions have no gaps, time does not go back, and nothing is said of items before they are there. */
function logProblems({ entries }: StoredContext): readonly string[] {
  const known = new Set<string>()
  return entries.flatMap(({ revision, at, entry }, index) => {
    const before = entries[index - 1]
    const problems: string[] = []
    if (revision !== index + 1) problems.push(`revision ${revision} stands at ${index + 1}`)
    if (before !== undefined && before.at > at) problems.push(`time goes back at revision ${revision}`)
    if (entry.type === 'item') known.add(entry.item.id ?? '')
    else if (entry.type === 'erased') known.add(entry.place?.itemId ?? '')
    else if ('itemId' in entry && !known.has(entry.itemId))
      problems.push(`${entry.type} of ${entry.itemId} comes before the item`)
    return problems
  })
}

/** Each turn is there once, in order, with one answer before the next. */
function turnProblems(items: readonly ContextItem[], turns: readonly Turn[]): readonly string[] {
  const ids = items.map(({ item }) => item.id)
  const problems = ids.flatMap((id, index) => (ids.indexOf(id) === index ? [] : [`${id} is stored twice`]))
  const places = items.flatMap((item, index) => (kindOf(item) === 'user' ? [index] : []))
  if (places.length !== turns.length)
    problems.push(`${turns.length} turns were said, ${places.length} are stored`)
  for (const [index, turn] of turns.entries()) {
    const place = places[index]
    if (turn.kind !== 'spoken' && !ids.includes(turn.itemId)) problems.push(`${turn.itemId} is lost`)
    if (place === undefined) continue
    if (turn.kind !== 'spoken' && ids[place] !== turn.itemId)
      problems.push(`${ids[place] ?? 'nothing'} stands where ${turn.itemId} was said`)
    const kinds = items.slice(place + 1, places[index + 1]).map(kindOf)
    if (!answers[turn.kind].test(kinds.join(' ')))
      problems.push(`${turn.kind} ${turn.mark} was answered with: ${kinds.join(' ')}`)
  }
  return problems
}

/** What a turn may be answered with; before it there may be what was lost before a word or a call of it was there. */
const answers: Readonly<Record<Turn['kind'], RegExp>> = {
  text: /^(lost )*assistant$/,
  spoken: /^(lost )*assistant$/,
  tool: /^(lost )*(assistant|function_call function_call_output (lost )*assistant)$/,
}

function kindOf({ item }: ContextItem): string {
  if (item.type !== 'message') return item.status === 'incomplete' ? 'lost' : item.type
  const isLost = item.role === 'assistant' && item.status === 'incomplete' && item.content.length === 0
  return isLost ? 'lost' : item.role
}

/** What the client knows is what is stored, in the same order. */
function viewProblems(items: readonly ContextItem[], { view, isToldAll }: Outcome): readonly string[] {
  const stored = items.map(({ item }) => item.id ?? '')
  const known = view.items.map(({ id }) => id)
  const told = view.items.filter(({ isAcknowledged }) => isAcknowledged)
  const lost = told
    .filter(({ id }) => !stored.includes(id))
    .map(({ id }) => `${id} was acknowledged and is lost`)
  const common = stored.filter((id) => known.includes(id))
  const order = known.filter((id) => stored.includes(id))
  const problems = [...lost]
  if (common.join(' ') !== order.join(' '))
    problems.push(`the client has the order ${order.join(' ')}, the store ${common.join(' ')}`)
  if (isToldAll && known.join(' ') !== stored.join(' '))
    problems.push(`the client has ${known.join(' ')}, the store ${stored.join(' ')}`)
  if (view.openResponses.size > 0) problems.push(`responses never end: ${[...view.openResponses].join(' ')}`)
  const ended = view.responses.map(({ id }) => id)
  for (const [index, id] of ended.entries())
    if (ended.indexOf(id) !== index) problems.push(`response ${id} ends twice`)
  return problems
}

/** No backend was told a turn twice on one connection, or out of order; the last one knew all of them. */
function upstreamProblems({ seen, turns, view }: Outcome): readonly string[] {
  const problems: string[] = []
  let told: string[] = []
  for (const { from, event } of seen) {
    const text = JSON.stringify(event)
    if (from === 'server' && /"type":"session\.created"|"setupComplete"/.test(text)) told = []
    if (from === 'server' || !isUserTurn(text)) continue
    for (const [, mark = ''] of text.matchAll(/(?:this is|lookup for) (mark\d+)/g)) {
      if (told.includes(mark)) problems.push(`the backend was told ${mark} twice`)
      else if (Number(mark.slice(4)) < Number(told.at(-1)?.slice(4) ?? 0))
        problems.push(`the backend was told ${mark} after ${told.at(-1)}`)
      told.push(mark)
    }
  }
  const end = view.responses.at(-1)
  const knew = end?.status === 'completed' ? wordsOf(end) : ''
  if (!knew.startsWith('You said before: ')) return problems
  const said = turns.slice(0, -1).flatMap(({ text }) => (text === '' ? [] : [text]))
  const asked = knew.slice('You said before: '.length).replace(/\.$/, '').split(/ \|+ /)
  if (asked.filter((text) => said.includes(text)).join() !== said.join())
    problems.push(`at the end the backend knew: ${knew}`)
  return problems
}

function wordsOf({ output }: SeenResponse): string {
  return output
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .map((part: Readonly<Record<string, unknown>>) => part['text'] ?? part['transcript'])
    .join('')
}

function isUserTurn(text: string): boolean {
  if (text.includes('"conversation.item.create"')) return text.includes('"role":"user"')
  return text.includes('"clientContent"') && !text.includes('"role":"model"')
}
