import type { ExpectStep } from '../scenario/scenario.ts'
import type * as z from 'zod'
import type { Conversation } from './conversation.ts'
import type { HeardPerson } from './heard-person.ts'

/** What a scenario expects. */
export type Expectation = z.infer<typeof ExpectStep>['expect']

/** Time an expectation looks at: from the start of the last speech or text; its limit counts from the end. */
export interface ExpectationWindow {
  readonly from: number
  readonly to: number
  readonly now: number
}

/** Where an expectation stands. */
export interface Verdict {
  readonly state: 'open' | 'met' | 'unmet'
  readonly found: string
  readonly atMs?: number
}

/** What expectations look at. */
export type Facts = Pick<Conversation, 'answers' | 'toolCalls'> & {
  readonly person: Pick<HeardPerson, 'transcripts'>
}

/** Whether an expectation has come true, can no longer, or is still open. */
export function judge(expectation: Expectation, facts: Facts, window: ExpectationWindow): Verdict {
  const limit = window.to + expectation.within
  const isOver = window.now >= limit
  const answers = facts.answers.filter(({ doneAt }) => doneAt === undefined || doneAt >= window.from)
  if (expectation.no_answer === true) {
    const answer = facts.answers.find(({ createdAt }) => createdAt >= window.to && createdAt <= limit)
    if (answer) return unmet(`answered after ${ms(answer.createdAt - window.to)}`, answer.createdAt)
    if (!isOver) return { state: 'open', found: '' }
  }
  const said = answers.flatMap((answer) => answer.said)
  const heard = facts.person.transcripts
    .filter(({ at }) => at >= window.from)
    .map(({ at, text }) => ({ at, text: `${text} ` }))
  const call = facts.toolCalls.find(
    (made) =>
      made.at >= window.from &&
      made.name === expectation.tool &&
      holds(expectation.arguments, made.arguments),
  )
  const moments = [
    ...(expectation.words ?? []).map((pattern) => momentOf(pattern, said)),
    ...(expectation.heard ?? []).map((pattern) => momentOf(pattern, heard)),
    ...(expectation.tool === undefined ? [] : [call?.at]),
  ]
  const times = moments.filter((moment) => moment !== undefined)
  const latest = Math.max(window.to, ...times)
  if (times.length === moments.length && latest <= limit) {
    const found = expectation.no_answer === true ? 'no answer' : `after ${ms(latest - window.to)}`
    return { state: 'met', found, atMs: latest }
  }
  if (!isOver) return { state: 'open', found: '' }
  if (times.length === moments.length) return unmet(`after ${ms(latest - window.to)}`, latest)
  return unmet(foundInstead(expectation, said, heard, facts, window))
}

/** Says an expectation for people. */
export function describeExpectation(expectation: Expectation): string {
  const { words = [], heard = [], tool, no_answer, within } = expectation
  const parts = [
    ...(words.length > 0 ? [`says ${words.map(quoted).join(' and ')}`] : []),
    ...(heard.length > 0 ? [`hears ${heard.map(quoted).join(' and ')}`] : []),
    ...(tool === undefined ? [] : [`calls ${tool}${argumentsOf(expectation)}`]),
    ...(no_answer === true ? ['does not answer'] : []),
  ]
  return `${parts.join(', ')} within ${within % 1000 === 0 ? `${within / 1000} s` : ms(within)}`
}

function argumentsOf(expectation: Expectation): string {
  return expectation.arguments ? ` with ${JSON.stringify(expectation.arguments)}` : ''
}

function foundInstead(
  expectation: Expectation,
  said: readonly { readonly text: string }[],
  heard: readonly { readonly text: string }[],
  facts: Facts,
  window: ExpectationWindow,
): string {
  const words = said
    .map(({ text }) => text)
    .join('')
    .trim()
  const transcript = heard
    .map(({ text }) => text)
    .join('')
    .trim()
  const calls = facts.toolCalls.filter(({ at }) => at >= window.from)
  return [
    ...(expectation.words ? [words === '' ? 'said nothing' : `said ${quoted(words)}`] : []),
    ...(expectation.heard ? [transcript === '' ? 'heard nothing' : `heard ${quoted(transcript)}`] : []),
    ...(expectation.tool === undefined
      ? []
      : [
          calls.length === 0
            ? 'called nothing'
            : calls.map((call) => `called ${call.name}(${call.arguments})`).join(', '),
        ]),
  ].join('; ')
}

function unmet(found: string, atMs?: number): Verdict {
  return { state: 'unmet', found, ...(atMs !== undefined && { atMs }) }
}

function quoted(text: string): string {
  return `"${text}"`
}

function ms(time: number): string {
  return `${Math.round(time)} ms`
}

/** When text that grows piece by piece first matched. */
function momentOf(
  pattern: string,
  pieces: readonly { readonly at: number; readonly text: string }[],
): number | undefined {
  const expression = new RegExp(pattern, 'iu')
  let text = ''
  for (const piece of pieces) {
    text += piece.text
    if (expression.test(text)) return piece.at
  }
  return undefined
}

/** True when JSON text has each expected argument; letters' case does not matter. */
function holds(expected: Readonly<Record<string, unknown>> | undefined, json: string): boolean {
  if (!expected) return true
  try {
    return contains(JSON.parse(json), expected)
  } catch {
    return false
  }
}

function contains(actual: unknown, expected: unknown): boolean {
  if (typeof expected === 'string' && typeof actual === 'string') {
    return actual.trim().toLowerCase() === expected.trim().toLowerCase()
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((value, i) => contains(actual[i], value))
    )
  }
  if (typeof expected === 'object' && expected !== null) {
    return (
      typeof actual === 'object' &&
      actual !== null &&
      Object.entries(expected).every(([key, value]) => contains(Reflect.get(actual, key), value))
    )
  }
  return actual === expected
}
