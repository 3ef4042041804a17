import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsThatInterrupt } from './backchannels.ts'
import {
  createBargeInPolicy,
  type BargeInDecision,
  type BargeInEvent,
  type BargeInPolicy,
  type BargeInSettings,
} from './barge-in-policy.ts'

/**
 * Plays an answer of 10 s from 0 ms with the user's speech as `#`, 10 ms each, and words said at times.
 * `duck@30 stop@70(70) resume@900(70)`: type, time, and what was played.
 */
function play(
  speech: string,
  {
    settings = {},
    words = [],
    spans,
  }: {
    readonly settings?: Partial<BargeInSettings>
    readonly words?: readonly { readonly atMs: number; readonly text: string }[]
    readonly spans?: readonly { readonly fromMs: number; readonly toMs: number }[]
  } = {},
): string {
  const policy = createBargeInPolicy(settings)
  policy.handle({ type: 'answer', atMs: 0, ...(spans && { protectedSpans: spans }) })
  policy.handle({ type: 'sound', atMs: 0, ms: 10_000 })
  const told: BargeInDecision[] = []
  for (let frame = 0; frame < 300; frame += 1) {
    const atMs = (frame + 1) * 10
    const probability = speech[frame] === '#' ? 0.9 : 0.1
    told.push(...policy.handle({ type: 'user_speech', atMs, frameMs: 10, probability }))
    for (const said of words)
      if (said.atMs === atMs) told.push(...policy.handle({ type: 'transcript', ...said, final: false }))
  }
  return told.map((d) => `${d.type}@${d.atMs}${d.type === 'duck' ? '' : `(${d.playedMs})`}`).join(' ')
}

/** What the policy says to so many frames of 10 ms. */
function speak(
  policy: BargeInPolicy,
  {
    fromMs,
    frames,
    probability,
  }: { readonly fromMs: number; readonly frames: number; readonly probability: number },
): readonly BargeInDecision[] {
  return Array.from({ length: frames }, (_, frame) =>
    policy.handle({ type: 'user_speech', atMs: fromMs + 10 * (frame + 1), frameMs: 10, probability }),
  ).flat()
}

const gap = (frames: number): string => '.'.repeat(frames)
const talk = (frames: number): string => '#'.repeat(frames)

describe('the barge-in policy', () => {
  it('ducks at once, stops after the shortest speech, and is sure after a while', () => {
    expect(play(gap(100) + talk(150))).toBe('duck@1010 stop@1050(1050) interrupt@1800(1050)')
  })

  it('takes the duck back after a cough too short to stop for', () => {
    expect(play(gap(100) + talk(3))).toBe('duck@1010 resume@1190(1190)')
  })

  it('goes on where it stopped when nothing was said', () => {
    expect(play(gap(100) + talk(20))).toBe('duck@1010 stop@1050(1050) resume@2400(1050)')
  })

  it('goes on as soon as a sign of listening is known to be that', () => {
    const words = [{ atMs: 1500, text: 'Mhm, ja.' }]
    expect(play(gap(100) + talk(20), { words })).toBe('duck@1010 stop@1050(1050) resume@1500(1050)')
  })

  it('is sure as soon as words are known that are more than that', () => {
    const words = [{ atMs: 1300, text: 'Ja, aber wann' }]
    expect(play(gap(100) + talk(50), { words })).toBe('duck@1010 stop@1050(1050) interrupt@1300(1050)')
  })

  it('waits for words where signs of listening must not stop it', () => {
    const settings = { backchannels: 'wait' } as const
    const listening = [{ atMs: 1250, text: 'okay' }]
    expect(play(gap(100) + talk(20), { settings, words: listening })).toBe('duck@1010 resume@1360(1360)')
    const words = [{ atMs: 1250, text: 'okay stop it' }]
    expect(play(gap(100) + talk(40), { settings, words })).toBe(
      'duck@1010 stop@1250(1250) interrupt@1250(1250)',
    )
    expect(play(gap(100) + talk(150), { settings })).toBe('duck@1010 stop@1800(1800) interrupt@1800(1800)')
  })

  it('waits for as many words as it is told', () => {
    const words = [
      { atMs: 1200, text: 'wait' },
      { atMs: 1500, text: 'wait what was' },
    ]
    expect(play(gap(100) + talk(150), { settings: { minWords: 3 }, words })).toBe(
      'duck@1010 stop@1500(1500) interrupt@1500(1500)',
    )
  })

  it('stops for good at once where it may not go on', () => {
    expect(play(gap(100) + talk(20), { settings: { falseInterruptionMs: undefined, duckDb: 0 } })).toBe(
      'stop@1050(1050) interrupt@1050(1050)',
    )
  })

  it('plays what is protected to its end', () => {
    const spans = [{ fromMs: 500, toMs: 1500 }]
    expect(play(gap(60) + talk(60), { spans })).toBe('')
    expect(play(gap(100) + talk(90), { spans })).toBe('stop@1500(1500) interrupt@1800(1500)')
  })

  it('bridges a short gap in a word, but does not add up single sounds', () => {
    expect(play(gap(100) + talk(4) + gap(2) + talk(4))).toBe('duck@1010 stop@1090(1090) resume@2300(1090)')
    expect(play(gap(100) + `${talk(2)}${gap(8)}`.repeat(3))).toBe('duck@1010 resume@1380(1380)')
  })

  it('plays on from where it stopped', () => {
    const policy = createBargeInPolicy({ falseInterruptionMs: 300 })
    policy.handle({ type: 'answer', atMs: 0 })
    policy.handle({ type: 'sound', atMs: 0, ms: 2000 })
    policy.handle({ type: 'user_speech', atMs: 1000, frameMs: 100, probability: 1 })
    expect(policy.playedMs(1250)).toBe(1000)
    const [resume] = policy.handle({ type: 'user_speech', atMs: 1500, frameMs: 500, probability: 0 })
    expect(resume).toEqual({ type: 'resume', atMs: 1500, playedMs: 1000 })
    expect(policy.playedMs(2100)).toBe(1600)
    expect(policy.playedMs(9000)).toBe(2000)
  })

  it('is not stopped by what was said before the answer, nor by words that come late', () => {
    const policy = createBargeInPolicy()
    const told = [
      ...speak(policy, { fromMs: 0, frames: 200, probability: 0.9 }),
      ...speak(policy, { fromMs: 2000, frames: 1, probability: 0.1 }),
      ...policy.handle({ type: 'answer', atMs: 2020 }),
      ...policy.handle({ type: 'sound', atMs: 2020, ms: 5000 }),
      ...speak(policy, { fromMs: 2020, frames: 1, probability: 0.1 }),
      ...policy.handle({ type: 'transcript', atMs: 2500, text: 'what does it cost', final: true }),
      ...speak(policy, { fromMs: 2500, frames: 100, probability: 0.1 }),
    ]
    expect(told).toEqual([])
  })

  it('counts speech anew from the beginning of an answer that the user talks over', () => {
    const policy = createBargeInPolicy()
    speak(policy, { fromMs: 0, frames: 200, probability: 0.9 })
    policy.handle({ type: 'answer', atMs: 2000 })
    policy.handle({ type: 'sound', atMs: 2000, ms: 5000 })
    expect(speak(policy, { fromMs: 2000, frames: 100, probability: 0.9 })).toEqual([
      { type: 'duck', atMs: 2010, gainDb: -12 },
      { type: 'stop', atMs: 2050, playedMs: 50 },
      { type: 'interrupt', atMs: 2800, playedMs: 50 },
    ])
  })

  it('takes the duck back after the end of an answer, when the user falls silent', () => {
    const policy = createBargeInPolicy()
    policy.handle({ type: 'answer', atMs: 0 })
    policy.handle({ type: 'sound', atMs: 0, ms: 500 })
    const talked = speak(policy, { fromMs: 480, frames: 10, probability: 0.9 })
    expect(talked).toEqual([{ type: 'duck', atMs: 490, gainDb: -12 }])
    expect(speak(policy, { fromMs: 580, frames: 50, probability: 0.1 })).toEqual([
      { type: 'resume', atMs: 740, playedMs: 500 },
    ])
  })

  it('begins an answer at full level when the one before ended ducked', () => {
    const policy = createBargeInPolicy()
    policy.handle({ type: 'answer', atMs: 0 })
    policy.handle({ type: 'sound', atMs: 0, ms: 500 })
    speak(policy, { fromMs: 480, frames: 10, probability: 0.9 })
    expect(policy.handle({ type: 'answer', atMs: 590 })).toEqual([{ type: 'resume', atMs: 590, playedMs: 0 }])
    expect(policy.handle({ type: 'answer', atMs: 600 })).toEqual([])
  })

  it('takes the duck back inside a protected span', () => {
    const spans = [{ fromMs: 1030, toMs: 3000 }]
    expect(play(gap(100) + talk(10), { spans })).toBe('duck@1010 resume@1260(1260)')
  })

  it('needs speech even where any of it is certain', () => {
    expect(play(gap(100) + talk(1), { settings: { certainAfterMs: 0 } })).toBe(
      'stop@1010(1010) interrupt@1010(1010)',
    )
  })

  it('says nothing once the answer has been heard', () => {
    const policy = createBargeInPolicy()
    policy.handle({ type: 'answer', atMs: 0 })
    policy.handle({ type: 'sound', atMs: 0, ms: 500 })
    expect(policy.handle({ type: 'user_speech', atMs: 600, frameMs: 100, probability: 1 })).toEqual([])
    expect(policy.playedMs(600)).toBe(500)
  })

  it('knows what was played from the player', () => {
    const policy = createBargeInPolicy()
    policy.handle({ type: 'answer', atMs: 0 })
    policy.handle({ type: 'sound', atMs: 0, ms: 5000 })
    // The player began 180 ms late.
    policy.handle({ type: 'playback', atMs: 1000, positionMs: 820 })
    const decisions = policy.handle({ type: 'user_speech', atMs: 1500, frameMs: 60, probability: 1 })
    expect(decisions).toEqual([{ type: 'stop', atMs: 1500, playedMs: 1320 }])
  })

  it.each([{ threshold: 2 }, { duckDb: 3 }, { minWords: -1 }, { certainAfterMs: NaN }])(
    'refuses %j',
    (settings) => {
      expect(() => createBargeInPolicy(settings)).toThrow(RangeError)
    },
  )
})

describe('signs of listening', () => {
  it.each([
    ['Mhm.', 0],
    ['ja ja', 0],
    ['okay, alles klar', 0],
    ['Right', 0],
    ['stop', 1],
    ['nein', 1],
    ['ja aber das stimmt nicht', 3],
    ['okay and what does it cost', 5],
  ])('%s', (text, count) => {
    expect(wordsThatInterrupt(text).length).toBe(count)
  })
})

const anyEvent = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant('user_speech' as const),
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      runs: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('answer' as const),
      protectedSpans: fc.constantFrom([], [{ fromMs: 200, toMs: 900 }]),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('sound' as const), ms: fc.nat(3000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('transcript' as const),
      text: fc.constantFrom('mhm', 'ja', 'stop', 'what does it cost', ''),
    }),
  },
)

describe('any story of a barge-in', () => {
  it('stops only what is talked over, resolves every duck and stop, and never plays backwards', () => {
    const settings = fc.record({
      duckAfterMs: fc.nat(200),
      backchannels: fc.constantFrom('resume' as const, 'wait' as const, 'interrupt' as const),
      minWords: fc.nat(3),
      minDurationMs: fc.nat(300),
      certainAfterMs: fc.nat(1500),
      falseInterruptionMs: fc.option(fc.nat(2000), { nil: undefined }),
    })
    fc.assert(
      fc.property(settings, fc.array(anyEvent, { maxLength: 80 }), (given, events) => {
        const policy = createBargeInPolicy(given)
        let state: 'full' | 'ducked' | 'stopped' | 'over' = 'full'
        let atMs = 0
        let playedMs = 0
        /** Frames that are speech since the answer began, and silence since the last that may be. */
        let speechFrames = 0
        let silentMs = 0
        const handle = (event: BargeInEvent): void => {
          if (event.type === 'answer') {
            // A stop ends with the answer without a word, a duck does not.
            if (state !== 'ducked') state = 'full'
            playedMs = 0
            speechFrames = 0
          }
          if (event.type === 'user_speech') {
            if (event.probability >= 0.5) speechFrames += 1
            silentMs = event.probability < 0.35 ? silentMs + event.frameMs : 0
          }
          for (const decision of policy.handle(event)) {
            expect(decision.atMs).toBe(event.atMs)
            switch (decision.type) {
              case 'duck':
                expect(state).toBe('full')
                expect(speechFrames).toBeGreaterThan(0)
                state = 'ducked'
                break
              case 'stop':
                expect(['full', 'ducked']).toContain(state)
                expect(speechFrames).toBeGreaterThan(0)
                state = 'stopped'
                break
              case 'resume':
                expect(['ducked', 'stopped']).toContain(state)
                state = 'full'
                break
              case 'interrupt':
                expect(state).toBe('stopped')
                state = 'over'
                break
            }
          }
          if (event.type === 'answer') expect(state).toBe('full')
          if (silentMs > 150) expect(state).not.toBe('ducked')
          const now = policy.playedMs(event.atMs)
          expect(now).toBeGreaterThanOrEqual(playedMs)
          if (state === 'stopped' && playedMs > 0) expect(now - playedMs).toBeLessThanOrEqual(10)
          playedMs = now
        }
        for (const event of events) {
          if (event.type !== 'user_speech') handle({ ...event, atMs, final: true } as BargeInEvent)
          else
            for (let run = 0; run < event.runs; run += 1) {
              atMs += 10
              handle({ type: 'user_speech', atMs, frameMs: 10, probability: event.probability })
            }
        }
      }),
      { numRuns: 200 },
    )
  })
})
