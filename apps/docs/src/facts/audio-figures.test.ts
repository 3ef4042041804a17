import { describe, expect, it } from 'vitest'
import { audioFigures, parseAudioFigures } from './audio-figures.ts'

const table = { id: 'speed', title: 'Speed', columns: ['a', 'b'], rows: [['x', 1.5]] }
const target = { figure: 'x', must: '1', measured: '2', met: 'must' }
const withTable = (changed: object): unknown => ({
  sections: [
    { id: 'one', title: 'One', tables: [{ ...table, ...changed }], measured: { date: '2026-01-02' } },
  ],
})

describe('audio figures', () => {
  it('are read as the benchmark wrote them', () => {
    expect(parseAudioFigures(withTable({ targets: [target] }))).toMatchObject([
      {
        id: 'one',
        date: '2026-01-02',
        plots: [],
        tables: [{ rows: [['x', '1.5']], targets: [{ ...target, aim: undefined }] }],
      },
    ])
  })

  it('are refused with a result that nobody knows, or a row that does not fit', () => {
    expect(() => parseAudioFigures(withTable({ targets: [{ ...target, met: 'nearly' }] }))).toThrow(/nearly/)
    expect(() => parseAudioFigures(withTable({ rows: [['x']] }))).toThrow(/1 cells under 2 heads/)
  })

  it('were taken', () => {
    expect(audioFigures.length).toBeGreaterThan(0)
    for (const { date, machine } of audioFigures) expect(`${date} ${machine}`).toMatch(/^\d{4}-\d\d-\d\d \S/)
  })

  it('have ids of their own, for links', () => {
    const ids = audioFigures.flatMap(({ id, tables, plots }) => [
      id,
      ...[...tables, ...plots].map((part) => part.id),
    ])
    expect(new Set(ids).size).toBe(ids.length)
  })
})
