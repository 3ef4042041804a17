import { describe, expect, it } from 'vitest'
import type { Lane } from '../lane.ts'
import {
  audio,
  created,
  createScriptedPorts,
  done,
  silence,
  sound,
  speechStarted,
  speechStopped,
  tone,
  words,
  type Behaviour,
} from './__fixtures__/scripted-backend.ts'
import { startCapture } from './capture.ts'

/** Answers speech 200 ms after its end, and typed text at once. */
const answering: Behaviour = {
  onSpeech(backend, what) {
    const turn = `turn ${backend.received.length}`
    if (what === 'started') return backend.send(speechStarted(turn))
    backend.send(speechStopped(turn))
    backend.after(200, () => {
      backend.send(created('spoken'))
      backend.send(words('spoken', 'Hello.'))
      backend.send(audio('spoken', tone(800)))
      backend.send(done('spoken'))
    })
  },
  onEvent(backend, event) {
    if (event.type !== 'response.create') return
    backend.send(created('typed'))
    backend.send(words('typed', 'Hi.'))
    backend.send(done('typed'))
  },
}

const lanes: readonly Lane[] = ['a', 'b'].map((label) => ({ label, backend: 'x', model: '', session: {} }))

describe('a live comparison', () => {
  it('lets all lanes hear what is recorded, in real time, and waits for their answers', async () => {
    const { ports, clock, backends } = createScriptedPorts(answering)
    const capture = startCapture({ title: 'Live', lanes }, ports)
    await clock.run(capture.ready)
    const recorded = sound(silence(100), tone(700), silence(100))
    capture.push(recorded)
    const comparison = await clock.run(capture.finish())
    expect(comparison).toMatchObject({
      title: 'Live',
      scenario: undefined,
      status: 'completed',
      order: 'together',
    })
    expect(backends).toHaveLength(2)
    const [first, second] = backends.map(({ frames }) =>
      frames.filter(({ samples }) => samples.some((sample) => sample !== 0)),
    )
    expect(first).toEqual(second)
    // 700 ms of speech take 700 ms to send.
    expect((first?.at(-1)?.at ?? 0) - (first?.[0]?.at ?? 0)).toBeCloseTo(680, 3)
    for (const run of comparison.runs) {
      const types = run.marks.map(({ type }) => type)
      expect(types).toEqual(
        expect.arrayContaining(['speech_start', 'speech_end', 'first_sound', 'sound_end']),
      )
      const edge = (type: string) => run.marks.find((mark) => mark.type === type)?.at ?? 0
      expect(edge('speech_end') - edge('speech_start')).toBeCloseTo(700, 3)
      expect(run.output[0]?.samples).toEqual(tone(800))
      const [input] = run.input
      const from = Math.round((edge('speech_start') - (input?.at ?? 0)) * 24)
      expect(input?.samples.subarray(from, from + 700 * 24)).toEqual(tone(700))
    }
  })

  it('types to all lanes', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const capture = startCapture({ title: 'Live', lanes }, ports)
    await clock.run(capture.ready)
    capture.type('Hello')
    const { runs } = await clock.run(capture.finish())
    for (const { marks } of runs) {
      expect(marks).toContainEqual(expect.objectContaining({ type: 'text_sent', text: 'Hello' }))
      expect(marks).toContainEqual(expect.objectContaining({ type: 'response_done', text: 'Hi.' }))
    }
  })

  it('goes on with the lanes that are ready, and fails where none is', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const refuse = (label: string): typeof ports => ({
      ...ports,
      connect: (lane, signal) =>
        lane.label.startsWith(label) ? Promise.reject(new Error('Refused.')) : ports.connect(lane, signal),
    })
    const half = startCapture({ title: 'Live', lanes }, refuse('a'))
    await clock.run(half.ready)
    half.type('Hello')
    const { runs } = await clock.run(half.finish())
    expect(runs.map(({ outcome }) => outcome)).toEqual(['failed', 'completed'])
    const none = startCapture({ title: 'Live', lanes }, refuse(''))
    await expect(clock.run(none.ready)).rejects.toThrow('Refused.')
  })

  it('gives up 15 s after what was said when nobody answers', async () => {
    const { ports, clock } = createScriptedPorts({})
    const capture = startCapture({ title: 'Live', lanes }, ports)
    await clock.run(capture.ready)
    capture.push(tone(300))
    const { runs } = await clock.run(capture.finish())
    expect(runs[0]?.marks).toContainEqual(expect.objectContaining({ type: 'warning', code: 'no_answer' }))
    expect(runs[0]?.durationMs).toBeGreaterThan(15_000)
    expect(runs[0]?.durationMs).toBeLessThan(16_000)
  })

  it('is stopped with what there is', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const stopping = new AbortController()
    const capture = startCapture({ title: 'Live', lanes }, ports, { signal: stopping.signal })
    await clock.run(capture.ready)
    capture.push(tone(3000))
    clock.at(clock.now() + 1000, () => stopping.abort())
    const { status, runs } = await clock.run(capture.finish())
    expect(status).toBe('stopped')
    expect(runs.map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped'])
    expect((runs[0]?.input[0]?.samples.length ?? 0) / 24).toBeCloseTo(1000, -2)
  })

  it('ends at once when nothing was said', async () => {
    const { ports, clock } = createScriptedPorts(answering)
    const capture = startCapture({ title: 'Live', lanes }, ports)
    await clock.run(capture.ready)
    const { runs } = await clock.run(capture.finish())
    expect(runs[0]?.durationMs).toBeLessThan(200)
    expect(runs.map(({ outcome }) => outcome)).toEqual(['completed', 'completed'])
  })
})
