import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rmsDbfs } from '../level.ts'
import { float32ToPcm16 } from '../pcm.ts'
import { concatFloat32, fitTone, snrDb, tone } from '../testing/index.ts'
import type { PlaybackReport } from './index.ts'
import { createPlaybackQueue, type PlaybackQueue } from './playback-queue.ts'

interface Player {
  readonly queue: PlaybackQueue
  readonly reports: PlaybackReport[]
  /** What is heard in the next `ms`, in quanta of 128. */
  readonly hear: (ms: number) => Float32Array
  /** Types and items of the reports since the last call, without positions. */
  readonly story: () => string[]
}

function setUp(contextRate = 24_000, startBufferMs = 0): Player {
  const reports: PlaybackReport[] = []
  const queue = createPlaybackQueue({ contextRate, startBufferMs, post: (report) => reports.push(report) })
  let told = 0
  return {
    queue,
    reports,
    hear(ms) {
      const quanta = Math.ceil((ms * contextRate) / 1000 / 128)
      return concatFloat32(
        Array.from({ length: quanta }, () => {
          const quantum = new Float32Array(128).fill(NaN)
          queue.render(quantum)
          return quantum
        }),
      )
    },
    story() {
      const news = reports.slice(told).filter(({ type }) => type !== 'position')
      told = reports.length
      return news.map(({ type, itemId }) => `${type} ${itemId}`)
    },
  }
}

const hum = (ms: number): Float32Array => tone({ frequency: 440, sampleRate: 24_000, length: ms * 24 })
const pcm = (samples: Float32Array): ArrayBuffer => float32ToPcm16(samples).buffer
const constant = (ms: number, value: number): ArrayBuffer => pcm(new Float32Array(ms * 24).fill(value))

describe('playback queue', () => {
  it('is silent with nothing to play', () => {
    expect(
      setUp()
        .hear(20)
        .every((sample) => sample === 0),
    ).toBe(true)
  })

  it('plays what it was given and says when it begins and ends', () => {
    const { queue, hear, story, reports } = setUp()
    queue.append('a', pcm(hum(100)))
    queue.finish('a')
    expect(snrDb(hum(100), hear(120))).toBeGreaterThan(85)
    expect(story()).toEqual(['started a', 'ended a'])
    expect(reports.at(-1)).toEqual({ type: 'ended', itemId: 'a', playedMs: 100 })
  })

  it('joins the appends of one item without a seam at another rate', () => {
    const { queue, hear } = setUp(44_100)
    const sound = hum(200)
    for (let at = 0; at < sound.length; at += 333) queue.append('a', pcm(sound.subarray(at, at + 333)))
    queue.finish('a')
    const { amplitude, residual } = fitTone(hear(200).subarray(1000, 7800), 440, 44_100)
    expect(amplitude).toBeCloseTo(0.5, 3)
    expect(rmsDbfs(Float32Array.from(residual))).toBeLessThan(-90)
  })

  it('plays items in the order of their first append', () => {
    const { queue, hear, story } = setUp()
    queue.append('a', constant(20, 0.25))
    queue.append('b', constant(20, 0.5))
    queue.append('a', constant(20, 0.25))
    queue.finish('b')
    const heard = hear(80)
    expect(heard.subarray(0, 960).every((sample) => sample === 0.25)).toBe(true)
    expect(heard.subarray(960, 1440).every((sample) => sample === 0.5)).toBe(true)
    expect(heard.subarray(1440).every((sample) => sample === 0)).toBe(true)
    expect(story()).toEqual(['started a', 'ended a', 'started b', 'ended b'])
  })

  it('ends an item only when it is finished', () => {
    const { queue, hear, story } = setUp()
    queue.append('a', constant(20, 0.5))
    hear(100)
    expect(story()).toEqual(['started a'])
    queue.append('a', constant(20, 0.5))
    hear(100)
    queue.finish('a')
    hear(10)
    expect(story()).toEqual(['ended a'])
  })

  it('waits for the start buffer, but no longer than it lasts', () => {
    const { queue, hear, story } = setUp(24_000, 40)
    queue.append('a', constant(10, 0.5))
    expect(hear(32).every((sample) => sample === 0)).toBe(true)
    queue.append('a', constant(30, 0.5))
    expect(hear(5).every((sample) => sample === 0.5)).toBe(true)
    hear(100)
    queue.append('a', constant(10, 0.5))
    expect(hear(32).every((sample) => sample === 0)).toBe(true)
    expect(hear(16)).toContain(0.5)
    expect(story()).toEqual(['started a'])
  })

  it('does not wait for the start buffer of a finished item', () => {
    const { queue, hear } = setUp(24_000, 40)
    queue.append('a', constant(10, 0.5))
    queue.finish('a')
    expect(hear(10)[0]).toBe(0.5)
  })

  it('reports position, rest and level about every 50 ms', () => {
    const { queue, hear, reports } = setUp()
    queue.append('a', constant(200, 0.5))
    hear(120)
    const positions = reports.filter((report) => report.type === 'position')
    expect(positions).toHaveLength(2)
    for (const [i, { playedMs, queuedMs, level }] of positions.entries()) {
      expect(Math.abs(playedMs - 50 * (i + 1))).toBeLessThan(11)
      expect(playedMs + queuedMs).toBeCloseTo(200, 9)
      expect(level).toBeCloseTo(-6.02, 2)
    }
  })

  it('stops on clear within 5 ms, without a click, and says what was heard', () => {
    const { queue, hear, story, reports } = setUp(48_000)
    queue.append('a', constant(500, 0.5))
    queue.append('b', constant(500, 0.5))
    const before = hear(100)
    queue.clear()
    expect(reports.at(-1)).toEqual({ type: 'cleared', itemId: 'a', playedMs: before.length / 48 })
    const after = hear(100)
    expect(after.subarray(240).every((sample) => sample === 0)).toBe(true)
    const joined = concatFloat32([before.slice(-1), after])
    const steps = joined.subarray(1).map((sample, i) => Math.abs(sample - (joined[i] ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(0.5 / 200)
    expect(story()).toEqual(['started a', 'cleared a'])
  })

  it('answers a clear with nothing queued, or nothing heard yet', () => {
    const { queue, hear, reports } = setUp(24_000, 40)
    queue.clear()
    expect(reports.at(-1)).toEqual({ type: 'cleared', itemId: undefined, playedMs: 0 })
    queue.append('a', constant(20, 0.5))
    queue.clear()
    expect(reports.at(-1)).toEqual({ type: 'cleared', itemId: 'a', playedMs: 0 })
    expect(hear(100).every((sample) => sample === 0)).toBe(true)
  })

  it('plays what comes after a clear', () => {
    const { queue, hear } = setUp()
    queue.append('a', constant(100, 0.5))
    hear(20)
    queue.clear()
    hear(20)
    queue.append('b', constant(20, 0.25))
    expect(hear(10)[0]).toBe(0.25)
  })

  it('tells a consistent story whatever is asked of it', () => {
    const itemId = fc.constantFrom('a', 'b', 'c')
    const action = fc.oneof(
      fc.record({ do: fc.constant('append' as const), itemId, ms: fc.nat(120) }),
      fc.record({ do: fc.constant('finish' as const), itemId }),
      fc.record({ do: fc.constant('clear' as const) }),
      fc.record({ do: fc.constant('hear' as const), ms: fc.nat(150) }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(24_000, 44_100, 48_000),
        fc.constantFrom(0, 40),
        fc.array(action, { maxLength: 20 }),
        (contextRate, startBufferMs, actions) => {
          const { queue, hear, reports } = setUp(contextRate, startBufferMs)
          const given = new Map<string, number>()
          for (const step of actions) {
            if (step.do === 'append') {
              given.set(step.itemId, (given.get(step.itemId) ?? 0) + step.ms)
              queue.append(step.itemId, constant(step.ms, 0.5))
            }
            if (step.do === 'finish') queue.finish(step.itemId)
            if (step.do === 'clear') queue.clear()
            if (step.do === 'hear') {
              for (const sample of hear(step.ms)) expect(Math.abs(sample)).toBeLessThan(0.6)
            }
          }
          for (const id of given.keys()) queue.finish(id)
          hear(3000)

          let playing: string | undefined
          let playedMs = 0
          for (const report of reports) {
            if (report.type === 'started') {
              expect(playing).toBeUndefined()
              playing = report.itemId
              playedMs = 0
              continue
            }
            if (playing !== undefined) expect(report.itemId).toBe(playing)
            expect(report.playedMs).toBeGreaterThanOrEqual(playing === undefined ? 0 : playedMs)
            // One sample of the context more for each piece the resampler rounded up.
            expect(report.playedMs).toBeLessThanOrEqual((given.get(report.itemId ?? '') ?? 0) + 1)
            playedMs = report.playedMs
            if (report.type === 'ended' || report.type === 'cleared') playing = undefined
          }
          expect(playing).toBeUndefined()
        },
      ),
      { numRuns: 40 },
    )
  })
})
