import { compareLanes, type LaneCell, type MeasureRow } from '../measures/compare-lanes.ts'
import { measureDefinitions } from '../measures/definitions.ts'
import { formatValue } from '../measures/format-value.ts'
import type { Measure, MeasureName, Summary } from '../measures/measure.ts'
import { meanOf } from '../measures/summarise.ts'
import type { Comparison } from '../run/comparison.ts'
import { timeTicks } from '../view/axis.ts'
import { html, type Html } from './html.ts'
import { reportTexts } from './texts.ts'

type Language = 'en' | 'de'

/** Sound is sent in frames of this length, ms. */
const frameMs = 20

/** Share of late frames from which waits are not to be trusted. */
const tooManyLate = 0.01

/** The waits for answers as dots, with a warning where there are few of them; nothing for lanes that never spoke. */
export function waitsSection(comparison: Comparison, language: Language): Html | undefined {
  const rows = compareLanes(comparison)
  const wait = rows.find(({ measure }) => measure.name === 'first_audio')
  if (wait === undefined) return undefined
  return html`<section class="waits">
    <h3>${reportTexts[language].waits}</h3>
    ${waitStrip(wait, language)} ${busyMachine(comparison, language)} ${smallSamples(rows, language)}
  </section>`
}

/** The table of all measures that have an observation, with definitions to unfold. */
export function numbersSection(comparison: Comparison, language: Language): Html {
  const texts = reportTexts[language]
  const rows = compareLanes(comparison)
  const [first] = comparison.lanes
  return html`<section class="numbers">
    <h3>${texts.numbers}</h3>
    <div class="scroll" role="region" aria-label="${texts.numbers}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.measure}</th>
            ${comparison.lanes.map(
              ({ label, backend, model }, index) =>
                html`<th scope="col">
                  <span>${label}</span>
                  <small
                    >${
                      index > 0 && first !== undefined
                        ? `${texts.reference} ${first.label}`
                        : [backend, model].filter((part) => part !== '' && part !== label).join(' · ')
                    }</small
                  >
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => measureRow(row, language))}
        </tbody>
      </table>
    </div>
    <details class="how">
      <summary>${texts.how}</summary>
      <p>${texts.howDifferences}</p>
    </details>
  </section>`
}

function measureRow({ measure, cells }: MeasureRow, language: Language): Html {
  const { title, definition } = measureDefinitions[measure.name][language]
  return html`<tr>
    <th scope="row">
      <details>
        <summary>${title}</summary>
        <p>${definition}</p>
      </details>
    </th>
    ${cells.map((cell) => html`<td>${laneCell(cell, measure, language)}</td>`)}
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
  { shift, interval }: NonNullable<LaneCell['difference']>,
  { unit, better }: Measure,
  language: Language,
): Html | undefined {
  const texts = reportTexts[language]
  const show = (value: number): string => formatValue(value, unit, language, { signed: true })
  if (interval === undefined) {
    if (shift === 0) return undefined
    return html`<span class="difference open">${show(shift)} <small>${texts.noInterval}</small></span>`
  }
  const { low, high } = interval
  const range = texts.interval(show(low), show(high))
  if (low > 0 || high < 0) {
    const kind = shift < 0 === (better === 'lower') ? 'good' : 'bad'
    return html`<span class="difference ${kind}"
      >${show(shift)} <small><span>${range}</span></small></span
    >`
  }
  const [text, detail] = low === high ? [texts.same, undefined] : [texts.unclear, range]
  return html`<span class="difference open">${text} <small>${detail}</small></span>`
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
      const median = summary === undefined ? '' : formatValue(summary.median, 'ms', language)
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

/** Waits whose sample is worth a warning. */
const warned: readonly MeasureName[] = ['first_audio', 'interruption']

/** Warns of waits with few observations. */
function smallSamples(rows: readonly MeasureRow[], language: Language): Html {
  const texts = reportTexts[language]
  const which = (small: Summary['small']): string =>
    rows
      .filter(({ measure }) => warned.includes(measure.name))
      .flatMap(({ measure, cells }) => {
        const lanes = cells.flatMap(({ label, summary }) => (summary?.small === small ? label : []))
        return lanes.length === 0
          ? []
          : `${measureDefinitions[measure.name][language].title} (${lanes.join(', ')})`
      })
      .join(', ')
  const [median, p95] = [which('median'), which('p95')]
  return html`${median === '' ? undefined : html`<p class="warning">${texts.smallMedian(median)}</p>`}
  ${p95 === '' ? undefined : html`<p class="note">${texts.smallP95(p95)}</p>`}`
}

/** Says so when so much sound went out late that no wait can be trusted. */
function busyMachine({ runs }: Comparison, language: Language): Html | undefined {
  const frames = runs.reduce((sum, { durationMs }) => sum + durationMs / frameMs, 0)
  const late = runs.reduce(
    (sum, { marks }) => sum + marks.filter(({ type }) => type === 'late_frame').length,
    0,
  )
  if (frames === 0 || late / frames < tooManyLate) return undefined
  return html`<p class="warning">
    ${reportTexts[language].busy(formatValue(late / frames, 'ratio', language))}
  </p>`
}
