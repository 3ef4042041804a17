import { describe, expect, it } from 'vitest'
import type { Lane } from '../lane.ts'
import { parseScenario } from '../scenario/parse.ts'
import { created, createScriptedPorts, done, type Behaviour } from './__fixtures__/scripted-backend.ts'
import { runComparison, type ComparisonPlan } from './run-comparison.ts'

const scenario = parseScenario(
  'name: test\ntitle: Test\nsteps:\n  - { say: hello, noise: { kind: babble, snr_db: 5 } }\n  - wait: answer',
)

/** Answers each stretch of speech with an empty answer. */
const answering: Behaviour = {
  onSpeech(backend, what) {
    const id = `answer ${backend.frames.length}`
    if (what === 'stopped') backend.send(created(id))
    if (what === 'stopped') backend.send(done(id))
  },
}

function lane(label: string): Lane {
  return { label, backend: 'scripted', model: '', session: {} }
}

function planOf(changes: Partial<ComparisonPlan>): ComparisonPlan {
  return { title: 'T', scenario, lanes: [lane('a'), lane('b')], repeats: 2, order: 'in turn', ...changes }
}

describe('a comparison', () => {
  it('runs lanes in turn, repeat by repeat', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const events: string[] = []
    const comparison = await clock.run(
      runComparison(planOf({}), ports, {
        observer: {
          onLaneStart: (label, repeat) => events.push(`${label}${repeat} starts`),
          onLaneEnd: ({ lane: { label }, repeat }) => events.push(`${label}${repeat} ends`),
        },
      }),
    )
    expect(events).toEqual(['a0', 'b0', 'a1', 'b1'].flatMap((pass) => [`${pass} starts`, `${pass} ends`]))
    expect(comparison).toMatchObject({
      status: 'completed',
      repeats: 2,
      order: 'in turn',
      title: 'T',
      scenario,
    })
    expect(comparison.id).toMatch(/^cmp_/)
    expect(comparison.runs.map(({ outcome }) => outcome)).toEqual(Array(4).fill('completed'))
  })

  it('runs lanes together on the same frames at the same moments', async () => {
    const { ports, clock, backends } = createScriptedPorts(answering)
    const comparison = await clock.run(runComparison(planOf({ order: 'together' }), ports))
    expect(comparison.runs.map(({ lane: { label }, repeat }) => `${label}${repeat}`)).toEqual([
      'a0',
      'b0',
      'a1',
      'b1',
    ])
    expect(backends[0]?.frames).toEqual(backends[1]?.frames)
  })

  it('lets every lane and repeat hear the same samples, spoken once', async () => {
    const { ports, clock, requests } = createScriptedPorts(answering)
    const { runs } = await clock.run(runComparison(planOf({}), ports))
    expect(requests).toHaveLength(1)
    const [first, ...others] = runs.map(({ input }) => input[0]?.samples)
    expect(first?.length).toBeGreaterThan(1000)
    for (const other of others) expect(other).toEqual(first)
  })

  it('asks again for speech that could not be had', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    let asked = 0
    const failingOnce: typeof ports = {
      ...ports,
      speech: (request, signal) =>
        asked++ === 0 ? Promise.reject(new Error('Busy.')) : ports.speech(request, signal),
    }
    const { runs } = await clock.run(runComparison(planOf({}), failingOnce))
    expect(runs.map(({ outcome }) => outcome)).toEqual(['failed', 'completed', 'completed', 'completed'])
  })

  it('keeps what is done when it is stopped', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const stopping = new AbortController()
    const { status, runs } = await clock.run(
      runComparison(planOf({ repeats: 50 }), ports, {
        signal: stopping.signal,
        observer: {
          onLaneStart(label, repeat) {
            if (label === 'b' && repeat === 1) clock.at(clock.now() + 200, () => stopping.abort())
          },
        },
      }),
    )
    expect(status).toBe('stopped')
    expect(runs.map(({ outcome }) => outcome)).toEqual(['completed', 'completed', 'completed', 'stopped'])
  })

  it('goes on with the other lanes when one fails', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const halfBroken: typeof ports = {
      ...ports,
      connect: (to, signal) =>
        to.label === 'a' ? Promise.reject(new Error('Refused.')) : ports.connect(to, signal),
    }
    const { runs, status } = await clock.run(runComparison(planOf({ order: 'together' }), halfBroken))
    expect(status).toBe('completed')
    expect(runs.map(({ outcome }) => outcome)).toEqual(['failed', 'completed', 'failed', 'completed'])
  })

  it.each([
    [{ lanes: [lane('a'), lane('a')] }, 'Two lanes are called "a"'],
    [{ lanes: [] }, 'at least one lane'],
    [{ repeats: 0 }, 'at least once'],
  ])('refuses a plan that cannot be run: %j', async (changes, message) => {
    const { ports } = createScriptedPorts(answering)
    await expect(runComparison(planOf(changes), ports)).rejects.toThrow(message)
  })
})
