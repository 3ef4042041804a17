import { describe, expect, it } from 'vitest'
import { latencyOf, parseTimings } from './latency.ts'

const timings = { speechStoppedMs: 430, transcriptMs: 455, firstTextMs: 470, firstAudioMs: 560 }

describe('latencyOf', () => {
  it('counts from the end of speech, which lies before the event that told of it', () => {
    const latency = latencyOf({
      origin: { kind: 'speech', at: 10_000 },
      soundAt: 10_160,
      outputLatencyMs: 10,
      silenceMs: 400,
      timings,
    })
    expect(latency.totalMs).toBe(600)
    expect(latency.parts).toEqual([
      { name: 'turn', ms: 430 },
      { name: 'recognition', ms: 25 },
      { name: 'thinking', ms: 15 },
      { name: 'voice', ms: 90 },
      { name: 'playout', ms: 40 },
    ])
  })

  it('leaves out a step that ran ahead of the one before it', () => {
    const { parts } = latencyOf({
      origin: { kind: 'speech', at: 0 },
      soundAt: 170,
      outputLatencyMs: 0,
      silenceMs: 400,
      timings: { ...timings, transcriptMs: 380, firstTextMs: 385 },
    })
    expect(parts).toEqual([
      { name: 'turn', ms: 430 },
      { name: 'voice', ms: 130 },
      { name: 'playout', ms: 40 },
    ])
  })

  it('takes the silence setting for the first part where the server gives no timings', () => {
    const latency = latencyOf({
      origin: { kind: 'speech', at: 0 },
      soundAt: 300,
      outputLatencyMs: 20,
      silenceMs: 500,
      timings: undefined,
    })
    expect(latency.totalMs).toBe(820)
    expect(latency.parts.map(({ name }) => name)).toEqual(['turn', 'answer', 'playout'])
  })

  it.each(['text', 'commit'] as const)('counts from the sending of a %s', (kind) => {
    const latency = latencyOf({
      origin: { kind, at: 1000 },
      soundAt: 1180,
      outputLatencyMs: 0,
      silenceMs: 400,
      timings: {
        ...timings,
        speechStoppedMs: undefined,
        transcriptMs: undefined,
        firstTextMs: 20,
        firstAudioMs: 90,
      },
    })
    expect(latency).toMatchObject({ totalMs: 180, origin: kind })
    expect(latency.parts.map(({ name }) => name)).toEqual(['thinking', 'voice', 'playout'])
  })

  it('has parts that add up to the total, also when the server claims more than passed here', () => {
    const { parts, totalMs } = latencyOf({
      origin: { kind: 'text', at: 0 },
      soundAt: 50,
      outputLatencyMs: 0,
      silenceMs: 400,
      timings,
    })
    expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBe(totalMs)
  })
})

describe('parseTimings', () => {
  it('reads what is there and takes null for a step that did not happen', () => {
    expect(
      parseTimings({ timings: { speech_stopped_ms: 12, transcript_ms: null, first_audio_ms: 90 } }),
    ).toEqual({
      speechStoppedMs: 12,
      transcriptMs: undefined,
      firstTextMs: undefined,
      firstAudioMs: 90,
    })
  })

  it.each([undefined, null, 'x', {}, { timings: null }])('gives nothing for %j', (parley) => {
    expect(parseTimings(parley)).toBeUndefined()
  })
})
