import { describe, expect, it } from 'vitest'
import type { Clause } from './clause.ts'
import type { Verdict } from './run.ts'
import { fails, scoreCardJson, writeScoreCard } from './score-card.ts'
import type { ScoreCard } from './score-card.ts'
import { sources } from './sources.ts'

const style = { verbose: false, colour: false, secrets: [] }

describe('the score card', () => {
  it('counts by group and shows what was expected and found', () => {
    expect(writeScoreCard(card(passed('a.one'), passed('b.two'), failed('a.three')), style)).toBe(
      [
        'ws://host/v1/realtime (openai-ga)',
        '',
        '              passed  failed  not supported  not tried  not applicable',
        'a                  1       1              0          0               0',
        'b                  1       0              0          0               0',
        'total              2       1              0          0               0',
        '',
        'FAILED a.three (must): The clause a.three',
        '  expected  this',
        '  found     that',
        '  see       RFC 6455, The WebSocket Protocol, https://www.rfc-editor.org/rfc/rfc6455',
        "  again     parley conformance 'ws://host/v1/realtime' --dialect openai-ga --only a.three --verbose",
        '',
        '1 must failed, 0 should failed. 3 clauses in 1.5 s: 2 passed, 1 failed',
      ].join('\n'),
    )
  })

  it('tells once what several clauses of a group found', () => {
    const text = writeScoreCard(card(failed('a.one'), failed('a.two'), failed('b.three')), style)
    expect(text).toContain(
      [
        'FAILED a.one (must): The clause a.one',
        'FAILED a.two (must): The clause a.two',
        '  expected  this',
        '  found     that',
      ].join('\n'),
    )
    expect(text).toContain('--only a.one,a.two --verbose')
    expect(text.match(/found /g)).toHaveLength(2)
  })

  it('lists what could not be tried, with the reason', () => {
    const verdict: Verdict = { ...passed('a.one'), status: 'not supported', reason: 'no sound' }
    const untried: Verdict = { ...passed('a.two'), status: 'not tried', reason: 'answered too soon' }
    const foreign: Verdict = { ...passed('a.three'), status: 'not applicable', reason: 'only in voice-live' }
    const text = writeScoreCard(card(verdict, untried, foreign), style)
    expect(text).toContain('not supported:\n  no sound: a.one')
    expect(text).toContain('not tried:\n  answered too soon: a.two')
    expect(text).toContain('not applicable:\n  only in voice-live: a.three')
    expect(text).toMatch(/: 0 passed, 0 failed, 1 not supported, 1 not tried, 1 not applicable$/)
  })

  it('shows the frames when it is to be verbose, and how long sound is in place of it', () => {
    const audio = 'A'.repeat(400)
    const frames = [
      { from: 'client', atMs: 12, data: JSON.stringify({ type: 'input_audio_buffer.append', audio }) },
      { from: 'server', atMs: 1250, data: '{"type":"error"}' },
    ] as const
    const text = writeScoreCard(card({ ...failed('a.one'), connections: [frames] }), {
      ...style,
      verbose: true,
    })
    expect(text).toContain(
      [
        '  connection 1',
        '       0.012 -> {"type":"input_audio_buffer.append","audio":"<400 characters of base64>"}',
        '       1.250 <- {"type":"error"}',
      ].join('\n'),
    )
  })

  it('never shows the key, whatever the server says', () => {
    const verdict = { ...failed('a.one'), found: 'the key sk-secret' }
    expect(writeScoreCard(card(verdict), { ...style, secrets: ['sk-secret'] })).not.toContain('sk-secret')
    expect(scoreCardJson(card(verdict), ['sk-secret'])).not.toContain('sk-secret')
  })

  it('is JSON for programs', () => {
    expect(JSON.parse(scoreCardJson(card(passed('a.one'), failed('a.two')), []))).toMatchObject({
      dialect: 'openai-ga',
      passed: false,
      totals: { passed: 1, failed: 1, 'not supported': 0, 'not tried': 0, 'not applicable': 0 },
      verdicts: [
        { id: 'a.one', status: 'passed' },
        { id: 'a.two', status: 'failed', expected: 'this', found: 'that' },
      ],
    })
  })
})

describe('fails', () => {
  it('is for what must hold, not for what should', () => {
    const verdict = failed('a.one')
    const should: Verdict = { ...verdict, clause: { ...verdict.clause, level: 'should' } }
    expect(fails(card(should))).toBe(false)
    expect(fails(card(should, verdict))).toBe(true)
  })
})

function card(...verdicts: readonly Verdict[]): ScoreCard {
  return { url: 'ws://host/v1/realtime', dialect: 'openai-ga', ms: 1500, verdicts }
}

function passed(id: string): Verdict {
  return { clause: clause(id), status: 'passed', ms: 10, connections: [] }
}

function failed(id: string): Verdict {
  return { ...passed(id), status: 'failed', expected: 'this', found: 'that' }
}

function clause(id: string): Clause {
  return {
    id,
    level: 'must',
    title: `The clause ${id}`,
    source: sources.webSocket,
    run: async () => undefined,
  }
}
