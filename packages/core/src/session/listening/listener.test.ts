import { noise, tone } from '@parley/audio/testing'
import { float32ToPcm16 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { createListener } from './listener.ts'
import type { SpeechDetector } from '../ports.ts'
import { listeningDefaults } from '../settings/turn-detection.ts'

const format = { type: 'audio/pcm', rate: 24_000 } as const
const quietMs = (ms: number, seed = 1): Uint8Array =>
  float32ToPcm16(noise({ seed, length: ms * 24, amplitude: 0.0005 }))
const loudMs = (ms: number): Uint8Array =>
  float32ToPcm16(tone({ frequency: 180, sampleRate: 24_000, length: ms * 24, amplitude: 0.2 }))

/** What a listener does, as text: `start 700`, `600 ms`, `stop 1700`. */
function listen(detector?: SpeechDetector) {
  const log: string[] = []
  let passedMs = 0
  const flushed = (): void => {
    if (passedMs > 0) log.push(`${Math.round(passedMs)} ms`)
    passedMs = 0
  }
  const listener = createListener({
    detector,
    noticed: (speech, ms) => {
      flushed()
      log.push(`${speech} ${ms}`)
    },
    pass: (bytes) => {
      passedMs += bytes.byteLength / 48
    },
  })
  return {
    listener,
    hear: (bytes: Uint8Array) => listener.hear(bytes, format, listeningDefaults),
    result: (): readonly string[] => {
      flushed()
      return log
    },
  }
}

/** `bytes` in chunks of 20 ms. */
function chunks(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / 960) }, (_, index) =>
    bytes.subarray(index * 960, (index + 1) * 960),
  )
}

/** A detector that answers later and takes any sound over a level for speech. */
const slow: SpeechDetector = {
  frameSamples: 512,
  open: () => ({
    push: async (frame) => {
      await new Promise((resolve) => setImmediate(resolve))
      return frame.some((sample) => Math.abs(sample) > 0.01) ? 1 : 0
    },
    reset: () => undefined,
  }),
}

const turn = [quietMs(1_000), loudMs(600), quietMs(1_000, 2)]

describe.each([
  ['by level', undefined],
  ['by a detector that takes its time', slow],
])('listening %s', (_name, detector) => {
  it('passes a turn on with what came just before it, and nothing of the silence around', async () => {
    const { listener, hear, result } = listen(detector)
    for (const chunk of turn.flatMap(chunks)) hear(chunk)
    await listener.settled()
    const [started, sound, stopped, ...rest] = result()
    expect(Number(started?.replace('started ', ''))).toBeGreaterThanOrEqual(660)
    expect(Number(started?.replace('started ', ''))).toBeLessThanOrEqual(740)
    expect(Number.parseInt(sound ?? '', 10)).toBeGreaterThan(1_300)
    expect(Number.parseInt(sound ?? '', 10)).toBeLessThan(1_600)
    expect(stopped).toMatch(/^stopped 2[01]\d\d$/)
    expect(rest).toEqual([])
  })

  it('finds every turn in sound that comes at once', async () => {
    const { listener, hear, result } = listen(detector)
    hear(Uint8Array.from([...turn, ...turn].flatMap((part) => [...part])))
    await listener.settled()
    expect(result().map((entry) => entry.replace(/\d+/, '#'))).toEqual([
      'started #',
      '# ms',
      'stopped #',
      'started #',
      '# ms',
      'stopped #',
    ])
  })

  it('gives out what it holds for a commit, in order', async () => {
    const { listener, hear, result } = listen(detector)
    for (const chunk of chunks(quietMs(400))) hear(chunk)
    listener.release()
    listener.after(() => void result())
    await listener.settled()
    expect(result()).toEqual(['400 ms'])
  })

  it('forgets what it holds', async () => {
    const { listener, hear, result } = listen(detector)
    for (const chunk of chunks(quietMs(400))) hear(chunk)
    listener.forget()
    listener.release()
    await listener.settled()
    expect(result()).toEqual([])
  })
})

describe('a detector that fails', () => {
  it('hears nothing, and is opened anew for the sound after it', async () => {
    let opened = 0
    const broken: SpeechDetector = {
      frameSamples: 512,
      open: () => {
        opened += 1
        const answer = opened === 1 ? () => Promise.reject(new Error('gone')) : () => 1
        return { push: answer, reset: () => undefined }
      },
    }
    const { listener, hear, result } = listen(broken)
    hear(loudMs(60))
    await listener.settled()
    hear(loudMs(500))
    await listener.settled()
    expect(result()[0]).toMatch(/^started/)
    expect(opened).toBe(2)
  })
})
