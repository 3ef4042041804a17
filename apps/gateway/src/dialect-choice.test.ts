import { describe, expect, it } from 'vitest'
import { chooseDialect, routedPath } from './dialect-choice.ts'

function request(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost${path}`, { headers })
}

describe('chooseDialect', () => {
  it.each([
    ['/v1/realtime?model=gpt-realtime', 'openai-ga'],
    ['/realtime', 'openai-ga'],
    ['/openai/v1/realtime?model=deployment', 'openai-ga'],
    ['/openai/v1/realtime?model=deployment&api-version=preview', 'openai-ga'],
    ['/openai/realtime', 'openai-ga'],
    ['/openai/realtime?api-version=2025-04-01-preview&deployment=d', 'openai-beta'],
    ['//openai//realtime?api-version=2025-04-01-preview&deployment=d', 'openai-beta'],
    ['/voice-live/realtime?api-version=2026-07-15&model=m', 'voice-live'],
    ['//voice-live/realtime', 'voice-live'],
    ['/v1/realtime?dialect=voice-live', 'voice-live'],
    ['/voice-live/realtime?dialect=openai-ga', 'openai-ga'],
    ['/v1/realtime?dialect=', 'openai-ga'],
  ])('reads %s as %s', (path, dialect) => {
    expect(chooseDialect(request(path))).toBe(dialect)
  })

  it.each([
    { 'openai-beta': 'realtime=v1' },
    { 'openai-beta': 'assistants=v2, realtime=v1' },
    { 'sec-websocket-protocol': 'realtime, openai-insecure-api-key.k, openai-beta.realtime-v1' },
  ])('takes %j for an old client', (headers) => {
    expect(chooseDialect(request('/v1/realtime', headers))).toBe('openai-beta')
    expect(chooseDialect(request('/voice-live/realtime', headers))).toBe('voice-live')
    expect(chooseDialect(request('/v1/realtime?dialect=openai-ga', headers))).toBe('openai-ga')
  })

  it('takes another beta header for no sign of one', () => {
    expect(chooseDialect(request('/v1/realtime', { 'openai-beta': 'assistants=v2' }))).toBe('openai-ga')
  })

  it.each(['gemini-live', 'ga', 'voice-live '])('refuses %j, which is not served', (dialect) => {
    expect(() => chooseDialect(request(`/v1/realtime?dialect=${encodeURIComponent(dialect)}`))).toThrow(
      expect.objectContaining({ code: 'invalid_value', param: 'dialect' }),
    )
  })
})

describe('routedPath', () => {
  it.each([
    ['/v1/realtime', '/v1/realtime'],
    ['/realtime?x=1', '/v1/realtime'],
    ['/realtime/client_secrets', '/v1/realtime/client_secrets'],
    ['//v1//realtime', '/v1/realtime'],
    ['/openai/v1/realtime', '/v1/realtime'],
    ['/openai/v1/models', '/v1/models'],
    ['/openai/realtime?api-version=1', '/v1/realtime'],
    ['/openai/realtime/client_secrets', '/v1/realtime/client_secrets'],
    ['/openai/realtimeapi/sessions', '/v1/realtime/sessions'],
    ['/voice-live/realtime', '/v1/realtime'],
    ['/voice-live/realtime/calls', '/v1/realtime/calls'],
    ['/realtimes', '/realtimes'],
    ['/voice-live/other', '/voice-live/other'],
    ['/healthz', '/healthz'],
  ])('leads %s to %s', (path, routed) => {
    expect(routedPath(request(path))).toBe(routed)
  })
})
