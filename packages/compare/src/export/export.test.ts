import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, comparison, laneRun, scenario, speech } from '../measures/__fixtures__/runs.ts'
import type { Comparison } from '../run/comparison.ts'
import type { LaneRun } from '../run/lane-run.ts'
import type { Mark } from '../run/mark.ts'
import { ComparisonFormatError, parseComparison, toJson } from './comparison-json.ts'
import { toCsv } from './csv.ts'

const time = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0)
const base = { at: time }
const text = fc.string()

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({ type: fc.constantFrom('connected', 'session_created', 'session_ready'), ...base }),
  fc.record({ type: fc.constant('step'), step: fc.nat(), ...base }),
  fc.record(
    { type: fc.constantFrom('speech_start', 'speech_end'), step: fc.nat(), ...base },
    { requiredKeys: ['type', 'at'] },
  ),
  fc.record(
    { type: fc.constant('text_sent'), step: fc.nat(), text, ...base },
    { requiredKeys: ['type', 'at', 'text'] },
  ),
  fc.record({ type: fc.constantFrom('speech_started', 'speech_stopped'), itemId: text, ...base }),
  fc.record({ type: fc.constantFrom('first_transcript', 'transcript'), itemId: text, text, ...base }),
  fc.record({
    type: fc.constantFrom('response_created', 'first_audio', 'first_sound', 'sound_end'),
    responseId: text,
    ...base,
  }),
  fc.record({ type: fc.constant('first_text'), responseId: text, text, ...base }),
  fc.record({ type: fc.constant('cut'), responseId: text, heardMs: time, ...base }),
  fc.record({ type: fc.constant('tool_call'), responseId: text, name: text, arguments: text, ...base }),
  fc.record({ type: fc.constant('response_done'), responseId: text, status: text, text, ...base }),
  fc.record({ type: fc.constant('late_frame'), lateMs: time, ...base }),
  fc.record({ type: fc.constant('underrun'), gapMs: time, ...base }),
  fc.record({ type: fc.constantFrom('warning', 'error'), code: text, text, ...base }),
  fc.record({ type: fc.constant('closed'), code: text, ...base }),
)

const segment = fc.record(
  { at: time, samples: fc.int16Array({ maxLength: 50 }), responseId: text },
  { requiredKeys: ['at', 'samples'] },
)

const run: fc.Arbitrary<LaneRun> = fc
  .record({
    marks: fc.array(mark, { maxLength: 8 }),
    input: fc.array(segment, { maxLength: 3 }),
    output: fc.array(segment, { maxLength: 3 }),
    repeat: fc.nat(9),
    outcome: fc.constantFrom('completed', 'stopped'),
    usage: fc.option(
      fc.constant({ textIn: 1, textCachedIn: 0, audioIn: 2, audioCachedIn: 0, textOut: 3, audioOut: 4 }),
      { nil: undefined },
    ),
    price: fc.constantFrom(
      { kind: 'free' } as const,
      { kind: 'unknown' } as const,
      { kind: 'tokens', byModel: { '*': { textIn: 4 } } } as const,
    ),
    model: text,
  })
  .map((fields) => laneRun([], fields))

const any: fc.Arbitrary<Comparison> = fc
  .record({
    runs: fc.array(run, { maxLength: 3 }),
    script: fc.constantFrom(
      undefined,
      scenario([
        { say: 'Hi', noise: { kind: 'pink', snr_db: 10 } },
        { wait: '2s' },
        { expect: { words: ['a'] } },
      ]),
    ),
    title: text,
  })
  .map(({ runs, script, title }) => ({ ...comparison(runs, script), title }))

describe('toJson and parseComparison', () => {
  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(any, (some) => {
        expect(parseComparison(toJson(some, { audio: true }))).toEqual(some)
      }),
    )
  })

  it('keep the place and length of sound that is left out', () => {
    fc.assert(
      fc.property(any, (some) => {
        const silent = (segments: LaneRun['input']) =>
          segments.map((one) => ({ ...one, samples: new Int16Array(one.samples.length) }))
        const json = toJson(some, { audio: false })
        expect(
          JSON.parse(json)
            .runs.flatMap((one: LaneRun) => one.input)
            .some(({ samples }: { samples: unknown }) => samples !== undefined),
        ).toBe(false)
        expect(parseComparison(json)).toEqual({
          ...some,
          runs: some.runs.map((one) => ({ ...one, input: silent(one.input), output: silent(one.output) })),
        })
      }),
    )
  })

  it.each([
    ['hello', 'not JSON'],
    ['[]', 'found none'],
    ['{"format":"parley.comparison/2"}', 'found "parley.comparison/2"'],
    ['{"format":"parley.comparison/1","id":7}', 'at id'],
  ])('refuse %s', (json, message) => {
    expect(() => parseComparison(json)).toThrow(ComparisonFormatError)
    expect(() => parseComparison(json)).toThrow(message)
  })

  it('name the place of what is wrong', () => {
    const good = toJson(comparison([laneRun([{ type: 'connected', at: 1 }])], undefined), { audio: true })
    expect(() => parseComparison(good.replace('"connected"', '"conected"'))).toThrow('runs.0.marks.0')
    const sound = toJson(
      comparison([laneRun([], { input: [{ at: 0, samples: Int16Array.of(1) }] })], undefined),
      {
        audio: true,
      },
    )
    expect(() => parseComparison(sound.replace('AQA=', '?'))).toThrow('samples are not base64')
  })
})

describe('toCsv', () => {
  const script = scenario([{ say: 'One?' }])
  const marks = [...speech(0, 1000, 2000), ...answer('resp_1', { created: 2100, sound: 2500.5, end: 3000 })]

  it('writes one row for each observation', () => {
    const lines = toCsv(comparison([laneRun(marks)], script)).split('\r\n')
    expect(lines[0]).toMatch(/^comparison,title,.*,value$/)
    expect(lines).toContain(
      'cmp_1,Trial,1970-01-01T00:00:00.000Z,trial,local,local,,1,completed,first_audio,ms,1,500.5',
    )
    expect(lines.at(-1)).toBe('')
  })

  it('counts repeats from 1, keeps passes that did not end, and rounds', () => {
    const uneven = laneRun(
      [
        ...speech(0, 1000, 2000),
        ...answer('resp_1', { created: 2100, sound: 2044.42854500000021, end: 3000 }),
      ],
      { repeat: 1, outcome: 'stopped' },
    )
    expect(toCsv(comparison([uneven], script))).toContain(
      'trial,local,local,,2,stopped,first_audio,ms,1,44.429\r\n',
    )
  })

  it('quotes what needs it and defuses formulas', () => {
    const odd = { ...comparison([laneRun(marks)], script), title: '=HYPERLINK("http://x","a, b")' }
    expect(toCsv(odd)).toContain(`cmp_1,"'=HYPERLINK(""http://x"",""a, b"")",1970`)
  })
})
