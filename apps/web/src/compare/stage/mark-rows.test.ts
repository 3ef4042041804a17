import type { Mark } from '@parley/compare'
import { describe, expect, it } from 'vitest'
import { markRows } from './mark-rows.ts'

const late = (at: number, lateMs: number): Mark => ({ type: 'late_frame', at, lateMs })

describe('the table of moments', () => {
  it('makes one row of frames that were late one after the other, and no more than that', () => {
    const end: Mark = { type: 'speech_end', at: 70 }
    expect(markRows([late(20, 31), late(40, 73), late(60, 12), end, end, late(80, 25)])).toEqual([
      { mark: late(20, 31), count: 3, mostLateMs: 73 },
      { mark: end, count: 1, mostLateMs: 0 },
      { mark: end, count: 1, mostLateMs: 0 },
      { mark: late(80, 25), count: 1, mostLateMs: 25 },
    ])
  })
})
