import { describe, expect, it } from 'vitest'
import type { TargetOptions } from './target.ts'
import { targetOf } from './target.ts'

const options: TargetOptions = { dialect: 'openai-ga', timeoutMs: 1000 }

describe('targetOf', () => {
  it.each([
    ['https://host', 'openai-ga', 'wss://host/v1/realtime'],
    ['ws://127.0.0.1:8787/proxy?x=1', 'openai-ga', 'ws://127.0.0.1:8787/proxy?x=1'],
    ['wss://host', 'voice-live', 'wss://host/voice-live/realtime?api-version=2026-07-15'],
    ['wss://host/p?api-version=2025-10-01', 'voice-live', 'wss://host/p?api-version=2025-10-01'],
  ] as const)('makes of %s in %s the address %s', (address, dialect, url) => {
    expect(targetOf(address, { ...options, dialect }).url).toBe(url)
  })

  it('asks for the model', () => {
    expect(targetOf('wss://host/v1/realtime', { ...options, model: 'gpt-realtime' }).url).toBe(
      'wss://host/v1/realtime?model=gpt-realtime',
    )
  })

  it('shows the key as the host wants it', () => {
    const key = 'secret'
    expect(targetOf('wss://api.openai.com', { ...options, key }).headers).toEqual({
      authorization: 'Bearer secret',
    })
    expect(targetOf('wss://me.openai.azure.com', { ...options, key }).headers).toEqual({
      'api-key': 'secret',
    })
    const voiceLive = targetOf('wss://host', { ...options, key, dialect: 'voice-live' })
    expect(voiceLive.headers).toEqual({ 'api-key': 'secret' })
  })

  it('asks for the beta shape by its header, beside those that are given', () => {
    const target = targetOf('wss://host', {
      ...options,
      dialect: 'openai-beta',
      headers: ['X-Team: voice: 1'],
    })
    expect(target.headers).toEqual({ 'openai-beta': 'realtime=v1', 'x-team': 'voice: 1' })
  })

  it.each(['host', 'ftp://host'])('refuses %s', (address) => {
    expect(() => targetOf(address, options)).toThrow(SyntaxError)
  })

  it('refuses a header without a colon', () => {
    expect(() => targetOf('wss://host', { ...options, headers: ['oops'] })).toThrow(SyntaxError)
  })
})
