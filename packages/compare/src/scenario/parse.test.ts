import { describe, expect, it } from 'vitest'
import { formatScenario } from './format.ts'
import { parseScenario, ScenarioError, scenarioFaults } from './parse.ts'

const whole = `
name: barge-in
title: Barge-in
description: Does it stop?
language: de
session:
  instructions: Kurz.
  audio: { output: { voice: anna } }
tools:
  - { name: weather, description: Weather., parameters: { type: object }, result: { sky: blue } }
steps:
  - say: Hallo [pause 2s] du
    noise: { kind: pink, snr_db: 10 }
  - wait: first_sound
  - interrupt: Stopp
    after: 1.5 s
    file: audio/stop.wav
  - silence: 800ms
  - wait: 20
  - type: Wie ist das Wetter?
  - expect: { tool: weather, words: ['blau|heiter'], within: 4s }
`

function errorOf(text: string): ScenarioError {
  try {
    parseScenario(text)
  } catch (error) {
    if (error instanceof ScenarioError) return error
    throw error
  }
  throw new Error('It was read.')
}

function steps(text: string): string {
  return `name: a\ntitle: A\nsteps:\n${text}\n`
}

describe('a scenario file', () => {
  it('is read with times in ms and defaults', () => {
    const { steps: read, tools, language } = parseScenario(whole)
    expect(language).toBe('de')
    expect(tools[0]?.result).toEqual({ sky: 'blue' })
    expect(read[2]).toEqual({ interrupt: 'Stopp', after: 1500, file: 'audio/stop.wav' })
    expect(read[3]).toEqual({ silence: 800 })
    expect(read[6]).toEqual({ expect: { tool: 'weather', words: ['blau|heiter'], within: 4000 } })
  })

  it('is written so that it is read the same', () => {
    const scenario = parseScenario(whole)
    expect(parseScenario(formatScenario(scenario))).toEqual(scenario)
  })

  it('tells all that is wrong in the order of the lines, and nothing twice', () => {
    const text = 'titel: A\nsteps:\n  - sya: hi\n  - say: hi\n  - wait: soon\nsession: { instrucions: x }\n'
    expect(scenarioFaults(text, 'a').map(({ line, path }) => `${line} ${path}`)).toEqual([
      '1 titel',
      '3 steps[0].sya',
      '5 steps[2].wait',
      '6 session.instrucions',
    ])
    const patterns = steps("  - expect: { words: ['('], tool: none }")
    expect(scenarioFaults(patterns).map(({ path }) => path)).toEqual([
      'steps[0].expect.words[0]',
      'steps[0].expect.tool',
    ])
    expect(scenarioFaults(whole)).toEqual([])
  })

  it('says of an empty file that it is one', () => {
    expect(errorOf('# nothing yet\n').message).toContain('The file is empty.')
  })

  it('has the name of its file unless it says another', () => {
    expect(parseScenario('title: A\nsteps: [{ say: hi }]', 'from-file').name).toBe('from-file')
    expect(parseScenario('name: own\ntitle: A\nsteps: [{ say: hi }]', 'from-file').name).toBe('own')
  })

  it.each([
    [steps('  - sya: hi'), 'steps[0].sya', 4, 'Unknown step "sya"; did you mean "say"?'],
    [steps('  - say: hi\n    fiel: a.wav'), 'steps[0].fiel', 5, 'Unknown key "fiel"; did you mean "file"?'],
    [
      steps('  - say: hi\n  - expect:\n      words: [a]\n      withn: 2s'),
      'steps[1].expect.withn',
      7,
      'did you mean "within"?',
    ],
    [
      steps('  - say: hi\n    noise: { kind: pink, snr_bd: 3 }'),
      'steps[0].noise.snr_bd',
      5,
      'did you mean "snr_db"?',
    ],
    [steps('  - say: hi\n  - wait: soon'), 'steps[1].wait', 5, 'text such as 800ms'],
    [steps('  - say: hi\n    type: ho'), 'steps[0]', 4, 'either "say" or "type"'],
    [steps('  - hello'), 'steps[0]', 4, 'A step is a map'],
    [steps('  - say: hi\n    file: ../a.wav'), 'steps[0].file', 5, 'inside the scenario'],
    [steps('  - say: hi\n    file: /etc/passwd'), 'steps[0].file', 5, 'inside the scenario'],
    [steps('  - say: hi\n    file: https://a/b.wav'), 'steps[0].file', 5, 'inside the scenario'],
    [steps('  - say: hi\n    file: a\\..\\b.wav'), 'steps[0].file', 5, 'inside the scenario'],
    [
      steps("  - expect:\n      words: ['a', '(']"),
      'steps[0].expect.words[1]',
      5,
      '"(" is not a regular expression',
    ],
    [steps('  - expect: { tool: weather }'), 'steps[0].expect.tool', 4, 'no tool "weather"'],
    [`${steps('  - say: hi')}titel: B\n`, 'titel', 5, 'did you mean "title"?'],
    [
      `session:\n  instrucions: hi\n${steps('  - say: hi')}`,
      'session.instrucions',
      2,
      'did you mean "instructions"?',
    ],
    [
      `session:\n  audio:\n    output:\n      vioce: x\n${steps('  - say: hi')}`,
      'session.audio.output.vioce',
      4,
      'did you mean "voice"?',
    ],
    ['name: Not Kebab\ntitle: A\nsteps: [{ say: hi }]', 'name', 1, ''],
    ['name: a\nsteps: [{ say: hi }]', 'title', 1, ''],
    ['name: a\ntitle: [', '', 2, ''],
    ['- say: hi', '', 1, 'A scenario is a map'],
    ['Hello there.\n', '', 1, 'This is plain text.'],
    [`${steps('  - say: hi')}foo: B\n`, 'foo', 5, 'Unknown key "foo"; there are name, title'],
  ])('says where it is wrong: %j', (text, path, line, message) => {
    const error = errorOf(text)
    expect(error.message).toContain(message)
    expect({ path: error.path, line: error.line }).toEqual({ path, line })
    expect(error.message).toContain(`line ${line}`)
  })
})
