import { AudioInputConfig, AudioOutputConfig } from '@parley/core'
import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document } from 'yaml'
import type * as z from 'zod'
import { knownNames } from '../nearest-name.ts'
import {
  BackchannelStep,
  ExpectStep,
  InterruptStep,
  Noise,
  SayStep,
  Scenario,
  ScenarioSession,
  ScenarioTool,
  SilenceStep,
  TypeStep,
  WaitStep,
} from './scenario.ts'

/** A scenario that cannot be used: where, and what to do about it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError'
  /** Dotted, for example `steps[2].expect.within`; empty for the whole file. */
  readonly path: string
  /** Counted from 1; `undefined` where the file has no such place. */
  readonly line: number | undefined

  constructor(path: string, line: number | undefined, problem: string) {
    const place = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ')
    super(place === '' ? problem : `${place}: ${problem}`)
    this.path = path
    this.line = line
  }
}

type Path = readonly (string | number)[]
type Report = (path: Path, problem: string) => never
/** Runs a check and keeps what it reports, so that the next one is run too. */
type Attempt = (check: () => void) => void

/** Each kind of step by the key that names it. */
const steps = {
  say: SayStep,
  type: TypeStep,
  wait: WaitStep,
  interrupt: InterruptStep,
  backchannel: BackchannelStep,
  silence: SilenceStep,
  expect: ExpectStep,
} as const
const kinds = Object.keys(steps)

/**
 * Reads a scenario from YAML (JSON is YAML too). `name` is its name where the text has none: the file's, without
 * its ending. Throws `ScenarioError` for the fault that explains most.
 */
export function parseScenario(yamlText: string, name?: string): Scenario {
  const { scenario, faults } = readScenario(yamlText, name)
  if (scenario === undefined) throw faults[0]
  return scenario
}

/** Everything that is wrong with a scenario, in the order of its lines; empty when nothing is. */
export function scenarioFaults(yamlText: string, name?: string): readonly ScenarioError[] {
  return readScenario(yamlText, name).faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

/** The scenario, or what is wrong with it: the fault that explains most comes first. */
function readScenario(
  yamlText: string,
  name: string | undefined,
): { readonly scenario?: Scenario; readonly faults: readonly ScenarioError[] } {
  const lines = new LineCounter()
  const document = parseDocument(yamlText, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) {
    return { faults: [new ScenarioError('', lines.linePos(broken.pos[0]).line, broken.message)] }
  }
  const faults: ScenarioError[] = []
  const report: Report = (path, problem) => {
    throw new ScenarioError(dotted(path), lineOf(document, lines, path), problem)
  }
  const attempt: Attempt = (check) => {
    try {
      check()
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      faults.push(error)
    }
  }
  const read: unknown = document.toJS()
  if (!isRecord(read)) {
    attempt(() => report([], notAMap(read)))
    return { faults }
  }
  const content: Record<string, unknown> = name === undefined ? read : { name, ...read }
  if (Array.isArray(content['steps']))
    content['steps'].forEach((step, index) => attempt(() => checkStep(step, index, report)))
  attempt(() => checkSession(content['session'], report))
  const checked = Scenario.safeParse(content)
  if (checked.success) {
    checkMeaning(checked.data, report, attempt)
    return faults.length === 0 ? { scenario: checked.data, faults } : { faults }
  }
  // What is wrong inside these was told better.
  const told = new Set(faults.map(({ path }) => path.split(/[.[]/, 1)[0]))
  const issues = checked.error.issues.filter(({ path: [top] }) => !told.has(String(top)))
  const slips = issues.filter(({ code }) => code === 'unrecognized_keys')
  for (const issue of slips.length > 0 ? slips : issues) {
    attempt(() => reportIssue([issue], [], Object.keys(Scenario.shape), report))
  }
  return { faults }
}

function notAMap(read: unknown): string {
  if (read === null) return 'The file is empty. A scenario is a map with title and steps.'
  if (typeof read === 'string') return 'This is plain text. A scenario is a map with title and steps.'
  return 'A scenario is a map with name, title and steps.'
}

/** A step is named by one key; its schema then says what is wrong better than a union of all could. */
function checkStep(step: unknown, index: number, report: Report): void {
  const path = ['steps', index]
  if (!isRecord(step)) return report(path, `A step is a map with one of ${kinds.join(', ')}.`)
  const named = kinds.filter((kind) => kind in step)
  const [first, second] = named
  if (first === undefined) {
    const [key] = Object.keys(step)
    if (key === undefined) return report(path, `A step is a map with one of ${kinds.join(', ')}.`)
    return report([...path, key], `Unknown step "${key}"; ${knownNames(key, kinds)}`)
  }
  if (second !== undefined) return report(path, `One step is either "${first}" or "${second}".`)
  // `first` is one of the keys.
  const schema = steps[first as keyof typeof steps]
  const checked = schema.safeParse(step)
  if (!checked.success) reportIssue(checked.error.issues, path, Object.keys(schema.shape), report)
}

/** The session's schemas let unknown fields pass, as the wire does; in a file they are slips. */
function checkSession(session: unknown, report: Report): void {
  checkKeys(session, ['session'], Object.keys(ScenarioSession.shape), report)
  const audio = isRecord(session) ? session['audio'] : undefined
  checkKeys(audio, ['session', 'audio'], ['input', 'output'], report)
  if (!isRecord(audio)) return
  checkKeys(audio['input'], ['session', 'audio', 'input'], Object.keys(AudioInputConfig.shape), report)
  checkKeys(audio['output'], ['session', 'audio', 'output'], Object.keys(AudioOutputConfig.shape), report)
}

function checkKeys(value: unknown, path: Path, known: readonly string[], report: Report): void {
  if (!isRecord(value)) return
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) reportUnknown([...path, unknown], unknown, known, report)
}

function reportUnknown(path: Path, key: string, known: readonly string[], report: Report): never {
  return report(path, `Unknown key "${key}"; ${knownNames(key, known)}`)
}

/** Tells the slip that explains most: a misspelt key before what is missing because of it. */
function reportIssue(
  issues: readonly z.core.$ZodIssue[],
  base: Path,
  known: readonly string[],
  report: Report,
): never {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const path = [
    ...base,
    ...(issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part))),
  ]
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return reportUnknown([...path, key], key, knownKeys(path, known), report)
  }
  return report(path, issue ? messagesOf(issue).join(' Or: ') : 'It is not valid.')
}

/** What each branch of a union says, once. */
function messagesOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue.message]
  return [...new Set(issue.errors.flat().flatMap(messagesOf))]
}

/** What may stand at a place of the file; `known` at the place that was checked. */
function knownKeys(path: Path, known: readonly string[]): readonly string[] {
  const [top, , inner] = path
  if (inner === 'noise') return Object.keys(Noise.shape)
  if (inner === 'expect') return Object.keys(ExpectStep.shape.expect.shape)
  if (top === 'tools') return Object.keys(ScenarioTool.shape)
  return known
}

/** What no schema says: files stay in the scenario's folder, expectations are regular expressions. */
function checkMeaning(scenario: Scenario, report: Report, attempt: Attempt): void {
  scenario.steps.forEach((step, index) => {
    if ('file' in step && step.file !== undefined && !staysInside(step.file)) {
      const { file } = step
      attempt(() => report(['steps', index, 'file'], `"${file}" is not a file inside the scenario's folder.`))
    }
    if (!('expect' in step)) return
    for (const list of ['words', 'heard'] as const) {
      step.expect[list]?.forEach((pattern, place) => {
        if (isPattern(pattern)) return
        attempt(() =>
          report(['steps', index, 'expect', list, place], `"${pattern}" is not a regular expression.`),
        )
      })
    }
    const { tool } = step.expect
    if (tool !== undefined && !scenario.tools.some(({ name }) => name === tool)) {
      attempt(() => report(['steps', index, 'expect', 'tool'], `The scenario has no tool "${tool}".`))
    }
  })
}

/** True for a relative path of plain segments: no root, no drive, no scheme, no way up. */
function staysInside(file: string): boolean {
  return (
    !/[\\:\0]/.test(file) &&
    file.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
  )
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'iu').source !== ''
  } catch {
    return false
  }
}

function dotted(path: Path): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
}

/** Line of a place, or of the nearest place around it that the file has. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length))
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return undefined
}

function offsetOf(document: Document, path: Path): number | undefined {
  const around: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
  if (path.length > 0 && isMap(around)) {
    const pair = around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
  }
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
