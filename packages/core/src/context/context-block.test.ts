import { expect, it } from 'vitest'
import { blockText, inPlaceOfEarlier, withFacts } from './context-block.ts'

const gate = { id: 'f1', text: 'The gate is blue.' }
const ada = { id: 'p1', text: 'My name is Ada.' }

const parts = {
  pinned: [gate],
  person: [ada],
  summary: 'They spoke of barley.\n\nThen of oats.',
  extracts: ['User: And rye?'],
  transcript: ['Assistant: Rye it is.'],
}

it('a block with other facts is the block that would have been made of them', () => {
  const others = { pinned: [gate, { id: 'f2', text: 'It has two doors.' }], person: [] }
  expect(withFacts(blockText(parts), others)).toBe(blockText({ ...parts, ...others }))
  const none = { pinned: [], person: [] }
  expect(withFacts(blockText(parts), none)).toBe(blockText({ ...parts, ...none }))
  expect(withFacts(undefined, parts)).toBe(
    blockText({ ...parts, summary: undefined, extracts: [], transcript: [] }),
  )
})

it('a block of facts only is nothing without them', () => {
  const facts = { pinned: [gate], person: [ada] }
  const block = blockText({ ...parts, ...facts, summary: undefined, extracts: [], transcript: [] })
  expect(withFacts(block, { pinned: [], person: [] })).toBeUndefined()
})

it('a block in place of earlier ones says so in its first line and holds the same', () => {
  const block = blockText(parts) ?? ''
  const [first, ...rest] = block.split('\n')
  const [told, ...lines] = inPlaceOfEarlier(block).split('\n')
  expect(told).toBe(`${first} They take the place of all notes before: forget what those said.`)
  expect(lines).toEqual(rest)
  expect(inPlaceOfEarlier(undefined)).toBe(told)
})
