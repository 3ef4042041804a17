import type { ContextPlan } from '../../context/context-plan.ts'
import { toldItems } from '../../context/material.ts'
import { blockItemId, planContext } from '../../context/plan-context.ts'
import type { ClientEvent, ConversationItemCreate } from '../../events/client-events.ts'
import type { Item } from '../../events/items.ts'
import type { ContextReport } from '../../events/parley-events.ts'
import type { RealtimeSessionConfig, Session } from '../../events/session-config.ts'
import { itemsOf } from '../items/conversation.ts'
import { ownEvent } from '../own-events.ts'
import { sendOrHold } from '../settings/pending-updates.ts'
import { andThen, nothing } from '../session-state.ts'
import type { SessionOutput, SessionState, Step } from '../session-state.ts'
import type { Memory } from './memory.ts'

/**
 * Tells a new upstream session what the conversation holds: items here and now. What has to stand in the instructions
 * goes with the next `session.update`, or before the client's next event.
 */
export function seed(state: SessionState): Step {
  const { items, instructions, report } = planOf(state)
  const blockTold = instructions === undefined
  const memory: Memory = {
    ...state.memory,
    block: instructions,
    blockTold,
    formerBlocks: [],
    note: noteIn(items),
    report,
  }
  const seeded = new Set(items.flatMap(({ id }) => id ?? []))
  const untold = new Set(state.conversation.order.filter((id) => !seeded.has(id)))
  return items.reduce<Step>(
    (step, item) =>
      andThen(step, (next) => {
        const create: ConversationItemCreate = { type: 'conversation.item.create', item }
        const own = ownEvent(next, create)
        return { state: own.state, outputs: [{ to: 'provider', event: own.event }] }
      }),
    nothing({ ...state, memory, seeded, upstream: { ...state.upstream, untold } }),
  )
}

function noteIn(items: readonly Item[]): Memory['note'] {
  const item = items.find(({ id }) => id === blockItemId)
  if (item?.type !== 'message' || item.role !== 'system') return undefined
  return { itemId: blockItemId, text: item.content.map(({ text }) => text).join('') }
}

/** What a new upstream session of the backend in use would be told now. */
export function planOf({ conversation, memory, capabilities, kind }: SessionState): ContextPlan {
  const items = itemsOf(conversation)
  const told = answers(kind) ? capabilities : { ...capabilities, historySeeding: 'none' as const }
  return planContext({ ...memory, items: toldItems(items) }, memory.options, told)
}

/** Who only writes down speech needs to know nothing. */
export function answers(kind: SessionState['kind']): boolean {
  return kind === undefined || kind === 'realtime'
}

/** What the upstream session in use was told when it began; before that, what it would be told. */
export function contextReport(state: SessionState): ContextReport {
  return state.memory.report ?? planOf(state).report
}

/** Has the backend told of the block before an event of the client that it could answer without. */
export function tellBlock(state: SessionState, event: ClientEvent, at: number): Step {
  if (state.phase !== 'open' || !isUntold(state)) return nothing(state)
  if (event.type === 'session.update' || event.type === 'extension') return nothing(state)
  const own = ownEvent(state, { type: 'session.update', session: { type: 'realtime' } } as const)
  return sendOrHold(own.state, { event: own.event, own: true, before: state.settings }, at)
}

/**
 * Puts the block behind the instructions of every update on its way to the backend, and an update before anything of
 * the session's own that asks for an answer.
 */
export function addBlock({ state, outputs }: Step): Step {
  return outputs.reduce<Step>((before, output) => {
    const first =
      isUntold(before.state) && asksForAnswer(output) ? ownUpdate(before.state) : nothing(before.state)
    const next = [...first.outputs, output].reduce<Step>(withBlockIn, nothing(first.state))
    return { state: next.state, outputs: [...before.outputs, ...next.outputs] }
  }, nothing(state))
}

function ownUpdate(state: SessionState): Step {
  const own = ownEvent(state, { type: 'session.update', session: { type: 'realtime' } } as const)
  const pending = { event: own.event, own: true, before: state.settings }
  return {
    state: { ...own.state, updates: [...own.state.updates, pending] },
    outputs: [{ to: 'provider', event: own.event }],
  }
}

function asksForAnswer(output: SessionOutput): boolean {
  if (output.to === 'upstream') return 'resend' in output
  if (output.to !== 'provider') return false
  const { type } = output.event
  return (
    type === 'response.create' || type === 'input_audio_buffer.append' || type === 'input_audio_buffer.commit'
  )
}

function withBlockIn({ state, outputs }: Step, output: SessionOutput): Step {
  const update = output.to === 'provider' && output.event.type === 'session.update' ? output.event : undefined
  const session = update?.session.type === 'realtime' ? withBlock(update.session, state) : undefined
  if (update === undefined || session === undefined) return { state, outputs: [...outputs, output] }
  return {
    state: { ...state, memory: { ...state.memory, blockTold: true } },
    outputs: [...outputs, { to: 'provider', event: { ...update, session } }],
  }
}

/** `undefined` for an update that needs no block: it leaves the instructions as they are, and they have it. */
function withBlock(config: RealtimeSessionConfig, state: SessionState): RealtimeSessionConfig | undefined {
  const { block, blockTold } = state.memory
  if (block === undefined || (config.instructions === undefined && blockTold)) return undefined
  const instructions = config.instructions ?? bareInstructions(state)
  return { ...config, instructions: instructions === '' ? block : `${instructions}\n\n${block}` }
}

/** The instructions without the block: what the client asked for, also where the backend has not answered yet. */
export function bareInstructions({ settings: { wanted }, session }: SessionState): string {
  const asked = wanted?.type === 'realtime' ? wanted.instructions : undefined
  const reported = session?.type === 'realtime' ? session.instructions : undefined
  return asked ?? reported ?? ''
}

/** A backend's session as it would be without the block. */
export function withoutBlock(session: Session, { memory }: SessionState): Session {
  if (session.type !== 'realtime') return session
  const { instructions = '' } = session
  const block = [memory.block ?? '', ...memory.formerBlocks].find(
    (told) => told !== '' && instructions.endsWith(told),
  )
  if (block === undefined) return session
  return { ...session, instructions: instructions.slice(0, -block.length).replace(/\n\n$/, '') }
}

function isUntold({ memory: { block, blockTold } }: SessionState): boolean {
  return block !== undefined && !blockTold
}
