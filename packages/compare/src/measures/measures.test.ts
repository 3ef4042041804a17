import { describe, expect, it } from 'vitest'
import type { LaneRun } from '../run/lane-run.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { answer, heard, laneRun, scenario, speech } from './__fixtures__/runs.ts'
import { measureDefinitions } from './definitions.ts'
import type { MeasureName } from './measure.ts'
import { measures, turnErrorsOf } from './measures.ts'
import { turnsOf } from './turns.ts'

const question = scenario([{ say: 'What time is it?' }, { wait: 'answer' }])

describe('measures', () => {
  it('are each defined once, in both languages', () => {
    const names = measures.map(({ name }) => name)
    expect(names.toSorted()).toEqual(Object.keys(measureDefinitions).toSorted())
    for (const { en, de } of Object.values(measureDefinitions)) {
      expect([en.title, en.definition, de.title, de.definition].every((text) => text.length > 3)).toBe(true)
    }
  })

  it('take connection and readiness from the beginning of the connection', () => {
    const run = laneRun([
      { type: 'connected', at: 41 },
      { type: 'session_created', at: 50 },
      { type: 'session_ready', at: 62 },
    ])
    expect(observe('connect', run)).toEqual([41])
    expect(observe('session_ready', run)).toEqual([62])
    expect(observe('session_ready', laneRun([]))).toEqual([])
  })

  it('count the wait from the true end of speech to what is heard, once a turn', () => {
    const script = scenario([{ say: 'One?' }, { wait: 'answer' }, { say: 'Two?' }, { wait: 'answer' }])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...heard('item_1', 1150, 2300, 'One?'),
      ...answer('resp_1', { created: 2250, sound: 2500, end: 4000 }),
      ...speech(2, 5000, 6000),
      ...heard('item_2', 5150, 5900, 'Two?'),
      ...answer('resp_2', { created: 6300, sound: 6700, end: 8000 }),
    ])
    expect(observe('first_audio', run, script)).toEqual([500, 700])
    expect(observe('first_text', run, script)).toEqual([260, 310])
    expect(observe('first_transcript', run, script)).toEqual([300, -100])
    expect(observe('turn_errors', run, script)).toEqual([0])
    expect(observe('false_interruptions', run, script)).toEqual([0])
    expect(observe('interruption', run, script)).toEqual([])
  })

  it('count the wait of a typed message from when it was sent', () => {
    const script = scenario([{ type: 'What time is it?' }])
    const run = laneRun([
      { type: 'text_sent', at: 1000, step: 0, text: 'What time is it?' },
      ...answer('resp_1', { created: 1100, sound: 1400, end: 3000 }),
    ])
    expect(observe('first_audio', run, script)).toEqual([400])
  })

  it('join the sound before and after a pause of the script to one utterance', () => {
    const script = scenario([{ say: 'My name is [pause 2s] Ada.' }])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...speech(0, 4000, 5000),
      ...answer('resp_1', { created: 5200, sound: 5600, end: 7000 }),
    ])
    expect(turnsOf(run, script)).toMatchObject([{ startedAt: 1000, endedAt: 5000, said: 'My name is Ada.' }])
    expect(observe('first_audio', run, script)).toEqual([600])
  })

  it('call an answer at a pause a turn-taking error, and take the wait from the answer that follows', () => {
    const script = scenario([{ say: 'My name is [pause 2s] Ada.' }])
    const run = laneRun([
      ...speech(0, 1000, 5000),
      ...answer('resp_1', { created: 2500, sound: 2900, end: 4100, cut: true }),
      ...answer('resp_2', { created: 5200, sound: 5600, end: 7000 }),
    ])
    expect(errors(run, script)).toEqual([{ kind: 'early', at: 2900, turn: 0 }])
    expect(observe('first_audio', run, script)).toEqual([600])
    expect(observe('false_interruptions', run, script)).toEqual([0])
  })

  it('do not call an answer early that was dropped before a sound of it was heard', () => {
    const script = scenario([{ say: 'My name is [pause 2s] Ada.' }])
    const run = laneRun([
      ...speech(0, 1000, 5000),
      { type: 'response_created', at: 2500, responseId: 'resp_1' },
      { type: 'first_text', at: 2600, responseId: 'resp_1', text: 'Hello' },
      { type: 'response_done', at: 2700, responseId: 'resp_1', status: 'cancelled', text: 'Hello' },
      ...answer('resp_2', { created: 5200, sound: 5600, end: 7000 }),
    ])
    expect(observe('turn_errors', run, script)).toEqual([0])
    expect(observe('first_text', run, script)).toEqual([210])
  })

  it('call it an error when nothing is answered for 10 s, but not when there was no such time', () => {
    const spoken = speech(0, 1000, 2000)
    expect(errors(laneRun(spoken), question)).toEqual([{ kind: 'missing', at: 12_000, turn: 0 }])
    expect(errors(laneRun(spoken, { durationMs: 9000 }), question)).toEqual([])
    const late = [...spoken, ...answer('resp_1', { created: 12_500, sound: 13_000, end: 14_000 })]
    expect(errors(laneRun(late), question)).toEqual([{ kind: 'missing', at: 12_000, turn: 0 }])
    expect(observe('first_audio', laneRun(late), question)).toEqual([11_000])
  })

  it('want no answer where the scenario expects none', () => {
    const script = scenario([{ say: 'Just a moment.' }, { expect: { no_answer: true } }, { say: 'Now.' }])
    const run = laneRun([...speech(0, 1000, 2000), ...speech(2, 20_000, 21_000)])
    expect(errors(run, script)).toEqual([{ kind: 'missing', at: 31_000, turn: 1 }])
  })

  it('call a second answer an error, unless it follows a tool call', () => {
    const first = answer('resp_1', { created: 2200, sound: 2500, end: 4000 })
    const second = answer('resp_2', { created: 4100, sound: 4500, end: 6000 })
    const call = { type: 'tool_call', at: 3000, responseId: 'resp_1', name: 'find', arguments: '{}' } as const
    const spoken = speech(0, 1000, 2000)
    expect(errors(laneRun([...spoken, ...first, ...second]), question)).toEqual([
      { kind: 'second', at: 4500, turn: 0 },
    ])
    expect(errors(laneRun([...spoken, ...first, call, ...second]), question)).toEqual([])
  })

  it('measure an interruption from the true start of speech to silence as heard', () => {
    const script = scenario([{ say: 'Tell me a story.' }, { interrupt: 'Stop.', after: 1000 }])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...answer('resp_1', { created: 2200, sound: 2500, end: 3820, cut: true }),
      ...speech(1, 3500, 3900),
    ])
    expect(observe('interruption', run, script)).toEqual([320])
    expect(observe('false_interruptions', run, script)).toEqual([0])
    const deaf = laneRun([
      ...speech(0, 1000, 2000),
      ...answer('resp_1', { created: 2200, sound: 2500, end: 9500 }),
      ...speech(1, 3500, 3900),
    ])
    expect(observe('interruption', deaf, script)).toEqual([6000])
  })

  it('call a cut false when only a backchannel, noise or nothing was there', () => {
    const script = scenario([{ say: 'Tell me a story.' }, { backchannel: 'Mhm.', after: 1000 }])
    const told = answer('resp_1', { created: 2200, sound: 2500, end: 3820, cut: true })
    const atBackchannel = laneRun([...speech(0, 1000, 2000), ...told, ...speech(1, 3500, 3900)])
    expect(observe('false_interruptions', atBackchannel, script)).toEqual([1])
    expect(observe('interruption', atBackchannel, script)).toEqual([])
    const atNothing = laneRun([...speech(0, 1000, 2000), ...told])
    expect(observe('false_interruptions', atNothing, script)).toEqual([1])
    expect(observe('false_interruptions', laneRun(speech(0, 1000, 2000)), script)).toEqual([])
  })

  it('count what is answered to a backchannel as a second answer', () => {
    const script = scenario([{ say: 'Tell me a story.' }, { backchannel: 'Mhm.', after: 1000 }])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...answer('resp_1', { created: 2200, sound: 2500, end: 3820, cut: true }),
      ...speech(1, 3500, 3900),
      ...answer('resp_2', { created: 4400, sound: 4800, end: 6000 }),
    ])
    expect(errors(run, script)).toEqual([{ kind: 'second', at: 4800, turn: 0 }])
  })

  it('divide live speech at answers and at long silence, and see interruptions in it', () => {
    const run = laneRun([
      ...speech(undefined, 1000, 2000),
      ...speech(undefined, 2500, 3000),
      ...answer('resp_1', { created: 3300, sound: 3600, end: 5200, cut: true }),
      ...speech(undefined, 5000, 6000),
      ...answer('resp_2', { created: 6300, sound: 6600, end: 8000 }),
    ])
    expect(turnsOf(run, undefined).map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [1000, 3000],
      [5000, 6000],
    ])
    expect(observe('first_audio', run)).toEqual([600, 600])
    expect(observe('interruption', run)).toEqual([200])
    expect(observe('wer', run)).toEqual([])
  })

  it('judge the whole transcript by the script, without backchannels', () => {
    const script = scenario([
      { say: 'Where is [pause 1s] the station?' },
      { backchannel: 'Mhm.' },
      { interrupt: 'Stop now.' },
    ])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...heard('item_1', 1100, 2300, 'Where is a station'),
      ...speech(1, 4000, 4300),
      ...heard('item_2', 4100, 4700, 'Hmm'),
      ...speech(2, 6000, 6500),
      ...heard('item_3', 6100, 6900, 'Stop, now!'),
    ])
    expect(observe('wer', run, script)).toEqual([1 / 6])
    expect(observe('wer', laneRun(speech(0, 1000, 2000)), script)).toEqual([])
  })

  it('call a turn without transcript misheard, unless the pass ended before its end', () => {
    const script = scenario([{ say: 'One.' }, { say: 'Two.' }])
    const marks = [...speech(0, 1000, 2000), ...heard('item_1', 1100, 2300, 'One'), ...speech(1, 5000, 6000)]
    expect(observe('wer', laneRun(marks), script)).toEqual([0.5])
    expect(observe('wer', laneRun(marks, { outcome: 'stopped' }), script)).toEqual([0])
    expect(observe('wer', laneRun(marks, { outcome: 'failed' }), script)).toEqual([0])
  })

  it('do not judge a recording by words that were not said to it', () => {
    const marks = [...speech(0, 1000, 2000), ...heard('item_1', 1100, 2300, 'Something else')]
    const lane = { label: 'r', backend: 'replay', model: 'cas_1', session: {} }
    expect(observe('wer', laneRun(marks, { lane }), question)).toEqual([])
  })

  it('judge only what was reached of what is expected', () => {
    const reached = { step: 1, met: true, expected: 'a', found: 'after 1 s' }
    const unreached = { step: 2, met: false, expected: 'b', found: 'not reached' }
    const failed = { outcome: 'failed' } as const
    expect(observe('expected', laneRun([], { ...failed, expectations: [reached, unreached] }))).toEqual([1])
    expect(observe('expected', laneRun([], { ...failed, expectations: [unreached] }))).toEqual([])
  })

  it('leave out what was not said to its end', () => {
    const script = scenario([{ say: 'One.' }, { say: 'Two.' }])
    const run = laneRun([
      ...speech(0, 1000, 2000),
      ...heard('item_1', 1100, 2300, 'One'),
      { type: 'speech_start', at: 5000, step: 1 },
    ])
    expect(turnsOf(run, script)).toHaveLength(1)
    expect(observe('wer', run, script)).toEqual([0])
  })

  it('count expectations, tokens, late frames and gaps', () => {
    const run = laneRun(
      [
        { type: 'late_frame', at: 3, lateMs: 30 },
        { type: 'underrun', at: 5, gapMs: 20 },
        { type: 'underrun', at: 9, gapMs: 20 },
      ],
      {
        expectations: [
          { step: 1, met: true, expected: 'a', found: '' },
          { step: 2, met: false, expected: 'b', found: '' },
        ],
        usage: { textIn: 10, textCachedIn: 4, audioIn: 90, audioCachedIn: 0, textOut: 5, audioOut: 45 },
      },
    )
    const names = ['expected', 'tokens_in', 'tokens_out', 'late_frames', 'underruns', 'cost'] as const
    expect(names.map((name) => observe(name, run))).toEqual([[0.5], [100], [50], [1], [2], []])
  })
})

function observe(name: MeasureName, run: LaneRun, script?: Scenario): readonly number[] {
  return measures.find((measure) => measure.name === name)?.observe(run, script) ?? []
}

function errors(run: LaneRun, script: Scenario) {
  return turnErrorsOf(run, turnsOf(run, script))
}
