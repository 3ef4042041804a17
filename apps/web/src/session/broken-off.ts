import type { ConversationItemCreate } from '@parley/core'
import type { Turn } from './turns.ts'
import type { SessionView } from './view.ts'

/** Begins the ids of events that tell a new session of a lost answer; it may know the item already. */
const retellingId = 'page_retells_'

/** True for an event id of `retellings`, so that a refusal needs no word to the person. */
export function isRetelling(eventId: string | null | undefined): boolean {
  return eventId?.startsWith(retellingId) ?? false
}

/**
 * The turns once their session is gone: an answer it did not finish, or whose sound was still to be heard, broke off
 * there. `shares` is how much of the sound of each item was heard, from 0 to 1.
 */
export function breakOff(turns: readonly Turn[], shares: ReadonlyMap<string, number>): readonly Turn[] {
  return turns.map((turn) => {
    const share = shares.get(turn.itemId)
    const isOpen = turn.status === 'live' || (share !== undefined && share < almostAll)
    if (turn.role !== 'assistant' || !isOpen || turn.heard !== undefined) return turn
    // Where there is no sound, what was written was read.
    return { ...turn, status: 'done', brokeOff: true, heard: heardPart(turn.text, share ?? 1) }
  })
}

/** The last of an item may be on its way through the speaker. */
const almostAll = 0.98

/** Sound comes as evenly as its words, more or less: the same share of the text, to the end of a word. */
function heardPart(text: string, share: number): string {
  if (share >= almostAll) return text
  const cut = text.slice(0, Math.round(text.length * share))
  const isInWord = /\S$/.test(cut) && /^\S/.test(text.slice(cut.length))
  return (isInWord ? cut.replace(/\S+$/, '') : cut).trimEnd()
}

/** Tells another session what was heard of the answers that were lost with the one before. */
export function retellings(before: SessionView, after: SessionView): readonly ConversationItemCreate[] {
  return after.turns.flatMap((turn, place) => {
    const wasLive = before.turns.some(({ itemId, status }) => itemId === turn.itemId && status === 'live')
    const { heard, itemId: id } = turn
    if (!wasLive || !turn.brokeOff || heard === undefined || heard === '') return []
    const previous = after.turns.slice(0, place).findLast(({ role }) => role !== 'notice')
    return [
      {
        type: 'conversation.item.create',
        event_id: `${retellingId}${id}`,
        previous_item_id: previous?.itemId ?? 'root',
        item: { id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text: heard }] },
      },
    ]
  })
}
