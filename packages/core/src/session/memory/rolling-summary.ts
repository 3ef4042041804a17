import { factTokens } from '../../context/context-block.ts'
import type { ContextMaterial } from '../../context/context-plan.ts'
import { itemTokens } from '../../context/item-words.ts'
import { limitOf, summaryTokens } from '../../context/plan-context.ts'
import { smallestPartsOf, turnsOf } from '../../context/turns.ts'
import type { Item } from '../../events/items.ts'
import { itemsOf } from '../items/conversation.ts'
import { nothing } from '../session-state.ts'
import type { SessionState, Step } from '../session-state.ts'

/** Part of the room that what is left unsummarised takes up afterwards: the next summary is a while away. */
const keptShare = 0.5

/**
 * Asks for a summary once what no summary covers would no longer fit word by word: of the oldest turns, so that the
 * newest ones stay out of it. Until it is there, and where it fails, plans make do without.
 */
export function considerSummary(state: SessionState): Step {
  const { memory, conversation, capabilities } = state
  if (!memory.canSummarize || memory.summarizing !== undefined || memory.options.strategy !== 'summary')
    return nothing(state)
  const items = itemsOf(conversation)
  const since = items.slice(items.findIndex(({ id }) => id === memory.summary?.throughItemId) + 1)
  const facts = [...memory.pinned, ...memory.person].reduce((sum, fact) => sum + factTokens(fact), 0)
  const limit = limitOf(memory.options, capabilities)
  const maxTokens = summaryTokens(limit - facts)
  const room = limit - facts - maxTokens
  if (tokensOf(since) <= room) return nothing(state)
  const whole = turnsOf(since)
  // Who only ever speaks, and is not answered, has one endless turn.
  const turns = whole.length > 1 ? whole : smallestPartsOf(since)
  let left = tokensOf(since)
  const kept = turns.findIndex((turn) => {
    if (left <= room * keptShare) return true
    left -= tokensOf(turn)
    return false
  })
  // The newest turn is never summarised: it may not be over.
  const summarised = turns.slice(0, kept === -1 ? -1 : kept).flat()
  const throughItemId = summarised.findLast(({ id }) => id !== undefined)?.id
  if (throughItemId === undefined) return nothing(state)
  const request = { previous: memory.summary?.text, items: summarised, maxTokens, throughItemId }
  return {
    state: { ...state, memory: { ...memory, summarizing: throughItemId } },
    outputs: [{ to: 'summarizer', request }],
  }
}

/** Keeps the summary that was asked for, unless an item was deleted meanwhile. */
export function summaryWritten(state: SessionState, summary: ContextMaterial['summary']): Step {
  const { summarizing } = state.memory
  const next = { ...state, memory: { ...state.memory, summarizing: undefined } }
  if (summary === undefined || summary.throughItemId !== summarizing || summary.text.trim() === '')
    return nothing(next)
  return { state: next, outputs: [{ to: 'store', entries: [{ type: 'summary', ...summary }] }] }
}

function tokensOf(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + itemTokens(item), 0)
}
