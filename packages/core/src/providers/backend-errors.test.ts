import { describe, expect, it } from 'vitest'
import { closeError, createRedact, refusalError } from './backend-errors.ts'

const asIs = (text: string): string => text

describe('keys', () => {
  it('are taken out of a text wherever an endpoint has them', () => {
    const redact = createRedact({
      url: 'wss://host/path?api-key=a%2Fb-secret&model=gpt&agent-access-token=jwt-secret',
      headers: {
        Authorization: 'Bearer bearer-secret',
        'api-key': 'header-secret',
        'OpenAI-Project': 'proj',
      },
    })
    expect(redact('a/b-secret a%2Fb-secret jwt-secret bearer-secret header-secret gpt proj')).toBe(
      '*** *** *** *** *** gpt proj',
    )
  })
})

describe('a refusal', () => {
  it.each([
    [401, undefined, 'invalid_api_key'],
    [402, undefined, 'insufficient_quota'],
    [429, 'insufficient_quota', 'insufficient_quota'],
    [400, 'invalid_request_error.model_not_found', 'model_not_found'],
    [500, undefined, 'backend_unavailable'],
  ])('with status %i and code %s means %s', (status, code, meaning) => {
    expect(refusalError({ status, code })).toMatchObject({
      code: meaning,
      message: expect.stringContaining(String(status)),
    })
  })
})

describe('a close', () => {
  it.each([
    [1006, '', 'backend_unavailable', /broke off.*1006/],
    [1011, 'oops at wss://host/?key=1', 'backend_unavailable', /1011: oops at <address>/],
    [4000, 'invalid_request_error.beta_api_shape_disabled', 'unsupported', /GA events.*4000/],
    [1008, 'session_expired', 'session_expired', /longest duration.*1008/],
  ])('with code %i and reason %s is explained', (code, reason, meaning, message) => {
    expect(closeError({ code, reason }, asIs)).toMatchObject({
      code: meaning,
      message: expect.stringMatching(message),
    })
  })
})
