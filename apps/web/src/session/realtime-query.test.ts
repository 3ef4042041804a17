import { describe, expect, it } from 'vitest'
import { realtimeQuery } from './realtime-query.ts'
import { defaultSettings } from './settings.ts'

describe('the query of a session', () => {
  it('leaves out what is left to the gateway', () => {
    expect(realtimeQuery(defaultSettings('en'), undefined)).toEqual({})
    expect(realtimeQuery({}, 'conv_1')).toEqual({ conversation: 'conv_1' })
  })

  it('says who goes on in which order, what is told, and what is kept', () => {
    const settings = {
      ...defaultSettings('en'),
      backend: 'openai',
      model: 'gpt-realtime',
      failover: ['gemini', 'local'],
      record: 'events',
      contextStrategy: 'recent',
      contextTokens: 4000,
      keepAudio: true,
      person: 'Ada',
    } as const
    expect(realtimeQuery(settings, 'conv_1')).toEqual({
      backend: 'openai,gemini,local',
      model: 'gpt-realtime',
      conversation: 'conv_1',
      record: 'events',
      context: 'recent',
      context_tokens: '4000',
      keep_audio: 'true',
      person: 'Ada',
    })
  })
})
