import { expect, it } from 'vitest'
import { tableLines } from './table.ts'

it('gives every column the width of its widest cell, numbers at the right, styles without width', () => {
  const lines = tableLines({
    head: ['', 'local', 'p95'],
    rows: [
      ['First sound', '\u001B[1m523 ms\u001B[22m', '1,640 ms'],
      ['Wörter', '5', ''],
    ],
    rightAligned: new Set([1, 2]),
  })
  expect(lines).toEqual([
    '              local       p95',
    'First sound  \u001B[1m523 ms\u001B[22m  1,640 ms',
    'Wörter            5',
  ])
})
