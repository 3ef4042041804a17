import { expect, it } from 'vitest'
import { knownNames, nearestName } from './nearest-name.ts'

it.each([
  ['sya', 'say'],
  ['Silence', 'silence_ms'],
  ['foo', undefined],
  ['', undefined],
])('takes %j for a slip of %j', (name, meant) => {
  expect(nearestName(name, ['say', 'tools', 'silence_ms'])).toBe(meant)
})

it('tells all names where none was meant', () => {
  expect(knownNames('foo', ['say', 'tools'])).toBe('there are say, tools')
  expect(knownNames('tool', ['say', 'tools'])).toBe('did you mean "tools"?')
  expect(nearestName('a', [])).toBeUndefined()
})
