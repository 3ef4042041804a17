import { describe, expect, it } from 'vitest'
import { breakOff, isRetelling, retellings } from './broken-off.ts'
import { upsertTurn, type Turn } from './turns.ts'
import { emptyView } from './view.ts'

const turn = (itemId: string, role: Turn['role'], text: string, status: Turn['status'] = 'done'): Turn => ({
  itemId,
  role,
  text,
  status,
  heard: undefined,
  at: 0,
  latency: undefined,
})
const turns = [turn('item_u', 'user', 'Count.'), turn('item_a', 'assistant', 'one two three four', 'live')]
const half = new Map([['item_a', 0.5]])

describe('an answer whose session is gone', () => {
  it('broke off after the last whole word that was heard', () => {
    expect(breakOff(turns, half)[1]).toMatchObject({ status: 'done', brokeOff: true, heard: 'one two' })
  })

  it('counts as read where it has no sound', () => {
    expect(breakOff(turns, new Map())[1]).toMatchObject({ brokeOff: true, heard: 'one two three four' })
  })

  it('is whole when it was made and heard to its end', () => {
    const whole = [turn('item_a', 'assistant', 'one two')]
    expect(breakOff(whole, new Map([['item_a', 1]]))).toEqual(whole)
  })

  it('stays before what is said next, which follows the question for the gateway', () => {
    const after = upsertTurn(
      breakOff(turns, half),
      { itemId: 'item_v', role: 'user', at: 1 },
      { change: (added) => added, previousItemId: 'item_u' },
    )
    expect(after.map(({ itemId }) => itemId)).toEqual(['item_u', 'item_a', 'item_v'])
  })

  it('is told to the next session as far as it was heard, behind its question', () => {
    const before = { ...emptyView, turns }
    const [event, ...more] = retellings(before, { ...emptyView, turns: breakOff(turns, half) })
    expect(event).toMatchObject({
      previous_item_id: 'item_u',
      item: { id: 'item_a', role: 'assistant', content: [{ type: 'output_text', text: 'one two' }] },
    })
    expect(isRetelling(event?.event_id)).toBe(true)
    expect(more).toEqual([])
  })

  it('is not told when nothing of it was heard', () => {
    const silent = breakOff(turns, new Map([['item_a', 0]]))
    expect(retellings({ ...emptyView, turns }, { ...emptyView, turns: silent })).toEqual([])
  })
})
