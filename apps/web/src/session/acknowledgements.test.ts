import type { ClientEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createAcknowledgements } from './acknowledgements.ts'

function setUp() {
  const clock = { at: 0 }
  const told: unknown[] = []
  const send = (event: ClientEvent): void => {
    if (event.type === 'extension') told.push(event.event)
  }
  return { clock, told, acknowledgements: createAcknowledgements({ send, now: () => clock.at }) }
}
const place = (heardMs: number, itemId = 'a') => ({ itemId, contentIndex: 0, heardMs })
const update = (audio_ms: number, item_id = 'a') => ({
  type: 'parley.playback.update',
  item_id,
  content_index: 0,
  audio_ms,
})

describe('acknowledgements', () => {
  it('go out four times a second while an item sounds', () => {
    const { clock, told, acknowledgements } = setUp()
    for (; clock.at <= 1_000; clock.at += 50) acknowledgements.reached(place(clock.at + 0.7))
    expect(told).toEqual([update(0), update(250), update(500), update(750), update(1_000)])
  })

  it('say at once where an item stopped, and that another has begun', () => {
    const { clock, told, acknowledgements } = setUp()
    acknowledgements.reached(place(0))
    clock.at = 100
    acknowledgements.stopped(place(90))
    acknowledgements.reached(place(10, 'b'))
    expect(told).toEqual([update(0), update(90), update(10, 'b')])
  })

  it('never go back', () => {
    const { clock, told, acknowledgements } = setUp()
    acknowledgements.reached(place(300))
    clock.at = 250
    acknowledgements.reached(place(280))
    acknowledgements.stopped(place(-20, 'b'))
    expect(told).toEqual([update(300), update(300), update(0, 'b')])
  })
})
