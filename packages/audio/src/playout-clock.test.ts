import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlayoutClock, type PlayoutClock } from './playout-clock.ts'

function setUp(): { clock: PlayoutClock; at: (timeMs: number) => PlayoutClock } {
  let timeMs = 0
  const clock = createPlayoutClock(() => timeMs)
  return {
    clock,
    at(later) {
      timeMs = later
      return clock
    },
  }
}

describe('playout clock', () => {
  it('hears audio as time passes, never more than there is', () => {
    const { clock, at } = setUp()
    clock.enqueue('a', 100)
    clock.enqueue('a', 50)
    expect(at(0).heardMs('a')).toBe(0)
    expect(at(120).heardMs('a')).toBe(120)
    expect(at(500).heardMs('a')).toBe(150)
    expect(clock.totalMs('a')).toBe(150)
  })

  it('plays items one after another', () => {
    const { clock, at } = setUp()
    clock.enqueue('a', 100)
    clock.enqueue('b', 100)
    expect(at(60).playing()).toBe('a')
    expect(at(100).playing()).toBe('b')
    expect(at(130).heardMs('b')).toBe(30)
    expect(at(200).playing()).toBeUndefined()
  })

  it('starts late audio when it arrives', () => {
    const { clock, at } = setUp()
    clock.enqueue('a', 100)
    at(300).enqueue('a', 100)
    expect(at(350).heardMs('a')).toBe(150)
    expect(clock.playing()).toBe('a')
  })

  it('stops for good on clear and goes on with what comes after', () => {
    const { clock, at } = setUp()
    clock.enqueue('a', 100)
    clock.enqueue('b', 100)
    at(40).clear()
    expect(clock.playing()).toBeUndefined()
    at(90).enqueue('b', 10)
    expect(at(500).heardMs('a')).toBe(40)
    expect(clock.heardMs('b')).toBe(10)
    expect(clock.totalMs('b')).toBe(110)
  })

  it('knows nothing of an item it never met', () => {
    const { clock } = setUp()
    expect(clock.heardMs('x')).toBe(0)
    expect(clock.totalMs('x')).toBe(0)
    expect(clock.playing()).toBeUndefined()
  })

  it.each([-1, NaN])('refuses a length of %d ms', (ms) => {
    expect(() => setUp().clock.enqueue('a', ms)).toThrow(RangeError)
  })

  it('agrees with a listener simulated millisecond by millisecond', () => {
    const action = fc.record({
      afterMs: fc.nat(80),
      do: fc.oneof(
        fc.record({ itemId: fc.constantFrom('a', 'b', 'c'), ms: fc.nat(100) }),
        fc.constant('clear' as const),
      ),
    })
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const { clock, at } = setUp()
        const waiting: string[] = []
        const heard = new Map<string, number>()
        let timeMs = 0
        const pass = (ms: number): void => {
          for (; ms > 0; ms--, timeMs++) {
            const itemId = waiting.shift()
            if (itemId !== undefined) heard.set(itemId, (heard.get(itemId) ?? 0) + 1)
          }
          at(timeMs)
        }
        for (const { afterMs, do: step } of [...actions, { afterMs: 37, do: 'clear' as const }]) {
          pass(afterMs)
          for (const itemId of ['a', 'b', 'c']) expect(clock.heardMs(itemId)).toBe(heard.get(itemId) ?? 0)
          expect(clock.playing()).toBe(waiting[0])
          if (step === 'clear') {
            waiting.length = 0
            clock.clear()
          } else {
            waiting.push(...Array.from({ length: step.ms }, () => step.itemId))
            clock.enqueue(step.itemId, step.ms)
          }
        }
      }),
    )
  })
})
