import { describe, expect, it } from 'vitest'
import { createSounding } from './sounding.ts'

describe('sounding', () => {
  it('accepts nothing more of what was cut off, nor of the rest of its response', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r', contentIndex: 0 })
    expect(sounding.cut()).toEqual(['a'])
    expect(sounding.accepts({ itemId: 'a', responseId: 'r' })).toBe(false)
    expect(sounding.accepts({ itemId: 'b', responseId: 'r' })).toBe(false)
    expect(sounding.accepts({ itemId: 'c', responseId: 's' })).toBe(true)
  })

  it('cuts only what is still in the player', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r', contentIndex: 0 })
    sounding.ended('a')
    expect(sounding.isActive).toBe(false)
    sounding.queued({ itemId: 'b', responseId: 's', contentIndex: 0 })
    sounding.queued({ itemId: 'c', responseId: 's', contentIndex: 0 })
    expect(sounding.cut()).toEqual(['b', 'c'])
  })

  it('knows to which part of an item its sound belongs, also when it was cut off', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r', contentIndex: 1 })
    sounding.cut()
    expect(sounding.contentIndexOf('a')).toBe(1)
    expect(sounding.knows('a')).toBe(true)
  })

  it('knows nothing of what a session before left in the player', () => {
    const sounding = createSounding()
    sounding.queued({ itemId: 'a', responseId: 'r', contentIndex: 0 })
    sounding.reset()
    expect(sounding.knows('a')).toBe(false)
  })
})
