import { describeLane } from '../describe-lane.ts'
import type { Lane } from '../lane.ts'
import { compareLanes, type LaneCell, type MeasureRow } from '../measures/compare-lanes.ts'
import { measureDefinitions } from '../measures/definitions.ts'
import { formatValue } from '../measures/format-value.ts'
import { verdictOf, type Difference } from '../measures/difference.ts'
import type { Measure } from '../measures/measure.ts'
import { passesOf } from '../measures/passes.ts'
import { noPassReason, passesText } from '../measures/warning-text.ts'
import { meanOf } from '../measures/summarise.ts'
import type { Comparison } from '../run/comparison.ts'
import { timeTicks } from '../view/axis.ts'
import { html, type Html } from './html.ts'
import { reportTexts } from './texts.ts'

type Language = 'en' | 'de'

/** The waits for answers as dots; nothing for lanes that never spoke. */
export function waitsSection(comparison: Comparison, language: Language): Html | undefined {
  const wait = compareLanes(comparison).find(({ measure }) => measure.name === 'first_audio')
  if (wait === undefined) return undefined
  return html`<section class="waits">
    <h3>${reportTexts[language].waits}</h3>
    ${waitStrip(wait, language)}
  </section>`
}

/** The table of all measures that have an observation, with definitions to unfold. */
export function numbersSection(comparison: Comparison, language: Language): Html | undefined {
  const texts = reportTexts[language]
  const rows = compareLanes(comparison)
  if (comparison.runs.length === 0) return undefined
  return html`<section class="numbers">
    <h3>${texts.numbers}</h3>
    <div class="scroll" role="region" aria-label="${texts.numbers}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.measure}</th>
            ${comparison.lanes.map((lane) => laneHead(lane, comparison, language))}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => measureRow(row, comparison, language))}
        </tbody>
      </table>
    </div>
    <details class="how">
      <summary>${texts.how}</summary>
      <p>${texts.howDifferences}</p>
    </details>
  </section>`
}

/** A lane's name, what it is, what it is compared with, and how many of its passes count. */
function laneHead(lane: Lane, comparison: Comparison, language: Language): Html {
  const texts = reportTexts[language]
  const [first] = comparison.lanes
  const passes = passesOf(comparison, lane.label)
  const isCompared =
    first !== undefined &&
    lane !== first &&
    passes.counted > 0 &&
    passesOf(comparison, first.label).counted > 0
  const lines = [
    describeLane(lane, language),
    isCompared ? `${texts.reference} ${first.label}` : '',
    passes.counted < passes.begun ? passesText(passes, language) : '',
    passes.counted === 0 ? noPassReason(passes, language) : '',
  ].filter((text) => text !== '')
  return html`<th scope="col">
    <span>${lane.label}</span>
    ${lines.map((text) => html`<small>${text}</small>`)}
  </th>`
}

function measureRow({ measure, cells }: MeasureRow, comparison: Comparison, language: Language): Html {
  const { title, definition } = measureDefinitions[measure.name][language]
  return html`<tr>
    <th scope="row">
      <details>
        <summary>${title}</summary>
        <p>${definition}</p>
      </details>
    </th>
    ${cells.map((cell) =>
      passesOf(comparison, cell.label).counted === 0
        ? html`<td class="nothing">–</td>`
        : html`<td>${laneCell(cell, measure, language)}</td>`,
    )}
  </tr>`
}

function laneCell({ values, summary, difference }: LaneCell, measure: Measure, language: Language): Html {
  const texts = reportTexts[language]
  if (summary === undefined) return html`<span class="nothing">${texts.none}</span>`
  const show = (value: number, signed = false): string =>
    formatValue(value, measure.unit, language, { signed })
  if (measure.unit === 'count') {
    const total = values.reduce((sum, value) => sum + value, 0)
    return html`<b>${show(total)}</b><small>${texts.total(values.length)}</small>`
  }
  if (measure.name === 'expected') {
    return html`<b>${show(meanOf(values) ?? 0)}</b><small>${texts.total(values.length)}</small>`
  }
  const { median, p95, spread, count } = summary
  return html`<b>${show(median)}</b>
    ${count === 1 ? undefined : html`<small><span>p95 ${show(p95)}</span> · <span>IQR ${show(spread)}</span> · <span>n ${count}</span></small>`}
    ${difference === undefined ? undefined : differenceLine(difference, measure, language)}`
}

function differenceLine(
  difference: Difference,
  { unit, better }: Measure,
  language: Language,
): Html | undefined {
  const texts = reportTexts[language]
  const { shift, interval } = difference
  const show = (value: number): string => formatValue(value, unit, language, { signed: true })
  const verdict = verdictOf(difference, better)
  if (verdict === 'same') {
    return interval === undefined ? undefined : html`<span class="difference open">${texts.same}</span>`
  }
  const range =
    interval === undefined ? texts.noInterval : texts.interval(show(interval.low), show(interval.high))
  if (verdict === 'open') {
    const isUnclear = interval !== undefined && interval.low <= 0 && interval.high >= 0
    return html`<span class="difference open"
      >${isUnclear ? texts.unclear : show(shift)} <small><span>${range}</span></small></span
    >`
  }
  return html`<span class="difference ${verdict === 'better' ? 'good' : 'bad'}"
    >${show(shift)} <small><span>${range}</span></small></span
  >`
}

/** Each wait as a dot, lane under lane on one axis from 0, with the median as a line. */
function waitStrip({ measure, cells }: MeasureRow, language: Language): Html {
  const { title } = measureDefinitions[measure.name][language]
  const longest = Math.max(...cells.flatMap(({ values }) => values))
  const end = longest * 1.06
  const share = (ms: number): string => `${Math.round((ms / end) * 10_000) / 100}%`
  const ticks = timeTicks({ from: 0, to: end, width: 560 }, language)
  return html`<figure class="strip">
    <figcaption>${title}</figcaption>
    ${cells.map(({ label, values, summary }) => {
      const median = summary === undefined ? '–' : formatValue(summary.median, 'ms', language)
      return html`<div class="strip-row">
        <span class="strip-lane">${label}</span>
        <svg
          class="strip-plot"
          role="img"
          aria-label="${label}: ${values.map((value) => formatValue(value, 'ms', language)).join(', ')}"
        >
          ${ticks.map(({ at }) => html`<line class="grid" x1="${share(at)}" x2="${share(at)}" y1="0" y2="100%" />`)}
          ${values.map((value) => html`<circle class="dot" cx="${share(value)}" cy="50%" r="5" />`)}
          ${summary === undefined ? undefined : html`<line class="median" x1="${share(summary.median)}" x2="${share(summary.median)}" y1="12%" y2="88%" />`}
        </svg>
        <b class="strip-median">${median}</b>
      </div>`
    })}
    <div class="strip-row strip-axis" aria-hidden="true">
      <span></span>
      <svg class="strip-plot">
        ${ticks.map(
          ({ at, label }, index) =>
            html`<text class="${index === 0 ? 'at-start' : 'at-middle'}" x="${share(at)}" y="12"
              >${label}</text
            >`,
        )}
      </svg>
      <span></span>
    </div>
  </figure>`
}
