import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportModule } from '../../scripts/bundle-report.ts'
import { parseLane, type Lane } from '../lane.ts'
import { comparison, laneRun } from '../measures/__fixtures__/runs.ts'
import type { Comparison } from '../run/comparison.ts'
import { trackRate, type LaneRun } from '../run/lane-run.ts'
import { sampleComparison } from './__fixtures__/sample.ts'
import { embeddedJson, escapeHtml, html, ownCode } from './html.ts'
import { reportData, soundingParts } from './report-data.ts'
import { reportHtml } from './report-html.ts'
import { reportTexts } from './texts.ts'

const here = import.meta.dirname

describe('html', () => {
  it('escapes every text and no markup of its own', () => {
    expect(html`<a title="${'"><b>'}">${['x & y', html`<i>z</i>`, undefined, 7]}</a>`.markup).toBe(
      '<a title="&#34;&#62;&#60;b&#62;">x &#38; y<i>z</i>7</a>',
    )
  })

  it('leaves nothing in a text that markup is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a') }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('embeds JSON that is the same value and cannot end its element', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.constant('"</script><!--"')), (json) => {
        const { markup } = embeddedJson(JSON.parse(json))
        expect(markup).not.toContain('<')
        expect(JSON.parse(markup)).toEqual(JSON.parse(json))
      }),
    )
    expect(() => ownCode('script', 'x = "</script>"')).toThrow(RangeError)
  })
})

describe('soundingParts', () => {
  it('leaves out silence and nothing else, at its place', () => {
    const sound = fc.array(fc.oneof(fc.constant(new Int16Array(6000)), fc.int16Array({ maxLength: 40 })), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(sound, (pieces) => {
        const samples = Int16Array.from(pieces.flatMap((piece) => [...piece]))
        const again = new Int16Array(samples.length)
        for (const part of soundingParts({ at: 1000, samples })) {
          const offset = Math.round(((part.at - 1000) * trackRate) / 1000)
          expect(part.samples[0]).not.toBe(0)
          expect(part.samples.at(-1)).not.toBe(0)
          again.set(part.samples, offset)
        }
        expect(again).toEqual(samples)
      }),
    )
  })
})

describe('reportData', () => {
  it('holds sound that several lanes were sent once', () => {
    const sample = sampleComparison(2)
    const answers = sample.runs.reduce((sum, { output }) => sum + output.length, 0)
    const { sounds } = reportData([sample], { language: 'en', audio: true })
    expect(sounds.length).toBeLessThanOrEqual(answers + 5)
    expect(reportData([sample], { language: 'en', audio: false }).sounds).toEqual([])
  })
})

describe('reportHtml', () => {
  const page = reportHtml([sampleComparison(2)], { language: 'en', audio: true })

  it('asks no address and allows only its own script and style', () => {
    const markup = page.replace(/<script>[\s\S]*<\/script>/, '')
    expect(markup).not.toMatch(/\s(?:src|href|action|srcset)=|@import|url\(/i)
    for (const element of ['script', 'style'] as const) {
      const code = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? ''
      const digest = createHash('sha256').update(code).digest('base64')
      expect(escapeHtml(`${element}-src 'sha256-${digest}'`)).toSatisfy((rule: string) => page.includes(rule))
    }
    expect(page).toContain(escapeHtml("default-src 'none'"))
    expect(markup).not.toMatch(/ style="| on[a-z]+="/)
  })

  it('writes hostile text as text', () => {
    const hostile = `</script><img src=x onerror=alert(1)>"'&`
    const run = laneRun(
      [
        { type: 'text_sent', at: 10, text: hostile },
        { type: 'tool_call', at: 20, responseId: 'a', name: hostile, arguments: hostile },
        { type: 'first_text', at: 20, responseId: 'a', text: hostile },
        { type: 'response_done', at: 30, responseId: 'a', status: 'completed', text: hostile },
        { type: 'error', at: 40, code: hostile, text: hostile },
      ],
      {
        lane: { label: hostile, backend: hostile, model: hostile, session: {} },
        problem: { code: hostile, message: hostile },
        outcome: 'failed',
        expectations: [{ step: 0, met: false, expected: hostile, found: hostile }],
      },
    )
    const written = reportHtml([{ ...comparison([run], undefined), title: hostile }], {
      language: 'de',
      audio: true,
    })
    expect(written).not.toContain('<img')
    expect(written.match(/<\/script>/g)).toHaveLength(2)
    expect(written).toContain(escapeHtml(hostile))
  })

  it('says so where few repeats allow no conclusion', () => {
    const which = 'First sound (local, fast, hosted), Interruption to silence (local, fast, hosted)'
    expect(visible(sampleComparison(1, { sound: false }))).toContain(`Few observations of ${which}.`)
    const six = visible(sampleComparison(6, { sound: false }))
    expect(six).not.toContain('Few observations')
    expect(six).toContain(`Fewer than 20 observations of ${which}.`)
  })

  it('colours a difference only where both sides have enough observations', () => {
    const coloured = /class="difference (?:good|bad)"/
    expect(visible(sampleComparison(6, { sound: false }))).toMatch(coloured)
    const four = visible(sampleComparison(4, { sound: false })).match(/<td>[\s\S]*?<\/td>/g) ?? []
    const small = four.filter((cell) => cell.includes('n 4<'))
    expect(small.join('')).toMatch(/class="difference open"\s*>−[\d.,]+ ms <small\s*><span>−/)
    expect(small.join('')).not.toMatch(coloured)
  })

  it('shows no number of a lane of which no pass came to its end, and why', () => {
    const sample = sampleComparison(2, { sound: false })
    const runs = sample.runs.map((run): LaneRun =>
      run.lane.label === 'fast'
        ? {
            ...run,
            outcome: 'failed',
            problem: { code: 'timed_out', message: 'It does not answer.' },
            expectations: [{ step: 4, met: false, expected: 'says "Kassel"', found: 'not reached' }],
          }
        : run,
    )
    const page = visible({ ...sample, runs })
    expect(page).toContain('4 of 6 passes counted; stopped and failed ones are left out.')
    expect(page).toMatch(
      /<span>fast<\/span>\s*(?:<small>[^<]*<\/small>\s*)*<small>0 of 2 passes counted<\/small>\s*<small>It does not answer<\/small>/,
    )
    expect(page.match(/compared with local/g)).toHaveLength(1)
    const rows = page.match(/<tr>[\s\S]*?<\/tr>/g) ?? []
    expect(rows.length).toBeGreaterThan(8)
    for (const row of rows.slice(1)) expect(row.match(/<td class="nothing">–<\/td>/g)).toHaveLength(1)
    expect(page).toMatch(/<li class="unreached"><b>not reached<\/b> says &#34;Kassel&#34;<\/li>/)
    expect(page).not.toMatch(/<b>missed<\/b>\s*says[^<]*<small>not reached/)
  })

  it('does not call unheard what a stopped pass did not come to', () => {
    const sample = sampleComparison(1, { sound: false })
    const runs = sample.runs.map((run): LaneRun => ({
      ...run,
      outcome: 'stopped',
      marks: run.marks.filter(({ type }) => type === 'speech_start' || type === 'speech_end'),
    }))
    const page = visible({ ...sample, runs })
    expect(page).toContain('the pass ended before')
    expect(page).not.toContain('not transcribed')
    expect(page).not.toContain('no answer')
  })

  it('says of every lane what it is, wherever it is named', () => {
    const sample = sampleComparison(1, { sound: false })
    const fast = parseLane('fast=local?silence_ms=200')
    const of = (lane: Lane): Lane => (lane.label === 'fast' ? fast : lane)
    const page = visible({
      ...sample,
      lanes: sample.lanes.map(of),
      runs: sample.runs.map((run) => ({ ...run, lane: of(run.lane) })),
    })
    expect(page.match(/local, silence 200 ms/g)).toHaveLength(3)
  })

  it('says so when the machine was too busy to measure', () => {
    const sample = sampleComparison(1, { sound: false })
    const late = Array.from(
      { length: 60 },
      (_, index) => ({ type: 'late_frame', at: index * 20, lateMs: 30 }) as const,
    )
    const runs = sample.runs.map((run) => ({ ...run, marks: [...late, ...run.marks] }))
    const written = reportHtml([{ ...sample, runs }], { language: 'en', audio: false })
    expect(written).toMatch(/class="warning">\s*The machine that measured was too busy: [\d.]+% of the sound/)
    const calm = reportHtml([sample], { language: 'en', audio: false })
    expect(calm.slice(0, calm.indexOf('<script'))).not.toContain('too busy')
  })

  it('has every text in both languages', () => {
    const german = reportHtml([sampleComparison(2, { sound: false })], { language: 'de', audio: true })
    expect(german).toContain('<html lang="de">')
    const { en, de } = reportTexts
    for (const [key, text] of Object.entries(en)) {
      if (typeof text === 'string' && !['live', 'pause', 'person', 'save', 'solo'].includes(key)) {
        expect(Object.entries(de).find(([other]) => other === key)?.[1]).not.toBe(text)
      }
    }
  })

  it('shows several comparisons one after the other', () => {
    const silent = sampleComparison(1, { sound: false })
    const both = reportHtml([silent, { ...silent, title: 'Second' }], {
      language: 'en',
      audio: false,
    })
    expect(both.match(/data-comparison="\d"/g)).toEqual(['data-comparison="0"', 'data-comparison="1"'])
    expect(both).toContain('<h2>Second</h2>')
  })
})

/** What of an English report without sound a reader sees: without its data. */
function visible(some: Comparison): string {
  const page = reportHtml([some], { language: 'en', audio: false })
  return page.slice(page.indexOf('<body'), page.indexOf('<script'))
}

describe('the script and style of reports', () => {
  it('are bundled anew: run `pnpm --filter @parley/compare generate`', { timeout: 30_000 }, async () => {
    expect(readFileSync(join(here, '../generated/report-page.ts'), 'utf8')).toBe(await reportModule())
  })

  it('have the colours of the page', () => {
    const colours = (path: string): Map<string, string> =>
      new Map(
        [...readFileSync(join(here, path), 'utf8').matchAll(/(--[a-z-]+): (light-dark\([^)]*\))/g)].map(
          ([, name = '', value = '']) => [name, value],
        ),
      )
    const page = colours('../../../../apps/web/src/styles/tokens.css')
    const report = colours('page/report.css')
    expect(report.size).toBeGreaterThan(15)
    for (const [name, value] of report) expect([name, page.get(name)]).toEqual([name, value])
  })
})
