import { describe, expect, it } from 'vitest'
import { createSounding } from './sounding.ts'

describe('sounding', () => {
  it('accepts nothing more of what was cut off, nor of the rest of its response', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r' })
    expect(sounding.cut()).toEqual(['a'])
    expect(sounding.accepts({ itemId: 'a', responseId: 'r' })).toBe(false)
    expect(sounding.accepts({ itemId: 'b', responseId: 'r' })).toBe(false)
    expect(sounding.accepts({ itemId: 'c', responseId: 's' })).toBe(true)
  })

  it('cuts only what is still in the player', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r' })
    sounding.ended('a')
    expect(sounding.isActive).toBe(false)
    sounding.queued({ itemId: 'b', responseId: 's' })
    sounding.queued({ itemId: 'c', responseId: 's' })
    expect(sounding.cut()).toEqual(['b', 'c'])
  })
})
