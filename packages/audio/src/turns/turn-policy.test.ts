import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTurnPolicy, type TurnDecision, type TurnEvent, type TurnPolicy } from './turn-policy.ts'
import { turnSettings, type SemanticTurns, type TurnSettings } from './turn-settings.ts'
import { turnWaitMs } from './turn-wait.ts'

const serverVad = turnSettings({ type: 'server_vad', silence_duration_ms: 500, idle_timeout_ms: 5000 })
const semantic = turnSettings({ type: 'semantic_vad' })
if (semantic.mode !== 'semantic') throw new Error('semantic_vad is semantic')

/** Decisions as text, the time in steps of 10 ms from one event to the next: `speculate@1100 end@1500`. */
function play(policy: TurnPolicy, events: readonly TurnEvent[], untilMs: number): string {
  const told: TurnDecision[] = []
  const waiting = [...events]
  for (let atMs = 0; atMs <= untilMs; atMs += 10) {
    while (waiting[0] && waiting[0].atMs <= atMs) {
      const [event] = waiting.splice(0, 1)
      if (event) told.push(...policy.handle(event))
    }
    told.push(...policy.handle({ type: 'silence', atMs }))
  }
  return told.map((decision) => `${decision.type}@${decision.atMs}`).join(' ')
}

describe('the turn policy', () => {
  it('speculates at a pause and ends after the silence', () => {
    const events = [
      { type: 'speech_started', atMs: 100 },
      { type: 'pause', atMs: 1000 },
    ] as const
    expect(play(createTurnPolicy(serverVad), events, 3000)).toBe('speculate@1100 end@1500')
  })

  it('takes a speculation back when speech goes on', () => {
    const events = [
      { type: 'speech_started', atMs: 100 },
      { type: 'pause', atMs: 1000 },
      { type: 'resumed', atMs: 1300 },
      { type: 'pause', atMs: 2000 },
    ] as const
    expect(play(createTurnPolicy(serverVad), events, 3000)).toBe(
      'speculate@1100 withdraw@1300 speculate@2100 end@2500',
    )
  })

  it('counts the silence from where it began, however late it is told', () => {
    const policy = createTurnPolicy(serverVad)
    policy.handle({ type: 'speech_started', atMs: 0 })
    expect(policy.handle({ type: 'pause', atMs: 1600, sinceMs: 1000 })).toEqual([
      { type: 'end', atMs: 1600, speechEndMs: 1000, reason: 'silence', empty: false },
    ])
  })

  it.each<[string, number | undefined, number, number]>([
    ['soon when the turn is surely over', 0.95, 290, 310],
    ['late when it surely is not', 0.02, 3990, 4010],
    ['in between when nobody knows', undefined, 600, 1500],
  ])('ends %s', (_, score, least, most) => {
    const policy = createTurnPolicy(semantic)
    policy.handle({ type: 'speech_started', atMs: 0 })
    policy.handle({ type: 'pause', atMs: 1000 })
    if (score !== undefined) policy.handle({ type: 'score', atMs: 1100, score })
    expect((policy.dueMs ?? NaN) - 1000).toBeGreaterThanOrEqual(
      score === undefined || score > 0.2 ? 96 : least,
    )
    const ended = Number(/end@(\d+)/.exec(play(policy, [], 9000))?.[1]) - 1000
    expect(ended).toBeGreaterThanOrEqual(least)
    expect(ended).toBeLessThanOrEqual(most)
  })

  it('does not speculate on what surely goes on', () => {
    const policy = createTurnPolicy(semantic)
    policy.handle({ type: 'speech_started', atMs: 0 })
    policy.handle({ type: 'pause', atMs: 1000 })
    policy.handle({ type: 'score', atMs: 1050, score: 0.05 })
    expect(play(policy, [], 9000)).toBe('end@5000')
  })

  it('waits for the rest of a number', () => {
    const ends = [false, true].map((readingDigits) => {
      const policy = createTurnPolicy(semantic)
      policy.handle({ type: 'speech_started', atMs: 0 })
      policy.handle({ type: 'transcript', atMs: 900, text: 'one two three', final: false, readingDigits })
      policy.handle({ type: 'pause', atMs: 1000 })
      policy.handle({ type: 'score', atMs: 1100, score: 0.9 })
      return play(policy, [], 9000)
    })
    expect(ends).toEqual(['end@1300', 'end@2600'])
  })

  it('waits longer for someone who paused in mid-sentence', () => {
    const policy = createTurnPolicy(semantic)
    const due = (): number => {
      policy.handle({ type: 'score', atMs: 0, score: 0.5 })
      return policy.dueMs ?? NaN
    }
    policy.handle({ type: 'speech_started', atMs: 0 })
    policy.handle({ type: 'pause', atMs: 1000 })
    policy.handle({ type: 'silence', atMs: 1200 })
    const first = due() - 1000
    policy.handle({ type: 'resumed', atMs: 1600 })
    policy.handle({ type: 'pause', atMs: 3000 })
    policy.handle({ type: 'silence', atMs: 3200 })
    expect(due() - 3000).toBeGreaterThan(first * 1.15)
  })

  it('never ends a turn by itself with turn detection off', () => {
    const policy = createTurnPolicy(turnSettings(null))
    const events = [
      { type: 'speech_started', atMs: 100 },
      { type: 'pause', atMs: 1000 },
      { type: 'commit', atMs: 20_000 },
    ] as const
    expect(play(policy, events, 60_000)).toBe('end@20000')
  })

  it('holds the turn open while the button is pressed, and a little for the last word', () => {
    const events = [
      { type: 'pressed', atMs: 100 },
      { type: 'speech_started', atMs: 200 },
      { type: 'pause', atMs: 1000 },
      { type: 'resumed', atMs: 8000 },
      { type: 'released', atMs: 9000 },
      { type: 'pause', atMs: 9100 },
    ] as const
    expect(play(createTurnPolicy({ mode: 'push_to_talk', tailMs: 200 }), events, 20_000)).toBe('end@9100')
    expect(play(createTurnPolicy({ mode: 'push_to_talk', tailMs: 50 }), events, 20_000)).toBe('end@9050')
  })

  it('answers a long silence once', () => {
    const policy = createTurnPolicy(serverVad)
    policy.handle({ type: 'answered', atMs: 1000 })
    expect(play(policy, [], 20_000)).toBe('idle@6000')
    policy.handle({ type: 'answered', atMs: 30_000 })
    policy.handle({ type: 'speech_started', atMs: 31_000 })
    expect(policy.handle({ type: 'silence', atMs: 90_000 })).toEqual([])
  })

  it.each<TurnSettings>([{ mode: 'none' }, { mode: 'push_to_talk', tailMs: 200 }])(
    'takes its speculation back and forgets the turn when $mode begins',
    (deaf) => {
      const policy = createTurnPolicy(serverVad)
      const events = [
        { type: 'speech_started', atMs: 100 },
        { type: 'pause', atMs: 1000 },
      ] as const
      expect(play(policy, events, 1200)).toBe('speculate@1100')
      expect(policy.update(deaf)).toEqual([{ type: 'withdraw', atMs: 1200 }])
      expect(policy.open).toBe(false)
      expect(policy.update(serverVad)).toEqual([])
      expect(play(policy, [], 9000)).toBe('')
    },
  )

  it('keeps the turn when other settings listen too, and forgets the button when there is none', () => {
    const policy = createTurnPolicy(serverVad)
    policy.handle({ type: 'speech_started', atMs: 100 })
    policy.handle({ type: 'pause', atMs: 1000 })
    policy.handle({ type: 'silence', atMs: 1100 })
    expect(policy.update(semantic)).toEqual([])
    expect(policy.open).toBe(true)
    const button = createTurnPolicy({ mode: 'push_to_talk', tailMs: 200 })
    button.handle({ type: 'pressed', atMs: 100 })
    expect(button.update(serverVad)).toEqual([])
    expect(button.open).toBe(false)
  })

  it('does not count a silence in which it did not listen', () => {
    const policy = createTurnPolicy(serverVad)
    policy.handle({ type: 'answered', atMs: 1000 })
    policy.update({ mode: 'none' })
    policy.update(serverVad)
    expect(play(policy, [], 20_000)).toBe('')
  })

  it('calls a turn of fillers empty where the settings say so', () => {
    const said = { type: 'transcript', atMs: 500, text: 'um', final: true, fillersOnly: true } as const
    const empties = [true, false].map((remove_filler_words) => {
      const policy = createTurnPolicy(turnSettings({ type: 'azure_semantic_vad', remove_filler_words }))
      policy.handle({ type: 'speech_started', atMs: 0 })
      policy.handle(said)
      policy.handle({ type: 'pause', atMs: 600 })
      return policy
        .handle({ type: 'silence', atMs: 9000 })
        .map((decision) => decision.type === 'end' && decision.empty)
    })
    expect(empties).toEqual([[true], [false]])
  })

  it('refuses settings that cannot be meant', () => {
    expect(() => turnSettings({ type: 'server_vad', silence_duration_ms: -1 })).toThrow(RangeError)
    expect(() => turnSettings({ type: 'server_vad', threshold: 3 })).toThrow(RangeError)
    expect(() => turnSettings({ type: 'semantic_vad', eagerness: 'wild' })).toThrow(RangeError)
    expect(() => turnSettings({ type: 'guess' })).toThrow(RangeError)
    expect(() => createTurnPolicy({ ...semantic, minSilenceMs: 9000 })).toThrow(RangeError)
  })

  it('reads the parameters of Azure', () => {
    const detection = {
      type: 'azure_semantic_vad_en',
      silence_duration_ms: 400,
      end_of_utterance_detection: { threshold_level: 'high', timeout_ms: 1500 },
    } as const
    expect(turnSettings(detection)).toMatchObject({
      mode: 'semantic',
      prefixPaddingMs: 420,
      minSpeechMs: 80,
      minSilenceMs: 400,
      maxSilenceMs: 1500,
      sureScore: 0.9,
      languages: ['en'],
    })
  })
})

const anySettings: fc.Arbitrary<TurnSettings> = fc.constantFrom(
  serverVad,
  semantic,
  turnSettings({ type: 'semantic_vad', eagerness: 'low' }),
  turnSettings({ type: 'azure_semantic_vad', silence_duration_ms: 200 }),
  turnSettings(null),
  { mode: 'push_to_talk', tailMs: 200 } as const,
)
const anyEvent = fc.oneof(
  ...(
    ['speech_started', 'pause', 'resumed', 'silence', 'commit', 'pressed', 'released', 'answered'] as const
  ).map((type) => fc.record({ type: fc.constant(type), afterMs: fc.nat(900) })),
  fc.record({
    type: fc.constant('score' as const),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    afterMs: fc.nat(300),
  }),
  fc.record({
    type: fc.constant('transcript' as const),
    text: fc.string(),
    final: fc.boolean(),
    readingDigits: fc.boolean(),
    fillersOnly: fc.boolean(),
    afterMs: fc.nat(300),
  }),
)

describe('any story of a turn', () => {
  it('resolves every speculation and ends no turn while speech goes on', () => {
    fc.assert(
      fc.property(anySettings, fc.array(anyEvent, { maxLength: 120 }), (settings, events) => {
        const policy = createTurnPolicy(settings)
        let atMs = 0
        let speculating = false
        let speech = false
        for (const { afterMs, ...event } of events) {
          atMs += afterMs
          const dueMs = policy.dueMs
          if (event.type === 'speech_started' || event.type === 'resumed') speech = true
          if (event.type === 'pause') speech = false
          for (const decision of policy.handle({ ...event, atMs })) {
            expect(decision.atMs).toBe(atMs)
            if (decision.type === 'speculate') {
              expect(speculating).toBe(false)
              expect(speech).toBe(false)
              speculating = true
            }
            if (decision.type === 'withdraw') {
              expect(speculating).toBe(true)
              speculating = false
            }
            if (decision.type === 'end') {
              if (decision.reason === 'silence') expect(speech).toBe(false)
              expect(decision.speechEndMs).toBeLessThanOrEqual(atMs)
              expect(policy.open).toBe(false)
              speculating = false
              speech = false
            }
          }
          if (speech) expect(speculating).toBe(false)
          if (event.type === 'silence' && dueMs !== undefined && dueMs <= atMs)
            expect(policy.dueMs ?? Infinity).not.toBe(dueMs)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('waits at least the shortest and at most the longest silence, and never less for a lower score', () => {
    const input = fc.record({
      score: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      resumedPauses: fc.nat(9),
      longestPauseMs: fc.nat(9000),
      readingDigits: fc.boolean(),
    })
    const bounds = fc.record({
      minSilenceMs: fc.nat(2000),
      more: fc.nat(8000),
      sureScore: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(
        bounds,
        input,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ minSilenceMs, more, sureScore }, given, other) => {
          const settings: SemanticTurns = {
            ...semantic,
            minSilenceMs,
            maxSilenceMs: minSilenceMs + more,
            sureScore,
          }
          const waitMs = turnWaitMs(settings, given)
          expect(waitMs).toBeGreaterThanOrEqual(minSilenceMs)
          expect(waitMs).toBeLessThanOrEqual(minSilenceMs + more)
          const score = given.score ?? 0.5
          const otherMs = turnWaitMs(settings, { ...given, score: other })
          if (other < score) expect(otherMs).toBeGreaterThanOrEqual(waitMs)
        },
      ),
    )
  })
})
