import { expect, it } from 'vitest'
import type { Cell } from './run.ts'
import { mergeCells } from './table.ts'

const order = {
  providers: ['one', 'two'],
  dialects: ['openai-ga'],
  scenarios: ['greet', 'leave'],
} as const

function cell(provider: string, scenario: string, result: Cell['result'] = 'native'): Cell {
  return { provider, scenario, dialect: 'openai-ga', result, note: '' }
}

it('keeps the cells that were not played and puts the played ones in their place', () => {
  const before = [cell('two', 'greet'), cell('two', 'leave')]
  const played = [cell('two', 'greet', 'supplied'), cell('one', 'leave'), cell('one', 'greet')]
  expect(mergeCells(before, played, order)).toEqual([
    cell('one', 'greet'),
    cell('one', 'leave'),
    cell('two', 'greet', 'supplied'),
    cell('two', 'leave'),
  ])
})

it('drops the cells of backends and scenarios that are gone', () => {
  const before = [cell('three', 'greet'), cell('one', 'sing'), cell('one', 'greet')]
  expect(mergeCells(before, [], order)).toEqual([cell('one', 'greet')])
})
