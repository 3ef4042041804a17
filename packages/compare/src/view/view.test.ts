import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, laneRun, scenario, speech } from '../measures/__fixtures__/runs.ts'
import { trackRate } from '../run/lane-run.ts'
import { panned, timeAt, timeTicks, xOf, zoomed } from './axis.ts'
import { laneShapes, type LaneView } from './lane-shapes.ts'
import { placeLabels } from './place-labels.ts'

const view: LaneView = {
  from: 0,
  to: 10_000,
  width: 1000,
  trackHeight: 40,
  labelRows: 2,
  letterWidth: 6,
  labelOf: ({ type }) => type,
}

describe('timeTicks', () => {
  it('gives round times with room for their labels', () => {
    expect(timeTicks({ from: 0, to: 10_000, width: 1000 }).map(({ label }) => label)).toEqual(
      Array.from({ length: 11 }, (_, second) => `${second} s`),
    )
    expect(timeTicks({ from: 1200, to: 1700, width: 500 }, 'de').map(({ label }) => label)).toEqual([
      '1,2 s',
      '1,3 s',
      '1,4 s',
      '1,5 s',
      '1,6 s',
      '1,7 s',
    ])
  })

  it('keeps ticks apart, in view, and never without end', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 100, max: 1e6, noNaN: true }),
        fc.integer({ min: 100, max: 3000 }),
        (from, length, width) => {
          const ticks = timeTicks({ from, to: from + length, width })
          expect(ticks.length).toBeLessThan(45)
          for (const [index, { x, at }] of ticks.entries()) {
            expect(at).toBeGreaterThanOrEqual(from - 1e-6)
            expect(x - (ticks[index - 1]?.x ?? -1e9)).toBeGreaterThan(71)
          }
        },
      ),
    )
  })
})

describe('zoomed and panned', () => {
  it('keep the time under the pointer where it is, and stay within the run', () => {
    const time = fc.double({ min: 0, max: 10_000, noNaN: true })
    fc.assert(
      fc.property(time, fc.double({ min: 0.1, max: 10, noNaN: true }), (around, factor) => {
        const closer = zoomed(view, factor, around, 10_000)
        expect(closer.from).toBeGreaterThanOrEqual(0)
        expect(closer.to).toBeLessThanOrEqual(10_000 + 1e-6)
        if (factor <= 1) expect(xOf(around, closer)).toBeCloseTo(xOf(around, view), 3)
      }),
    )
    expect(panned({ from: 1000, to: 2000, width: 10 }, -5000, 10_000)).toEqual({
      from: 0,
      to: 1000,
      width: 10,
    })
    expect(timeAt(xOf(1234, view), view)).toBeCloseTo(1234)
  })
})

describe('placeLabels', () => {
  it('never lets two labels of a row touch, and prefers what matters', () => {
    const label = fc.record({
      x: fc.integer({ min: -50, max: 1050 }),
      width: fc.integer({ min: 5, max: 200 }),
      priority: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
        const places = placeLabels(labels, { rows: 2, width: 1000 })
        const boxes = labels.flatMap(({ x, width }, index) => {
          const { row, flipped } = places[index] ?? { row: undefined, flipped: false }
          return row === undefined ? [] : [{ row, from: flipped ? x - width : x, width }]
        })
        for (const a of boxes) {
          expect(a.from).toBeGreaterThanOrEqual(0)
          expect(a.from + a.width).toBeLessThanOrEqual(1000)
          const overlapping = boxes.filter(
            (b) => b.row === a.row && b.from < a.from + a.width && a.from < b.from + b.width,
          )
          expect(overlapping).toEqual([a])
        }
      }),
    )
    const [low, high] = placeLabels(
      [
        { x: 100, width: 50, priority: 1 },
        { x: 110, width: 50, priority: 2 },
      ],
      { rows: 1, width: 1000 },
    )
    expect([low?.row, high?.row]).toEqual([undefined, 0])
  })
})

describe('laneShapes', () => {
  const script = scenario([{ say: 'One?' }])
  const tone = Int16Array.from({ length: trackRate }, (_, i) => (i % 48 < 24 ? 16_000 : -16_000))
  const run = laneRun(
    [...speech(0, 1000, 2000), ...answer('resp_1', { created: 2100, sound: 2500, end: 3500, cut: true })],
    { input: [{ at: 1000, samples: tone }], output: [{ at: 2500, samples: tone }] },
  )

  it('puts bands, waits and marks where they happened', () => {
    const { input, output, marks, waits } = laneShapes(run, script, view)
    expect(input.bands).toEqual([{ x: 100, width: 100, from: 1000, to: 2000, kind: 'speech' }])
    expect(output.bands).toEqual([{ x: 250, width: 100, from: 2500, to: 3500, kind: 'cut' }])
    expect(waits).toEqual([{ x: 200, width: 50, from: 2000, ms: 500 }])
    expect(marks.map(({ x, label }) => [x, label])).toEqual([
      [200, 'speech_end'],
      [211, 'first_text'],
      [250, 'first_sound'],
      [350, 'cut'],
    ])
  })

  it('draws sound where it is and nothing for silence', () => {
    const { input } = laneShapes(run, script, view)
    const columns = [...input.wave.matchAll(/[ML](\d+) /g)].map(([, x]) => Number(x))
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([100, 199])
    expect(laneShapes(laneRun([]), script, view).input.wave).toBe('')
  })

  it('shows only what is in view', () => {
    const { output, marks, input } = laneShapes(run, script, { ...view, from: 3000, to: 4000 })
    expect(input).toEqual({ wave: '', bands: [] })
    expect(output.bands).toEqual([{ x: 0, width: 500, from: 2500, to: 3500, kind: 'cut' }])
    expect(marks.map(({ mark }) => mark.type)).toEqual(['cut'])
  })

  it('draws a minute of sound in a few ms once its peaks are known', () => {
    const minute = laneRun([], {
      input: [{ at: 0, samples: new Int16Array(60 * trackRate).fill(9000) }],
      output: [{ at: 0, samples: new Int16Array(60 * trackRate).fill(9000) }],
    })
    laneShapes(minute, script, { ...view, to: 60_000 })
    const took = Array.from({ length: 9 }, () => {
      const begun = performance.now()
      laneShapes(minute, script, { ...view, to: 60_000 })
      return performance.now() - begun
    }).toSorted((a, b) => a - b)
    expect(took[4]).toBeLessThan(16)
  })
})
