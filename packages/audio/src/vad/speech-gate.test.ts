import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createSpeechGate,
  type SpeechGate,
  type SpeechGateEvent,
  type SpeechGateOptions,
} from './speech-gate.ts'

/** 10 ms a frame at 1 kHz: sample numbers are milliseconds. */
const options: SpeechGateOptions = {
  sampleRate: 1000,
  frameSamples: 10,
  enterThreshold: 0.5,
  leaveThreshold: 0.3,
  minSpeechMs: 30,
  silenceMs: 50,
  prefixPaddingMs: 25,
}

/** `#` speech, `+` between the thresholds, `.` silence. */
const probabilityOf: Readonly<Record<string, number>> = { '#': 0.9, '+': 0.4, '.': 0.1 }
const play = (gate: SpeechGate, frames: string): SpeechGateEvent[] =>
  frames.split('').flatMap((frame) => gate.process(probabilityOf[frame] ?? NaN))
/** `started@60<35`: type, sample, and padded sample, pause or time of certainty. */
const short = (event: SpeechGateEvent): string => {
  const place = `${event.type}@${event.atSample}`
  if (event.type === 'started') return `${place}<${event.paddedSample}`
  if (event.type === 'pause') return `${place}+${event.pauseMs}`
  return event.type === 'stopped' ? `${place}>${event.nowSample}` : place
}
const run = (frames: string, changes: Partial<SpeechGateOptions> = {}): string =>
  play(createSpeechGate({ ...options, ...changes }), frames)
    .map(short)
    .join(' ')

describe('speech gate', () => {
  it.each<[string, string, Partial<SpeechGateOptions>, string]>([
    ['hears nothing in silence', '......', {}, ''],
    ['does not begin between the thresholds', '++++++', {}, ''],
    ['confirms after the shortest speech', '......###', {}, 'tentative@60 started@60<35'],
    ['withdraws what was too short', '..##..', {}, 'tentative@20 misfire@40'],
    ['begins anew after a misfire', '.#.###', {}, 'tentative@10 misfire@20 tentative@30 started@30<5'],
    ['counts frames between the thresholds as speech once begun', '#++', {}, 'tentative@0 started@0<0'],
    ['never pads before the first sample', '.###', {}, 'tentative@10 started@10<0'],
    [
      'stops after the silence, at the end of the speech',
      '###.....',
      {},
      'tentative@0 started@0<0 stopped@30>80',
    ],
    ['does not stop a frame too early', '###....', {}, 'tentative@0 started@0<0'],
    ['bridges a short silence without a word', '###....#.....', {}, 'tentative@0 started@0<0 stopped@80>130'],
    ['does not resume between the thresholds', '###..+++', {}, 'tentative@0 started@0<0 stopped@30>80'],
    ['stays in speech between the thresholds', '###++++++++', {}, 'tentative@0 started@0<0'],
    ['takes no number for silence', '###?????', {}, 'tentative@0 started@0<0 stopped@30>80'],
    [
      'pads not into the turn before',
      '###.....###',
      {},
      'tentative@0 started@0<0 stopped@30>80 tentative@80 started@80<80',
    ],
    ['starts at once without a shortest speech', '#', { minSpeechMs: 0 }, 'tentative@0 started@0<0'],
    [
      'stops at once without a silence window',
      '###.',
      { silenceMs: 0 },
      'tentative@0 started@0<0 stopped@30>40',
    ],
    [
      'marks pauses in order and takes them back',
      '###...#.....',
      { pauseMs: [30, 15] },
      'tentative@0 started@0<0 pause@30+15 pause@30+30 resumed@60 pause@70+15 pause@70+30 stopped@70>120',
    ],
    [
      'marks several pauses of one frame from the shortest on',
      '###.',
      { pauseMs: [9, 5] },
      'tentative@0 started@0<0 pause@30+5 pause@30+9',
    ],
    [
      'marks no pause at or beyond the stop',
      '###.....',
      { pauseMs: [50, 80] },
      'tentative@0 started@0<0 stopped@30>80',
    ],
    [
      'marks a pause of nothing with the first silent frame',
      '###.',
      { pauseMs: [0] },
      'tentative@0 started@0<0 pause@30+0',
    ],
  ])('%s', (_, frames, changes, expected) => {
    expect(run(frames, changes)).toBe(expected)
  })

  it.each([
    [0, 30],
    [15, 45],
    [50, 80],
    [1000, 80],
  ])('gives the speech a tail of %i ms, never beyond what was heard', (tailMs, paddedSample) => {
    const events = play(createSpeechGate({ ...options, tailMs }), '###.....')
    expect(events.at(-1)).toEqual({ type: 'stopped', atSample: 30, paddedSample, nowSample: 80 })
  })

  it('takes new settings in the middle of a silence', () => {
    const gate = createSpeechGate(options)
    play(gate, '###..')
    gate.update({ silenceMs: 30, pauseMs: [10] })
    expect(play(gate, '.').map(short)).toEqual(['stopped@30>60'])
    gate.update({ minSpeechMs: 10, prefixPaddingMs: 0, silenceMs: 100 })
    expect(play(gate, '.#').map(short)).toEqual(['tentative@70', 'started@70<70'])
    expect(play(gate, '..').map(short)).toEqual(['pause@80+10'])
    gate.update({ pauseMs: [10, 40] })
    expect(play(gate, '..').map(short)).toEqual(['pause@80+40'])
  })

  it('keeps its settings when an update is refused', () => {
    const gate = createSpeechGate(options)
    expect(() => gate.update({ silenceMs: 10, leaveThreshold: 0.6 })).toThrow(RangeError)
    expect(play(gate, '###.').map(short)).toEqual(['tentative@0', 'started@0<0'])
  })

  it('is speaking from started to stopped, not while tentative', () => {
    const gate = createSpeechGate(options)
    const speaking = '.###.....'.split('').map((frame) => {
      play(gate, frame)
      return gate.speaking
    })
    expect(speaking).toEqual([false, false, false, true, true, true, true, true, false])
  })

  it('goes on at the given sample after a reset, without the past', () => {
    const gate = createSpeechGate(options)
    play(gate, '###..')
    gate.reset(gate.nowSample)
    expect(gate.speaking).toBe(false)
    expect(play(gate, '.....###').map(short)).toEqual(['tentative@100', 'started@100<75'])
    gate.reset()
    expect(play(gate, '###').map(short)).toEqual(['tentative@0', 'started@0<0'])
    gate.reset(1000)
    expect(play(gate, '###').map(short)).toEqual(['tentative@1000', 'started@1000<1000'])
  })

  it.each<Partial<SpeechGateOptions>>([
    { enterThreshold: 0.2 },
    { enterThreshold: 1.1 },
    { leaveThreshold: -0.1 },
    { silenceMs: -1 },
    { minSpeechMs: NaN },
    { tailMs: -1 },
    { pauseMs: [-5] },
    { sampleRate: 0 },
    { frameSamples: 0 },
  ])('refuses %j', (changes) => {
    expect(() => createSpeechGate({ ...options, ...changes })).toThrow(RangeError)
  })

  it('tells a consistent story whatever the probabilities', () => {
    const settings = fc.record({
      leaveThreshold: fc.double({ min: 0, max: 0.5, noNaN: true }),
      minSpeechMs: fc.nat(80),
      silenceMs: fc.nat(120),
      prefixPaddingMs: fc.nat(100),
      tailMs: fc.nat(150),
      pauseMs: fc.array(fc.nat(120), { maxLength: 3 }),
    })
    const follows: Readonly<Record<string, readonly string[]>> = {
      nothing: ['tentative'],
      tentative: ['started', 'misfire'],
      misfire: ['tentative'],
      started: ['pause', 'stopped'],
      pause: ['pause', 'resumed', 'stopped'],
      resumed: ['pause', 'stopped'],
      stopped: ['tentative'],
    }
    fc.assert(
      fc.property(
        settings,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 }),
        (given, frames) => {
          const gate = createSpeechGate({ ...options, ...given })
          let last = 'nothing'
          let atSample = 0
          let turnEnd = 0
          for (const probability of frames) {
            for (const event of gate.process(probability)) {
              expect(follows[last]).toContain(event.type)
              // An onset comes twice and an end many times; no event goes back.
              expect(event.atSample).toBeGreaterThanOrEqual(atSample)
              expect(event.atSample).toBeLessThan(gate.nowSample)
              expect(event.atSample % 10).toBe(0)
              if (event.type === 'started') {
                expect(event.paddedSample).toBeGreaterThanOrEqual(turnEnd)
                expect(event.paddedSample).toBeLessThanOrEqual(event.atSample)
                expect(event.atSample - event.paddedSample).toBeLessThanOrEqual(given.prefixPaddingMs)
                expect(gate.nowSample - event.atSample).toBeGreaterThanOrEqual(given.minSpeechMs)
              }
              if (event.type === 'stopped') {
                expect(event.nowSample).toBe(gate.nowSample)
                expect(event.nowSample - event.atSample).toBeGreaterThanOrEqual(given.silenceMs)
                expect(event.paddedSample).toBeGreaterThanOrEqual(event.atSample)
                expect(event.paddedSample).toBeLessThanOrEqual(event.nowSample)
                turnEnd = event.nowSample
              }
              last = event.type
              atSample = event.atSample
            }
          }
          expect(gate.speaking).toBe(['started', 'pause', 'resumed'].includes(last))
        },
      ),
    )
  })
})
