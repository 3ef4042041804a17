import { resolve } from 'node:path'
import { checkThresholds, runComparison } from '@parley/compare'
import type { CompareObserver, Comparison } from '@parley/compare'
import type { ExitCode } from '../command-failure.ts'
import type { Environment } from '../environment.ts'
import { useGateway } from '../gateway/use-gateway.ts'
import type { UsedGateway } from '../gateway/use-gateway.ts'
import { checkOutputPaths } from '../output-files.ts'
import { writeResults } from '../report/write-results.ts'
import { readScenario } from '../scenarios/scenario-files.ts'
import type { ScenarioFile } from '../scenarios/scenario-files.ts'
import { columnsOf, print, styled, styledError, tell } from '../terminal/terminal.ts'
import { checkBackends } from './check-backends.ts'
import { compareProgress } from './compare-progress.ts'
import type { CompareProgress } from './compare-progress.ts'
import { exitCodeOf } from './exit-code.ts'
import type { CompareRequest } from './options.ts'
import { cachedSpeech, comparePorts } from './ports.ts'
import { nameRecordings } from './recordings.ts'
import type { Recording } from './recordings.ts'
import { resultLines } from './result-table.ts'

/** Where a comparison runs. */
export interface CompareSurroundings {
  readonly environment: Environment
  /** Stops the comparison; what is done is kept. */
  readonly signal: AbortSignal
}

/** Runs a comparison, prints and writes what came of it, and resolves with the code to end with. */
export async function runCompare(
  request: CompareRequest,
  { environment, signal }: CompareSurroundings,
): Promise<ExitCode> {
  await checkOutputPaths([
    { option: '--report', path: request.report, kind: 'file' },
    { option: '--json', path: request.json, kind: 'file' },
    { option: '--csv', path: request.csv, kind: 'file' },
    { option: '--record', path: request.record, kind: 'folder' },
  ])
  const scenarios = await Promise.all(request.scenarios.map(readScenario))
  const comparisons: Comparison[] = []
  const recordings: Recording[] = []
  {
    using progress = compareProgress({
      labels: request.lanes.map(({ label }) => label),
      scenarios: scenarios.length,
      repeats: request.repeats,
      order: request.order,
    })
    await using gateway = await useGateway({
      ...request,
      environment,
      settings: recordSettings(request),
      signal,
      onProgress: progress.say,
      onLine: progress.log,
    })
    await compareAll({ request, scenarios, gateway, progress, signal, comparisons, recordings })
  }
  const judged = comparisons.flatMap((comparison) => checkThresholds(comparison, request.thresholds))
  const onStandardOutput = request.json === '-'
  const show = onStandardOutput ? tell : print
  const width = columnsOf(onStandardOutput ? process.stderr : process.stdout)
  for (const comparison of comparisons) {
    const [title = '', ...lines] = resultLines(comparison, { width })
    show(`\n${styled('bold', title)}`)
    for (const line of lines) show(line)
  }
  if (judged.length > 0) show('')
  for (const { verdict, message } of judged) {
    show(
      verdict === 'passed'
        ? `${styled('green', 'ok')}      ${message}`
        : `${styled('red', 'failed')}  ${message}`,
    )
  }
  const unwritten = await writeResults({ ...request, comparisons, judged })
  for (const { message } of unwritten) tell(`${styledError('red', 'error:')} ${message}`)
  if (request.record !== undefined) {
    // The gateway has ended, so the files are whole.
    const names = await nameRecordings(request.record, recordings)
    tell(`recorded in ${request.record}: ${names.join(', ')}`)
  }
  return exitCodeOf({ comparisons, judged, isStopped: signal.aborted, isWritten: unwritten.length === 0 })
}

interface CompareAllOptions {
  readonly request: CompareRequest
  readonly scenarios: readonly ScenarioFile[]
  readonly gateway: UsedGateway
  readonly progress: CompareProgress
  readonly signal: AbortSignal
  /** Takes each comparison when it is done, whole or not. */
  readonly comparisons: Comparison[]
  /** Takes what the gateway says it recorded. */
  readonly recordings: Recording[]
}

async function compareAll(options: CompareAllOptions): Promise<void> {
  const { request, scenarios, gateway, progress, signal, comparisons, recordings } = options
  const { lanes, repeats, order } = request
  const prices = await checkBackends(gateway, lanes, progress.log)
  const speech = cachedSpeech(gateway)
  const record = request.record === undefined ? undefined : request.audio ? 'audio' : 'events'
  const repeatOf = new Map<string, number>()
  for (const { scenario, folder } of scenarios) {
    if (signal.aborted) return
    const { title } = scenario
    const onRecorded = (id: string, lane: string): void => {
      recordings.push({ id, scenario, lane, repeat: repeatOf.get(lane) ?? 0 })
    }
    const ports = comparePorts({ gateway, prices, folder, record, onRecorded, speech })
    const plan = { title, scenario, lanes, repeats, order }
    const shown = progress.observerOf(title)
    const observer: CompareObserver = {
      ...shown,
      onLaneStart(lane, repeat) {
        repeatOf.set(lane, repeat)
        shown.onLaneStart?.(lane, repeat)
      },
    }
    comparisons.push(await runComparison(plan, ports, { signal, observer }))
  }
}

function recordSettings({ record }: CompareRequest): Environment {
  return record === undefined ? {} : { PARLEY_CASSETTES_DIR: resolve(record), PARLEY_RECORD: 'asked' }
}
