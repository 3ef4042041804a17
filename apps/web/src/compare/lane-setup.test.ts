import { describe, expect, it } from 'vitest'
import { lanesOf, laneTexts, plainLane, setupOf } from './lane-setup.ts'

const fast = { ...plainLane('local'), turns: 'server_vad', silenceMs: '200' } as const

describe('a lane that is set up', () => {
  it('is named after what is special about it, and never like another', () => {
    const labels = lanesOf([plainLane('local'), fast, fast]).map(({ label }) => label)
    expect(labels).toEqual(['local', 'local-200ms', 'local-200ms-2'])
  })

  it('asks only for what was set', () => {
    const [plain, tuned] = lanesOf([plainLane('local'), { ...fast, voice: 'slt' }])
    expect(plain?.session).toEqual({})
    expect(tuned?.session.audio?.input?.turn_detection).toEqual({
      type: 'server_vad',
      silence_duration_ms: 200,
    })
    expect(tuned?.session.audio?.output?.voice).toBe('slt')
  })

  it.each([
    plainLane('local'),
    fast,
    { ...fast, name: 'quick' },
    { ...plainLane('voice-live'), model: 'gpt-realtime', voice: 'en-US-Ava:DragonHDLatestNeural' },
    { ...plainLane('openai'), turns: 'semantic_vad', eagerness: 'high', instructions: 'Be brief & kind.' },
    { ...plainLane('local'), speed: '1.25' },
  ] as const)('is the same again behind its text: %o', (setup) => {
    const [text = ''] = laneTexts([setup])
    expect(setupOf(text)).toEqual(setup)
  })

  it('is nothing behind a text that is no lane', () => {
    expect(setupOf('local?colour=red')).toBeUndefined()
    expect(setupOf('')).toBeUndefined()
  })
})
