import { errorTable } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { messages } from '../i18n/messages.ts'
import { problemOfCode, problemOfError } from './problem.ts'

describe('an error of the gateway', () => {
  it.each(Object.keys(errorTable))('is told in words and never as its code: %s', (code) => {
    const problem = problemOfCode(code)
    for (const { problems } of Object.values(messages)) {
      const { title, advice } = problems[problem ?? 'server_error']
      expect(`${title} ${advice}`).not.toMatch(/[a-z]_[a-z]/)
    }
    expect(problemOfError(code, code)?.detail).toBeUndefined()
  })

  it('keeps the words of the gateway for who wants them', () => {
    expect(problemOfError('backend_unavailable', 'It hung up.')).toEqual({
      code: 'backend_unavailable',
      detail: 'It hung up.',
    })
    expect(problemOfError('of_tomorrow', 'New.')).toEqual({ code: 'server_error', detail: 'New.' })
  })

  it('says nothing of what follows from a race', () => {
    expect(problemOfError('response_cancel_not_active', 'None.')).toBeUndefined()
  })
})
