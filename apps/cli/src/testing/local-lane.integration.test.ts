import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { compareLanes, parseLane, parseScenario, runComparison, startCapture } from '@parley/compare'
import type { ComparePorts, LaneRun, MarkType } from '@parley/compare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { waitUntil } from '../clock.ts'
import { repositoryRoot } from '../environment.ts'
import { connect } from '../gateway/connect.ts'
import { startGateway } from '../gateway/own-gateway.ts'
import type { OwnGateway } from '../gateway/own-gateway.ts'
import { readSoundFile, soundRate } from '../sound/sound-file.ts'
import { withoutSilence } from '../sound/without-silence.ts'

const speechFolder = join(repositoryRoot, 'bench', 'speech')

let gateway: OwnGateway

beforeAll(async () => {
  gateway = await startGateway({
    environment: { PATH: process.execPath },
    signal: new AbortController().signal,
    onLine: () => undefined,
  })
}, 60_000)

afterAll(() => gateway[Symbol.asyncDispose]())

const ports: ComparePorts = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  waitUntil,
  connect: ({ backend, model }, signal) => connect(gateway, { backend, model }, { signal }),
  priceOf: () => ({ kind: 'free' }),
  speech: (request) => spokenFile('path' in request ? request.path : ''),
  newId: (prefix) => `${prefix}_${randomUUID()}`,
}

async function spokenFile(name: string): Promise<Int16Array> {
  return withoutSilence(await readSoundFile(join(speechFolder, name)), soundRate)
}

function atOf(run: LaneRun | undefined, type: MarkType, nth = 0): number {
  return run?.marks.filter((mark) => mark.type === type)[nth]?.at ?? Number.NaN
}

describe('the local backend as a lane', () => {
  it('hears, answers, is interrupted and answers typed text', { timeout: 240_000 }, async () => {
    const scenario = parseScenario(`
name: local
title: Local
steps:
  - { say: go forward ten meters, file: goforward.wav }
  - expect: { heard: [forward], words: ['\\w'], within: 40s }
  - { interrupt: go somewhere and do something, file: something.wav, after: 600ms }
  - expect: { heard: [somewhere], within: 40s }
  - wait: first_sound
  - type: Hello there
  - expect: { words: [hello], within: 20s }
`)
    const lanes = [parseLane('local'), parseLane('fast=local?silence_ms=200')]
    const comparison = await runComparison(
      { title: 'Local', scenario, lanes, repeats: 1, order: 'in turn' },
      ports,
    )
    for (const run of comparison.runs) {
      expect(run.problem).toBeUndefined()
      expect(run.expectations).toMatchObject([{ met: true }, { met: true }, { met: true }])
      // The interruption, and the typed message that takes the floor.
      expect(run.marks.filter(({ type }) => type === 'cut')).toHaveLength(2)
      expect(atOf(run, 'cut')).toBeGreaterThan(atOf(run, 'speech_start', 1))
      expect(run.marks.filter(({ type }) => type === 'error')).toEqual([])
    }
    expect(compareLanes(comparison).map(({ measure }) => measure.name)).toContain('first_audio')
  })

  it('answers what is recorded live', { timeout: 120_000 }, async () => {
    const capture = startCapture({ title: 'Live', lanes: [parseLane('local')] }, ports)
    await capture.ready
    capture.push(await spokenFile('goforward.wav'))
    const { runs } = await capture.finish()
    expect(runs[0]?.problem).toBeUndefined()
    const transcripts = runs[0]?.marks.flatMap((mark) => (mark.type === 'transcript' ? [mark.text] : []))
    expect(transcripts?.join(' ')).toMatch(/forward/i)
    expect(atOf(runs[0], 'sound_end')).toBeGreaterThan(atOf(runs[0], 'speech_end'))
  })
})
