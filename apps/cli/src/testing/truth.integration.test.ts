import { loadavg } from 'node:os'
import { measures, parseScenario, runComparison } from '@parley/compare'
import type { ComparePorts, Comparison, MeasureName } from '@parley/compare'
import { afterAll, describe, expect, it } from 'vitest'
import { waitUntil } from '../clock.ts'
import { connect } from '../gateway/connect.ts'
import type { GatewayAddress } from '../gateway/gateway-address.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import { startScriptedServer, tone } from './scripted-server.ts'
import type { SessionTruth, TurnPlan, TurnTruth } from './scripted-server.ts'

/** Lanes that run at once, and how often each. Together they save time; a gateway beside them is one load more. */
interface Passes {
  readonly labels: readonly string[]
  readonly repeats: number
}

const short = { startedAfterMs: 40, silenceMs: 0, toneMs: 120 }
/** Three delays of text and of sound with other silence before it, and two interruptions of a long answer. */
const turns: readonly TurnPlan[] = [
  { ...short, textAfterMs: 100, soundAfterMs: 150 },
  { ...short, textAfterMs: 230, soundAfterMs: 320, silenceMs: 80 },
  { ...short, textAfterMs: 610, soundAfterMs: 700, silenceMs: 133 },
  { ...short, textAfterMs: 100, soundAfterMs: 150, toneMs: 1500 },
  { ...short, textAfterMs: 100, soundAfterMs: 150, startedAfterMs: 90, toneMs: 1500 },
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

async function compared(
  address: GatewayAddress,
  backend: string,
  { labels, repeats }: Passes,
): Promise<Comparison> {
  let ids = 0
  const ports: ComparePorts = {
    now: () => performance.now(),
    wallClock: () => Date.now(),
    waitUntil,
    connect: ({ backend: name, model }, signal) => connect(address, { backend: name, model }, { signal }),
    priceOf: () => ({ kind: 'unknown' }),
    speech: (request) =>
      Promise.resolve(
        tone('path' in request && request.path === 'spoken' ? spokenSamples : interruptingSamples),
      ),
    newId: (prefix) => `${prefix}_${ids++}`,
  }
  // The server tells the lanes apart by the model they ask for.
  const lanes = labels.map((label) => ({ label, backend, model: label, session: {} }))
  return runComparison({ title: 'Truth', scenario, lanes, repeats, order: 'together' }, ports)
}

/** One time the server knows: which observation of a measure it is, in each run. */
interface Known {
  readonly title: string
  readonly name: MeasureName
  readonly nth: number
  /** What the server was told to do; when it really did is in the session. */
  readonly scripted: number
  readonly truth: (session: SessionTruth) => number
}

const ofConnecting: readonly Known[] = [
  {
    title: 'connect',
    name: 'connect',
    nth: 0,
    scripted: upgradeMs,
    truth: ({ connectedAt, requestedAt }) => connectedAt - requestedAt,
  },
  {
    title: 'session_ready',
    name: 'session_ready',
    nth: 0,
    scripted: upgradeMs + readyMs,
    truth: ({ readySentAt, requestedAt }) => readySentAt - requestedAt,
  },
]

const ofTurns: readonly Known[] = turns.flatMap((plan, index) => {
  const { soundAfterMs, textAfterMs, silenceMs, startedAfterMs } = plan
  const known = (
    name: MeasureName,
    scripted: number,
    truth: (turn: TurnTruth) => number,
    nth = index,
  ): Known => ({
    title: `${name}, turn ${index + 1}`,
    name,
    nth,
    scripted,
    truth: (session) => {
      const turn = session.turns[index]
      return turn === undefined ? Number.NaN : truth(turn)
    },
  })
  const isInterruption = index >= turns.length - 2
  return [
    known('first_text', textAfterMs, ({ textSentAt, speechEnd }) => textSentAt - speechEnd),
    known('first_transcript', textAfterMs, ({ textSentAt, speechEnd }) => textSentAt - speechEnd),
    known(
      'first_audio',
      soundAfterMs + silenceMs,
      ({ soundSentAt, speechEnd }) => soundSentAt + silenceMs - speechEnd,
    ),
    ...(isInterruption
      ? [
          known(
            'interruption',
            startedAfterMs,
            ({ startedSentAt, speechStart }) => startedSentAt - speechStart,
            index - (turns.length - 2),
          ),
        ]
      : []),
  ]
})

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2
}

const figures: string[] = []

/** Holds what was measured against what the server knows, run by run. */
function check(known: readonly Known[], comparison: Comparison, sessions: readonly SessionTruth[]): void {
  for (const { title, name, nth, scripted, truth } of known) {
    const measure = measures.find((one) => one.name === name)
    const pairs = comparison.runs.flatMap((run) => {
      const measured = measure?.observe(run, scenario)[nth]
      const session = sessions.filter(({ model }) => model === run.lane.label)[run.repeat]
      return measured === undefined || session === undefined ? [] : [{ measured, real: truth(session) }]
    })
    const errors = pairs.map(({ measured, real }) => Math.abs(measured - real))
    const measured = median(pairs.map((pair) => pair.measured))
    const real = median(pairs.map((pair) => pair.real))
    const line = [
      title.padEnd(24),
      `scripted ${scripted} ms`,
      `median: true ${real.toFixed(2)} ms, measured ${measured.toFixed(2)} ms`,
      `error: median ${median(errors).toFixed(2)} ms, worst ${Math.max(...errors).toFixed(2)} ms`,
      `n = ${pairs.length}`,
      `load ${loadavg()[0]?.toFixed(1)}`,
    ].join('; ')
    figures.push(`  ${line}`)
    const limit = name === 'interruption' ? 30 : 10
    expect.soft(pairs.length, line).toBe(comparison.lanes.length * comparison.repeats)
    expect.soft(median(errors), line).toBeLessThanOrEqual(limit)
    expect.soft(Math.abs(measured - real), line).toBeLessThanOrEqual(limit)
  }
}

afterAll(() => {
  process.stdout.write(`${figures.join('\n')}\n`)
})

describe('measured times', () => {
  it('are those of a server that knows when it sent what', { timeout: 240_000 }, async () => {
    await using server = await startScriptedServer({ upgradeMs, readyMs, turns })
    const comparison = await compared({ url: server.url, key: undefined }, '', {
      labels: ['a', 'b'],
      repeats: 10,
    })
    expect(comparison.runs.map(({ problem }) => problem)).toEqual(comparison.runs.map(() => undefined))
    figures.push('straight to the scripted server')
    check([...ofConnecting, ...ofTurns], comparison, server.sessions)
  })

  it('are within 10 ms of the truth through a gateway too', { timeout: 240_000 }, async () => {
    await using server = await startScriptedServer({ upgradeMs, readyMs, turns })
    await using gateway = await startGateway({
      environment: { PATH: process.execPath },
      settings: { PARLEY_COMPATIBLE_URL: `${server.url.replace('http', 'ws')}/v1/realtime` },
      signal: new AbortController().signal,
      onLine: () => undefined,
    })
    const comparison = await compared(gateway, 'openai-compatible', { labels: ['a'], repeats: 15 })
    expect(comparison.runs.map(({ problem }) => problem)).toEqual(comparison.runs.map(() => undefined))
    figures.push('through a gateway')
    check(ofTurns, comparison, server.sessions)
  })
})
