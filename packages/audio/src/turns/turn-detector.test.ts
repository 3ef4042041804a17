import { describe, expect, it } from 'vitest'
import type { SpeechProbability } from '../vad/speech-probability.ts'
import { createRecentSound } from './recent-sound.ts'
import type { EndOfTurnScorer } from './scorer.ts'
import { createTurnDetector, type TurnDetector } from './turn-detector.ts'
import { turnSettings } from './turn-settings.ts'

/** 20 ms a frame: the first sample of each says how likely it is speech. */
const scripted: SpeechProbability = {
  frameSamples: 320,
  sampleRate: 16_000,
  process: (frame) => frame[0] ?? 0,
  reset: () => undefined,
}
const frame = (speech: boolean): Float32Array => new Float32Array(320).fill(speech ? 0.9 : 0)

async function play(
  detector: TurnDetector,
  script: string,
  words: Readonly<Record<number, string>> = {},
): Promise<string> {
  const told: string[] = []
  for (const [index, letter] of script.split('').entries()) {
    const said = words[index]
    const decisions = said === undefined ? [] : detector.transcript(said, false)
    for (const event of [...decisions, ...detector.process(frame(letter === '#'))])
      told.push(`${event.type}@${event.atMs}`)
    // Lets a scorer that answers later answer.
    await Promise.resolve()
    await Promise.resolve()
  }
  return told.join(' ')
}

const silence = '.'.repeat(250)
const semantic = turnSettings({ type: 'semantic_vad' })
const fixed = (score: number): EndOfTurnScorer => ({ score: () => score })
const later = (score: number): EndOfTurnScorer => ({ score: () => Promise.resolve(score) })

describe('the turn detector', () => {
  it('ends a turn after the silence of server VAD', async () => {
    const detector = createTurnDetector({
      detector: scripted,
      settings: turnSettings({ type: 'server_vad' }),
    })
    expect(await play(detector, `..########${silence}`)).toBe('started@140 speculate@300 end@700')
  })

  it.each([
    ['at once', fixed],
    ['later', later],
  ])('ends a semantic turn by the word of a scorer that answers %s', async (_, scorer) => {
    const ends = await Promise.all(
      [0.95, 0.02].map((score) =>
        play(
          createTurnDetector({ detector: scripted, settings: semantic, scorer: scorer(score) }),
          `########${silence}`,
        ),
      ),
    )
    expect(ends[0]).toMatch(/end@4[68]0$/)
    expect(ends[1]).toMatch(/end@41[68]0$/)
  })

  it('judges by the words as they come', async () => {
    const run = (text: string): Promise<string> =>
      play(createTurnDetector({ detector: scripted, settings: semantic }), `########${silence}`, { 14: text })
    const [open, whole] = await Promise.all([run('ich möchte einen'), run('ja bitte')])
    const endOf = (story: string): number => Number(/end@(\d+)/.exec(story)?.[1])
    expect(endOf(whole ?? '')).toBeLessThan(600)
    expect(endOf(open ?? '')).toBeGreaterThan(2000)
  })

  it('ends as if nobody had judged when the scorer fails', async () => {
    const errors: unknown[] = []
    const scorer: EndOfTurnScorer = { score: () => Promise.reject(new Error('gone')) }
    const failed = (error: unknown): void => void errors.push(error)
    const detector = createTurnDetector({ detector: scripted, settings: semantic, scorer, failed })
    expect(await play(detector, `########${silence}`)).toMatch(/^started@100 speculate@\d+ end@\d+$/)
    expect(errors.length).toBeGreaterThan(0)
  })

  it('does not take the answer of one pause for that of the next', async () => {
    const answers: ((score: number) => void)[] = []
    const scorer: EndOfTurnScorer = { score: () => new Promise((resolve) => answers.push(resolve)) }
    const detector = createTurnDetector({ detector: scripted, settings: semantic, scorer })
    await play(detector, `########${'.'.repeat(8)}####`)
    answers[0]?.(0.99)
    expect(await play(detector, `........${'.'.repeat(20)}`)).not.toMatch(/end/)
  })

  it('gives the scorer the sound of the turn', async () => {
    const lengths: number[] = []
    const scorer: EndOfTurnScorer = { score: ({ samples }) => (lengths.push(samples.length), 0.9) }
    await play(
      createTurnDetector({ detector: scripted, settings: semantic, scorer }),
      `${'.'.repeat(50)}########${silence}`,
    )
    // 300 ms before, 160 ms of speech, 100 and 240 ms of silence.
    expect(lengths).toEqual([560, 700].map((ms) => ms * 16))
  })

  it('voids the turn under way when turn detection is turned off, and begins anew when it is on', async () => {
    const settings = turnSettings({ type: 'server_vad' })
    const detector = createTurnDetector({ detector: scripted, settings })
    expect(await play(detector, `########${'.'.repeat(22)}`)).toBe('started@100 speculate@260')
    expect(detector.update({ mode: 'none' })).toEqual([{ type: 'withdraw', atMs: 600 }])
    expect(await play(detector, silence.slice(0, 150))).toBe('')
    expect(detector.update(settings)).toEqual([])
    expect(await play(detector, `${'.'.repeat(50)}########${silence}`)).toBe(
      'started@4700 speculate@4860 end@5260',
    )
  })

  it('needs a new start of speech after turn detection was off for no more than a moment', async () => {
    const settings = turnSettings({ type: 'server_vad' })
    const detector = createTurnDetector({ detector: scripted, settings })
    await play(detector, '########')
    detector.update({ mode: 'none' })
    detector.update(settings)
    expect(await play(detector, silence)).toBe('')
    expect(await play(detector, `########${silence}`)).toMatch(/^started@\d+ speculate@\d+ end@\d+$/)
  })

  it('idles with turn detection off, and ends on commit', async () => {
    const detector = createTurnDetector({ detector: scripted, settings: turnSettings(null) })
    expect(await play(detector, `########${silence}`)).toBe('')
    expect(detector.commit()).toMatchObject([{ type: 'end', reason: 'commit' }])
  })
})

describe('recent sound', () => {
  it('keeps the newest, in order', () => {
    const recent = createRecentSound(5)
    recent.push(Float32Array.of(1, 2, 3))
    expect(recent.last(9)).toEqual(Float32Array.of(1, 2, 3))
    recent.push(Float32Array.of(4, 5, 6, 7))
    expect(recent.last(5)).toEqual(Float32Array.of(3, 4, 5, 6, 7))
    expect(recent.last(2)).toEqual(Float32Array.of(6, 7))
    recent.push(Float32Array.from({ length: 12 }, (_, n) => n))
    expect(recent.last(5)).toEqual(Float32Array.of(7, 8, 9, 10, 11))
    recent.clear()
    expect(recent.last(5).length).toBe(0)
  })
})
