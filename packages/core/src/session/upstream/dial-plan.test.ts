import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ErrorCode } from '../../errors.ts'
import { newDialPlan, nextDial, proved } from './dial-plan.ts'
import type { DialPlan } from './dial-plan.ts'
import type { RecoveryOptions } from '../ports.ts'

const options: RecoveryOptions = {
  maxTries: 8,
  baseDelayMs: 100,
  maxDelayMs: 500,
  leadMs: 0,
  marginMs: 0,
  silenceMs: 0,
  random: () => 0.999_999,
}

/** Dials in a row after `codes[0]` ended the session in use; the others are what the dials failed with. */
function dials(plan: DialPlan, codes: readonly ErrorCode[]): readonly (readonly [number, number])[] {
  const made: (readonly [number, number])[] = []
  let current = plan
  for (const [at, code] of codes.entries()) {
    const cause = new RealtimeError(code, 'x')
    const dial = nextDial(current, { cause, hasFailed: at > 0 }, options)
    if (!dial) return made
    made.push([dial.index, Math.round(dial.delayMs)])
    current = dial.plan
  }
  return made
}

/** A plan whose first backend is in use and works. */
const working = (backends: number): DialPlan => proved(newDialPlan(backends))

const gone = 'backend_unavailable'

describe('after a loss', () => {
  it('one backend is dialled at once, then after waits that double up to a limit', () => {
    expect(dials(working(1), Array<ErrorCode>(8).fill(gone)).map(([, ms]) => ms)).toEqual([
      0, 100, 200, 400, 500, 500, 500, 500,
    ])
  })

  it('the same backend is first, then the others in a circle, each without a wait the first time', () => {
    expect(dials(working(3), Array<ErrorCode>(6).fill(gone))).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 100],
      [1, 0],
      [2, 0],
    ])
  })

  it.each<ErrorCode>(['invalid_api_key', 'model_not_found', 'insufficient_quota'])(
    'a backend that says %s is not dialled again',
    (code) => {
      expect(dials(working(2), [code, gone, gone])).toEqual([
        [1, 0],
        [1, 0],
        [1, 100],
      ])
    },
  )

  it('a backend that says it is asked too often waits while another goes on', () => {
    expect(dials(working(2), ['rate_limit_exceeded', gone])).toEqual([
      [1, 0],
      [0, 0],
    ])
  })

  it('nothing is dialled when no backend is left', () => {
    expect(dials(working(1), ['invalid_api_key'])).toEqual([])
    expect(dials(working(2), ['invalid_api_key', 'insufficient_quota'])).toEqual([[1, 0]])
  })

  it('the tries are limited over all backends and losses until one has proved itself', () => {
    let plan = newDialPlan(1)
    const cause = new RealtimeError(gone, 'x')
    for (let n = 0; n < 8; n += 1) plan = nextDial(plan, { cause, hasFailed: false }, options)?.plan ?? plan
    expect(nextDial(plan, { cause, hasFailed: false }, options)).toBeUndefined()
    expect(nextDial(proved(plan), { cause, hasFailed: false }, options)?.delayMs).toBe(0)
  })

  it('waits vary between half and all', () => {
    const plan = { ...working(1), visits: new Map([[0, 2]]) }
    const cause = new RealtimeError(gone, 'x')
    const wait = (random: number): number | undefined =>
      nextDial(plan, { cause, hasFailed: true }, { ...options, random: () => random })?.delayMs
    expect([wait(0), wait(0.5)]).toEqual([50, 75])
  })
})
