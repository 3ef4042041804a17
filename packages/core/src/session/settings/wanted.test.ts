import { describe, expect, it } from 'vitest'
import type { RealtimeSessionConfig } from '../../events/session-config.ts'
import { mergeWanted, withoutSetting } from './wanted.ts'

describe('what a client has asked for in all', () => {
  it('is each key as it was asked last, sound in and out by their keys', () => {
    const first: RealtimeSessionConfig = {
      type: 'realtime',
      instructions: 'a',
      audio: { input: { turn_detection: { type: 'server_vad', threshold: 0.3 } }, output: { voice: 'ada' } },
    }
    const second: RealtimeSessionConfig = {
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'semantic_vad' } } },
    }
    expect(mergeWanted(mergeWanted(undefined, first), second)).toEqual({
      type: 'realtime',
      instructions: 'a',
      audio: { input: { turn_detection: { type: 'semantic_vad' } }, output: { voice: 'ada' } },
    })
  })

  it('keeps what was switched off, and lists as a whole', () => {
    const tool = (name: string) => ({ type: 'function', name }) as const
    expect(
      mergeWanted(
        { type: 'realtime', tools: [tool('a'), tool('b')] },
        { type: 'realtime', tools: [tool('c')], tracing: null },
      ),
    ).toEqual({ type: 'realtime', tools: [tool('c')], tracing: null })
  })

  it.each([
    ['audio.output.voice', { type: 'realtime', tools: [], audio: { output: {} } }],
    ['tools[0].type', { type: 'realtime', tools: [], audio: { output: { voice: 'x' } } }],
    ['nothing.there', undefined],
  ])('can be had without %s', (path, expected) => {
    const config = {
      type: 'realtime',
      tools: path.startsWith('tools') ? [{ type: 'mcp' }] : [],
      audio: { output: { voice: 'x' } },
    }
    expect(withoutSetting(config, path)).toEqual(expected ?? config)
  })
})
