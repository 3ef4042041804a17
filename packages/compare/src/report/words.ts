import { describeLane } from '../describe-lane.ts'
import type { Answer } from '../measures/answers.ts'
import { costOf } from '../measures/cost.ts'
import { formatValue } from '../measures/format-value.ts'
import { turnErrorsOf } from '../measures/measures.ts'
import { turnsOf, type Turn } from '../measures/turns.ts'
import type { Comparison } from '../run/comparison.ts'
import { wasReached, type ExpectationResult, type LaneRun } from '../run/lane-run.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { html, type Html } from './html.ts'
import { reportTexts } from './texts.ts'

type Language = 'en' | 'de'

/** Lane by lane, what was said and heard, tools, expectations, problems and cost; one block for each repeat. */
export function wordsSection(comparison: Comparison, language: Language): Html {
  const texts = reportTexts[language]
  return html`<section class="words">
    <h3>${texts.words}</h3>
    <div class="words-lanes">
      ${comparison.lanes.map((lane) => {
        const what = describeLane(lane, language)
        return html`<section class="words-lane">
          <h4>${lane.label}</h4>
          ${what === '' ? undefined : html`<p class="lane-backend">${what}</p>`}
          ${comparison.runs
            .filter((run) => run.lane.label === lane.label)
            .map((run) => runBlock(run, comparison.scenario, language))}
        </section>`
      })}
    </div>
  </section>`
}

function runBlock(run: LaneRun, scenario: Scenario | undefined, language: Language): Html {
  const texts = reportTexts[language]
  const turns = turnsOf(run, scenario)
  const errors = turnErrorsOf(run, turns)
  const isSecond = (answer: Answer): boolean =>
    errors.some(({ kind, at }) => kind === 'second' && at === answer.beganAt)
  const problems = [
    ...(run.problem === undefined ? [] : [run.problem.message]),
    ...run.marks.flatMap((mark) => (mark.type === 'error' || mark.type === 'warning' ? mark.text : [])),
  ]
  return html`<div class="run" data-repeat="${run.repeat}">
    <p class="run-name">${texts.repeatNumber(run.repeat + 1)} · ${texts.outcome[run.outcome]}</p>
    <ol class="turns">
      ${turns.map((turn) => turnItem(turn, { run, isSecond, language }))}
    </ol>
    ${list(
      texts.expectations,
      run.expectations.map((result) => expectationItem(result, language)),
    )}
    ${list(
      texts.problems,
      [...new Set(problems)].map((problem) => html`<li class="missed">${problem}</li>`),
    )}
    <p class="cost"><span class="label">${texts.cost}</span> ${costText(run, language)}</p>
  </div>`
}

function expectationItem(result: ExpectationResult, language: Language): Html {
  const texts = reportTexts[language]
  const { met, expected, found } = result
  if (!wasReached(result)) return html`<li class="unreached"><b>${texts.notReached}</b> ${expected}</li>`
  return html`<li class="${met ? 'met' : 'missed'}">
    <b>${met ? texts.met : texts.missed}</b>
    ${expected}${found === '' ? undefined : html`<small>${found}</small>`}
  </li>`
}

function turnItem(
  turn: Turn,
  { run, isSecond, language }: { run: LaneRun; isSecond: (answer: Answer) => boolean; language: Language },
): Html {
  const texts = reportTexts[language]
  const isWhole = run.outcome === 'completed'
  const unheard = isWhole ? texts.notTranscribed : texts.endedBefore
  const heardAs = turn.kind === 'text' ? undefined : (turn.transcript ?? html`<i>${unheard}</i>`)
  return html`<li>
    ${turn.said === undefined ? undefined : line('person', turn.kind === 'text' ? texts.typed : texts.said, turn.said)}
    ${heardAs === undefined ? undefined : line('person faint', texts.heardAs, heardAs)}
    ${turn.answers.map((answer) => answerLines(answer, { turn, run, isSecond, language }))}
    ${turn.answers.length === 0 ? line('answer faint', texts.answered, html`<i>${isWhole ? texts.notAnswered : texts.endedBefore}</i>`) : undefined}
  </li>`
}

function answerLines(
  answer: Answer,
  {
    turn,
    run,
    isSecond,
    language,
  }: { turn: Turn; run: LaneRun; isSecond: (answer: Answer) => boolean; language: Language },
): Html {
  const texts = reportTexts[language]
  const { beganAt, firstSoundAt, cutAt, responseId, text } = answer
  const ms = (value: number): string => formatValue(value, 'ms', language)
  const facts = [
    beganAt === undefined ? (text === '' ? undefined : texts.nothingHeard) : undefined,
    beganAt !== undefined && beganAt >= turn.endedAt ? texts.after(ms(beganAt - turn.endedAt)) : undefined,
    beganAt !== undefined && beganAt < turn.endedAt ? texts.early : undefined,
    isSecond(answer) ? texts.second : undefined,
    cutAt === undefined
      ? undefined
      : firstSoundAt === undefined
        ? texts.cut
        : texts.cutAfter(ms(cutAt - firstSoundAt)),
  ].filter((fact) => fact !== undefined)
  const calls = run.marks
    .filter((mark) => mark.type === 'tool_call')
    .filter((mark) => mark.responseId === responseId)
  return html`${calls.map(({ name, arguments: values }) => line('tool', texts.tool, html`<code>${name}(${values})</code>`))}
  ${text === '' && facts.length === 0 ? undefined : line('answer', texts.answered, html`${text} <small>${facts.join(' · ')}</small>`)}`
}

function line(kind: string, label: string, content: string | Html): Html {
  return html`<p class="${kind}"><span class="label">${label}</span> <span class="text">${content}</span></p>`
}

function list(label: string, items: readonly Html[]): Html | undefined {
  return items.length === 0
    ? undefined
    : html`<p class="label">${label}</p>
        <ul class="facts">
          ${items}
        </ul>`
}

function costText(run: LaneRun, language: Language): string {
  const texts = reportTexts[language]
  const usd = costOf(run)
  const price =
    run.price.kind === 'free'
      ? texts.costFree
      : usd === undefined
        ? texts.costUnknown
        : formatValue(usd, 'usd', language)
  const { usage } = run
  if (usage === undefined) return price
  const tokens = (value: number): string => formatValue(value, 'tokens', language)
  return `${price} · ${texts.tokens(tokens(usage.textIn + usage.audioIn), tokens(usage.textOut + usage.audioOut))}`
}
