import { measures, parseScenario, runComparison } from '@parley/compare'
import type { ComparePorts, Comparison, MeasureName } from '@parley/compare'
import { afterAll, describe, expect, it } from 'vitest'
import { waitUntil } from '../clock.ts'
import { connect } from '../gateway/connect.ts'
import type { GatewayAddress } from '../gateway/gateway-address.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import { startScriptedServer, tone } from './scripted-server.ts'
import type { SessionTruth, TurnPlan } from './scripted-server.ts'

const repeats = 20

const short = { startedAfterMs: 40, silenceMs: 0, toneMs: 120 }
/** Three delays of text and of sound with other silence before it, and two interruptions of a long answer. */
const turns: readonly TurnPlan[] = [
  { ...short, textAfterMs: 100, soundAfterMs: 150 },
  { ...short, textAfterMs: 230, soundAfterMs: 320, silenceMs: 80 },
  { ...short, textAfterMs: 610, soundAfterMs: 700, silenceMs: 133 },
  { ...short, textAfterMs: 100, soundAfterMs: 150, toneMs: 4000 },
  { ...short, textAfterMs: 100, soundAfterMs: 150, startedAfterMs: 90, toneMs: 4000 },
  { ...short, textAfterMs: 100, soundAfterMs: 150, startedAfterMs: 240 },
]
const upgradeMs = 120
const readyMs = 90

/** 150.7 ms: speech ends off the grid of frames and of windows. */
const spokenSamples = 3617
const interruptingSamples = 8403

const scenario = parseScenario(`
name: truth
title: Known delays
steps:
  - { say: beep, file: spoken }
  - wait: answer
  - { say: beep, file: spoken }
  - wait: answer
  - { say: beep, file: spoken }
  - wait: answer
  - { say: beep, file: spoken }
  - { interrupt: beep, file: interrupting, after: 100ms }
  - { interrupt: beep, file: interrupting, after: 100ms }
  - wait: answer
`)

async function compared(address: GatewayAddress, backend: string): Promise<Comparison> {
  let ids = 0
  const ports: ComparePorts = {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    waitUntil,
    connect: ({ backend: name }, signal) => connect(address, { backend: name }, { signal }),
    priceOf: () => ({ kind: 'unknown' }),
    speech: (request) =>
      Promise.resolve(
        tone('path' in request && request.path === 'spoken' ? spokenSamples : interruptingSamples),
      ),
    newId: (prefix) => `${prefix}_${ids++}`,
  }
  const lane = { label: 'lane', backend, model: '', session: {} }
  return runComparison({ title: 'Truth', scenario, lanes: [lane], repeats, order: 'in turn' }, ports)
}

interface Row {
  readonly what: string
  readonly scripted: number
  /** Median of what was measured. */
  readonly measured: number
  /** Median distance of a measured value from what really happened then. */
  readonly error: number
  readonly worst: number
  readonly count: number
}

/** What was measured beside what the server knows, a row for each scripted time. */
function rowsOf(comparison: Comparison, sessions: readonly SessionTruth[]): readonly Row[] {
  const turn = (
    name: MeasureName,
    at: number,
    index: number,
    scripted: number,
    truth: (session: SessionTruth) => number,
  ): Row => {
    const measure = measures.find((one) => one.name === name)
    const pairs = comparison.runs.flatMap((run, repeat) => {
      const value = measure?.observe(run, scenario)[at]
      const session = sessions[repeat]
      return value === undefined || session === undefined ? [] : [{ value, real: truth(session) }]
    })
    const errors = pairs.map(({ value, real }) => Math.abs(value - real))
    return {
      what: `${name}, turn ${index + 1}`,
      scripted,
      measured: median(pairs.map(({ value }) => value)),
      error: median(errors),
      worst: Math.max(...errors),
      count: pairs.length,
    }
  }
  const rows: Row[] = []
  for (const [index, plan] of turns.entries()) {
    const { soundAfterMs, textAfterMs, silenceMs } = plan
    const of = (session: SessionTruth) => session.turns[index] ?? fail(`Turn ${index + 1} is missing.`)
    rows.push(
      turn(
        'first_text',
        index,
        index,
        textAfterMs,
        (session) => of(session).textSentAt - of(session).speechEnd,
      ),
      turn(
        'first_transcript',
        index,
        index,
        textAfterMs,
        (session) => of(session).textSentAt - of(session).speechEnd,
      ),
      turn(
        'first_audio',
        index,
        index,
        soundAfterMs + silenceMs,
        (session) => of(session).soundSentAt + silenceMs - of(session).speechEnd,
      ),
    )
    if (index > 3) {
      rows.push(
        turn(
          'interruption',
          index - 4,
          index,
          plan.startedAfterMs,
          (session) => of(session).startedSentAt - of(session).speechStart,
        ),
      )
    }
  }
  return rows
}

function fail(message: string): never {
  throw new Error(message)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

const figures: string[] = []

function check(title: string, rows: readonly Row[]): void {
  const table = rows.map(
    ({ what, scripted, measured, error, worst, count }) =>
      `${what.padEnd(26)} scripted ${scripted.toFixed(0).padStart(4)} ms, median measured ${measured.toFixed(2).padStart(7)} ms, ` +
      `median error ${error.toFixed(2).padStart(5)} ms, worst ${worst.toFixed(2).padStart(6)} ms, n = ${count}`,
  )
  figures.push(title, ...table.map((line) => `  ${line}`))
  for (const [index, { what, error, count }] of rows.entries()) {
    const limit = what.startsWith('interruption') ? 30 : 10
    expect(count, table[index]).toBe(repeats)
    expect(error, table[index]).toBeLessThanOrEqual(limit)
  }
}

afterAll(() => {
  process.stdout.write(`${figures.join('\n')}\n`)
})

describe('measured times', () => {
  it('are those of a server that knows when it sent what', { timeout: 240_000 }, async () => {
    await using server = await startScriptedServer({ upgradeMs, readyMs, turns })
    const comparison = await compared({ url: server.url, key: undefined }, '')
    expect(comparison.runs.map(({ problem }) => problem)).toEqual(comparison.runs.map(() => undefined))
    check('straight to the scripted server', rowsOf(comparison, server.sessions))
    for (const [name, scripted] of [
      ['connect', upgradeMs],
      ['session_ready', upgradeMs + readyMs],
    ] as const) {
      const values = comparison.runs.flatMap(
        (run) => measures.find((one) => one.name === name)?.observe(run, scenario) ?? [],
      )
      expect(
        Math.abs(median(values) - scripted),
        `${name} ${median(values).toFixed(2)} ms`,
      ).toBeLessThanOrEqual(10)
      figures.push(
        `  ${name.padEnd(26)} scripted ${scripted} ms, median measured ${median(values).toFixed(2)} ms`,
      )
    }
  })

  it('are within 10 ms of the truth through a gateway too', { timeout: 240_000 }, async () => {
    await using server = await startScriptedServer({ upgradeMs, readyMs, turns })
    await using gateway = await startGateway({
      environment: { PATH: process.execPath },
      settings: { PARLEY_COMPATIBLE_URL: `${server.url.replace('http', 'ws')}/v1/realtime` },
      signal: new AbortController().signal,
      onLine: () => undefined,
    })
    const comparison = await compared(gateway, 'openai-compatible')
    expect(comparison.runs.map(({ problem }) => problem)).toEqual(comparison.runs.map(() => undefined))
    check('through a gateway', rowsOf(comparison, server.sessions))
  })
})
