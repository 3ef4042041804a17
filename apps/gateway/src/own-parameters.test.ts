import { describe, expect, it } from 'vitest'
import { checkQuery, checkSecretFields } from './own-parameters.ts'

function refused(query: string): unknown {
  try {
    checkQuery(new URLSearchParams(query))
  } catch (error) {
    return error
  }
  return undefined
}

describe('the query of a session', () => {
  it.each([
    ['converstaion=a', 'converstaion', 'conversation'],
    ['conversation_id=a', 'conversation_id', 'conversation'],
    ['Conversation=a', 'Conversation', 'conversation'],
    ['contextTokens=500', 'contextTokens', 'context_tokens'],
    ['context-token=500', 'context-token', 'context_tokens'],
    ['keepAudio=true', 'keepAudio', 'keep_audio'],
    ['backends=a,b', 'backends', 'backend'],
    ['persn=ada', 'persn', 'person'],
    ['resum=new', 'resum', 'resume'],
    ['dialekt=voice-live', 'dialekt', 'dialect'],
    ['recrod=audio', 'recrod', 'record'],
  ])('is refused for %s', (query, param, meant) => {
    expect(refused(query)).toMatchObject({
      code: 'unknown_parameter',
      param,
      message: `There is no parameter ${param}. Did you mean ${meant}?`,
    })
  })

  it.each(['conversation', 'resume', 'after', 'context', 'person', 'dialect', 'backend'])(
    'is refused when %s is given twice',
    (name) => {
      expect(refused(`${name}=a&model=m&${name}=a`)).toMatchObject({
        code: 'invalid_value',
        param: name,
        message: `${name} is given 2 times. Give it once.`,
      })
    },
  )

  it.each([
    'model=gpt-realtime&api-version=2026-07-15&model=gpt-realtime',
    'agent-name=a&agent-project-name=p&agent-version=1&conversation-id=thread_1&foundry-resource-override=x',
    'agent-authentication-identity-client-id=x&api-key=k&Authorization=Bearer%20k&access_token=t&profile=byom',
    'deployment=d&intent=transcription&call_id=c&authorization=Bearer%20k&agent-id=a',
    'version=1&text=x&tenant=a&tenant=b&trace_id=1&language=de&voice=v',
  ])('is let through with what clients of vendors and proxies send: %s', (query) => {
    expect(refused(query)).toBeUndefined()
  })
})

describe('the fields of a client secret', () => {
  it('are refused where one is misspelt or belongs into the address', () => {
    expect(() => checkSecretFields(['persno'])).toThrow('There is no parameter persno. Did you mean person?')
    expect(() => checkSecretFields(['Record'])).toThrow('Did you mean record?')
    expect(() => checkSecretFields(['conversation'])).toThrow(
      'conversation is no part of a client secret. Give it in the address of the session.',
    )
    expect(() => checkSecretFields(['person', 'record', 'session', 'metadata', 'user'])).not.toThrow()
  })
})
