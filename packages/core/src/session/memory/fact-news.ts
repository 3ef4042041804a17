import type { Fact } from '../../context/context-plan.ts'
import { inPlaceOfEarlier, withFacts } from '../../context/context-block.ts'
import type { BlockFacts } from '../../context/context-block.ts'
import { factsOf } from '../../context/plan-context.ts'
import type { ConversationItemCreate } from '../../events/client-events.ts'
import { ownEvent } from '../own-events.ts'
import { sendOrHold } from '../settings/pending-updates.ts'
import { andThen, nothing, takeId } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'
import { withPerson } from './remembering.ts'
import { answers, bareInstructions } from './seeding.ts'

/** Ids of notes told later; backends take at most 32 characters. */
const noteIdPrefix = 'notes'

/** Updates under way at one time; what the backend reports after that holds a newer block. */
const maxFormerBlocks = 8

/**
 * Tells the backend in use of facts that others added, changed or deleted while the session runs. Without a backend, or
 * with one that cannot be told, the next one learns of it.
 */
export function tellFacts(state: SessionState, at: number): Step {
  const { phase, gap, kind, capabilities, memory } = state
  if (phase !== 'open' || gap || !answers(kind) || capabilities.historySeeding === 'none')
    return nothing(state)
  const facts = factsOf(memory)
  return capabilities.historySeeding === 'items'
    ? tellInItem(state, facts)
    : tellInInstructions(state, facts, at)
}

/** Other facts are known of the person. What was learned from the talk itself the backend knows; what is gone it does not. */
export function personKnown(
  state: SessionState,
  {
    facts,
    byOthers,
    at,
  }: { readonly facts: readonly Fact[]; readonly byOthers?: boolean; readonly at: number },
): Step {
  const known = withPerson(state, facts)
  const isGone = state.memory.person.some(
    ({ id, text }) => !facts.some((fact) => fact.id === id && fact.text === text),
  )
  return byOthers === true || isGone ? tellFacts(known, at) : nothing(known)
}

/** The note goes in place of the one before; where a backend forgets nothing it comes last and says so. */
function tellInItem(state: SessionState, facts: BlockFacts): Step {
  const { note } = state.memory
  const text = withFacts(note?.text, facts)
  if (text === note?.text) return nothing(state)
  if (!note) return createNote(state, { text, told: text, place: { previous_item_id: 'root' } })
  if (state.capabilities.itemDeletion !== 'native')
    return createNote(state, { text, told: inPlaceOfEarlier(text), place: {} })
  return andThen(deleteNote(state, note.itemId), (next) =>
    createNote(next, { text, told: text, place: { previous_item_id: 'root' } }),
  )
}

function deleteNote(state: SessionState, itemId: string): Step {
  const { upstream } = state
  const hidden = { ...upstream, retelling: new Set([...upstream.retelling, itemId]) }
  const event = { type: 'conversation.item.delete', item_id: itemId } as const
  const own = ownEvent({ ...state, upstream: hidden, memory: { ...state.memory, note: undefined } }, event)
  return { state: own.state, outputs: [{ to: 'provider', event: own.event }] }
}

function createNote(
  state: SessionState,
  note: {
    readonly text: string | undefined
    /** The text as the backend is told it. */
    readonly told: string | undefined
    readonly place: Pick<ConversationItemCreate, 'previous_item_id'>
  },
): Step {
  if (note.told === undefined) return nothing(state)
  const named = takeId(state, noteIdPrefix)
  const own = ownEvent(named.state, {
    type: 'conversation.item.create',
    ...note.place,
    item: {
      id: named.id,
      type: 'message',
      role: 'system',
      content: [{ type: 'input_text', text: note.told }],
    },
  } as const)
  return {
    state: {
      ...own.state,
      seeded: new Set([...state.seeded, named.id]),
      memory: { ...own.state.memory, note: { itemId: named.id, text: note.text } },
    },
    outputs: [{ to: 'provider', event: own.event }],
  }
}

function tellInInstructions(state: SessionState, facts: BlockFacts, at: number): Step {
  const { memory, capabilities, begun } = state
  const bare = bareInstructions(state)
  // Empty instructions could pass for none, which would leave the earlier ones in force.
  const nothingLeft = memory.block !== undefined && bare === '' ? inPlaceOfEarlier(undefined) : undefined
  const block = withFacts(memory.block, facts) ?? nothingLeft
  if (block === memory.block) return nothing(state)
  if (begun && !capabilities.updatable.includes('instructions')) return nothing(state)
  const formerBlocks = [...(memory.block === undefined ? [] : [memory.block]), ...memory.formerBlocks].slice(
    0,
    maxFormerBlocks,
  )
  const next = { ...state, memory: { ...memory, block, formerBlocks, blockTold: block === undefined } }
  // The client's first update, or whatever it says first, brings the block with it.
  if (!memory.blockTold) return nothing(next)
  const instructions = block === undefined ? { instructions: bare } : {}
  const own = ownEvent(next, {
    type: 'session.update',
    session: { type: 'realtime', ...instructions },
  } as const)
  return sendOrHold(own.state, { event: own.event, own: true, before: state.settings }, at)
}
