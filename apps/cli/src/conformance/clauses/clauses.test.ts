import { describe, expect, it } from 'vitest'
import { clauses } from './index.ts'

describe('the clauses', () => {
  it('have an id each, in a group', () => {
    const ids = clauses.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z-]+\.[a-z0-9-]+$/.test(id))).toEqual([])
  })

  it('keep their groups together', () => {
    const groups = clauses.map(({ id }) => id.split('.')[0])
    const changes = groups.filter((group, index) => group !== groups[index - 1])
    expect(changes.length).toBe(new Set(groups).size)
  })

  it('say where they come from', () => {
    expect(clauses.filter(({ source }) => !URL.canParse(source.url))).toEqual([])
  })
})
