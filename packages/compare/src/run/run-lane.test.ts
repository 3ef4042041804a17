import type { ClientEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../scenario/parse.ts'
import type { Scenario } from '../scenario/scenario.ts'
import {
  audio,
  call,
  created,
  createScriptedPorts,
  done,
  scriptedLane,
  silence,
  sound,
  speechStarted,
  speechStopped,
  tone,
  transcript,
  words,
  type Behaviour,
  type ScriptedBackend,
} from './__fixtures__/scripted-backend.ts'
import type { LaneRun } from './lane-run.ts'
import type { Mark, MarkType } from './mark.ts'
import { runLane } from './run-lane.ts'

function scenarioOf(steps: string, head = ''): Scenario {
  return parseScenario(`name: test\ntitle: Test\n${head}\nsteps:\n${steps}`)
}

async function play(
  steps: string,
  behaviour: Behaviour,
  head = '',
): Promise<{ readonly run: LaneRun; readonly backend: ScriptedBackend }> {
  const { ports, clock, backends } = createScriptedPorts(behaviour)
  const run = await clock.run(runLane(scenarioOf(steps, head), scriptedLane, ports))
  const [backend] = backends
  if (!backend) throw new Error('Nobody connected.')
  return { run, backend }
}

function atOf(run: LaneRun, type: MarkType, nth = 0): number {
  const mark = run.marks.filter((candidate) => candidate.type === type)[nth]
  if (!mark) throw new Error(`No ${type} number ${nth} among ${run.marks.map((one) => one.type).join(', ')}`)
  return mark.at
}

function has(run: LaneRun, mark: Partial<Mark>): void {
  expect(run.marks).toContainEqual(expect.objectContaining(mark))
}

function sent(backend: ScriptedBackend, type: ClientEvent['type']): readonly ClientEvent[] {
  return backend.received.map(({ event }) => event).filter((event) => event.type === type)
}

interface AnswerPlan {
  readonly ms?: number
  readonly detects?: boolean
}

/** Detects each stretch of speech, and answers 300 ms after its end with sound that begins with 100 ms of silence. */
function answering({ ms = 1000, detects = true }: AnswerPlan = {}): Behaviour {
  let turns = 0
  return {
    onSpeech(backend, what) {
      if (what === 'started') {
        turns++
        if (detects) backend.send(speechStarted(`turn ${turns}`))
        return
      }
      const id = `answer ${turns}`
      const item = `turn ${turns}`
      if (detects) backend.after(200, () => backend.send(speechStopped(item)))
      backend.after(250, () => backend.send(transcript(item, 'hello there')))
      backend.after(300, () => answer(backend, id, ms))
    },
  }
}

function answer(backend: ScriptedBackend, id: string, ms: number): void {
  backend.send(created(id))
  backend.send(words(id, 'Good '))
  backend.send(words(id, 'day.'))
  backend.send(audio(id, sound(silence(100), tone(ms))))
  backend.send(done(id))
}

const question = '  - say: Hello there\n  - wait: answer'

describe('a lane', () => {
  it('marks speech as it was spoken and the answer as it was heard', async () => {
    const { run } = await play(question, answering())
    expect(run.outcome).toBe('completed')
    const end = atOf(run, 'speech_end')
    expect(end - atOf(run, 'speech_start')).toBeCloseTo(440, 3)
    // Silence is noticed with the frame after the last of speech.
    expect(atOf(run, 'first_audio') - end).toBeCloseTo(320, 3)
    expect(atOf(run, 'first_sound') - atOf(run, 'first_audio')).toBeCloseTo(100, 3)
    expect(atOf(run, 'sound_end') - atOf(run, 'first_audio')).toBeCloseTo(1100, 3)
    expect(run.durationMs - atOf(run, 'sound_end')).toBeLessThan(40)
    expect(run.input).toEqual([{ at: atOf(run, 'speech_start'), samples: tone(440) }])
    expect(run.output).toEqual([
      { at: atOf(run, 'first_audio'), samples: sound(silence(100), tone(1000)), responseId: 'answer 1' },
    ])
    has(run, { type: 'first_text', text: 'Good ' })
    has(run, { type: 'response_done', text: 'Good day.', status: 'completed' })
    expect(run.model).toBe('scripted-1')
  })

  it('sends a frame each 20 ms from when the session is ready to its end', async () => {
    const { backend } = await play(question, answering())
    const times = backend.frames.map(({ at }) => at)
    expect(times).toEqual(times.map((_, i) => (times[0] ?? 0) + 20 * i))
    expect(backend.frames.every(({ samples }) => samples.length === 480)).toBe(true)
    expect(backend.frames.length).toBeGreaterThan(90)
  })

  it('marks frames that are late by more than one, and catches them up', async () => {
    const { ports, clock } = createScriptedPorts(answering())
    const stalledUntil = clock.now() + 400
    const stalling: typeof ports = {
      ...ports,
      // The machine does nothing between 300 and 400 ms.
      waitUntil: (at, signal) =>
        ports.waitUntil(at > stalledUntil - 100 ? Math.max(at, stalledUntil) : at, signal),
    }
    const run = await clock.run(runLane(scenarioOf(question), scriptedLane, stalling))
    const late = run.marks.flatMap((mark) => (mark.type === 'late_frame' ? [mark.lateMs] : []))
    expect(late.length).toBeGreaterThan(3)
    expect(Math.max(...late)).toBeLessThanOrEqual(100)
    expect(late).toEqual(late.toSorted((a, b) => b - a))
    expect(Math.min(...late)).toBeGreaterThan(20)
  })

  it('asks for sound, a transcript and the layered session before anything else', async () => {
    const { ports, clock, backends } = createScriptedPorts(answering())
    const scenario = scenarioOf(
      question,
      'language: de-AT\nsession:\n  instructions: Brief.\n  audio: { input: { turn_detection: { type: server_vad, silence_duration_ms: 900 } }, output: { voice: a } }',
    )
    const lane = {
      ...scriptedLane,
      session: {
        audio: {
          input: { turn_detection: { type: 'semantic_vad' as const } },
          output: { speed: 1.1 },
        },
      },
    }
    await clock.run(runLane(scenario, lane, ports))
    expect(backends[0]?.received[0]?.event).toMatchObject({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Brief.',
        output_modalities: ['audio'],
        audio: {
          input: {
            format: { type: 'audio/pcm', rate: 24_000 },
            transcription: { language: 'de' },
            turn_detection: { type: 'semantic_vad' },
          },
          output: { format: { type: 'audio/pcm', rate: 24_000 }, voice: 'a', speed: 1.1 },
        },
      },
    })
    const update = backends[0]?.received[0]?.event
    expect(JSON.stringify(update)).not.toContain('silence_duration_ms')
  })

  it('goes silent when speech is detected, and tells the backend what was heard', async () => {
    const { run, backend } = await play(
      '  - say: Hello there\n  - interrupt: Stop it\n    after: 400ms\n  - wait: answer',
      answering({ ms: 5000 }),
    )
    const cut = run.marks.find((mark) => mark.type === 'cut')
    expect(cut).toMatchObject({ responseId: 'answer 1', at: atOf(run, 'speech_started', 1) })
    const heardMs = atOf(run, 'cut') - atOf(run, 'first_audio')
    // 100 ms of silence, 400 ms heard, up to a frame until the next, and the frame that is spoken.
    expect(heardMs).toBeGreaterThanOrEqual(500)
    expect(heardMs).toBeLessThanOrEqual(545)
    expect(sent(backend, 'conversation.item.truncate')).toEqual([
      expect.objectContaining({
        item_id: 'item of answer 1',
        content_index: 0,
        audio_end_ms: Math.floor(heardMs),
      }),
    ])
    expect(run.output[0]?.samples.length).toBe(Math.round(heardMs * 24))
    expect(run.marks.filter(({ type }) => type === 'sound_end')).toHaveLength(1)
    has(run, { type: 'sound_end', responseId: 'answer 2' })
  })

  it('goes on sounding where the session asks not to be interrupted', async () => {
    const { run } = await play(
      '  - say: Hello there\n  - backchannel: mhm\n    after: 100ms\n  - wait: answer',
      answering({ ms: 600 }),
      'session: { audio: { input: { turn_detection: { type: server_vad, interrupt_response: false } } } }',
    )
    expect(run.marks.some(({ type }) => type === 'cut')).toBe(false)
  })

  it('says "mhm" while the answer goes on, and waits for its end', async () => {
    const { run } = await play(
      '  - say: Hello there\n  - backchannel: mhm\n    after: 300ms\n  - wait: answer',
      {
        onSpeech(backend, what) {
          if (what === 'stopped' && backend.frames.length < 60) answer(backend, 'a', 2000)
        },
      },
    )
    expect(atOf(run, 'speech_start', 1)).toBeGreaterThan(atOf(run, 'first_sound') + 299)
    expect(atOf(run, 'sound_end')).toBeGreaterThan(atOf(run, 'speech_end', 1))
    expect(run.durationMs).toBeGreaterThanOrEqual(atOf(run, 'sound_end'))
  })

  it('waits for what is answered to "mhm" by a backend that takes it for a turn', async () => {
    const { run } = await play(
      '  - say: Hello there\n  - backchannel: mhm\n    after: 300ms\n  - wait: answer',
      answering({ ms: 2000 }),
    )
    has(run, { type: 'cut', responseId: 'answer 1' })
    has(run, { type: 'sound_end', responseId: 'answer 2' })
  })

  it('ends its wait when an answer has no sound', async () => {
    const { run } = await play(question, {
      onSpeech(backend, what) {
        if (what === 'started') return
        backend.send(created('a'))
        backend.send(words('a', 'Only text.'))
        backend.send(done('a'))
      },
    })
    expect(run.marks.filter(({ type }) => type === 'warning')).toEqual([])
    expect(run.durationMs - atOf(run, 'response_done')).toBeLessThan(40)
  })

  it('counts an answer after a tool call to the same turn, with the result of the scenario', async () => {
    const { run, backend } = await play(
      '  - say: Weather?\n  - wait: answer\n  - expect: { tool: weather, arguments: { city: berlin }, words: [sunny] }',
      {
        onSpeech(backend, what) {
          if (what === 'started') return
          backend.send(created('calling'))
          backend.after(100, () => {
            backend.send({
              type: 'response.function_call_arguments.done',
              event_id: 'arguments',
              response_id: 'calling',
              item_id: 'item',
              output_index: 0,
              call_id: 'call_1',
              name: 'weather',
              arguments: '{"city":"Berlin","days":1}',
            })
            backend.send(
              call('calling', {
                type: 'function_call',
                call_id: 'call_1',
                name: 'weather',
                arguments: '{"city":"Berlin","days":1}',
              }),
            )
            backend.send(done('calling'))
          })
        },
        onEvent(backend, event) {
          if (event.type !== 'response.create') return
          backend.after(3000, () => {
            backend.send(created('telling'))
            backend.send(words('telling', 'It is sunny.'))
            backend.send(audio('telling', tone(500)))
            backend.send(done('telling'))
          })
        },
      },
      'tools:\n  - { name: weather, description: W, parameters: { type: object }, result: { sky: sunny } }',
    )
    expect(sent(backend, 'conversation.item.create')).toEqual([
      expect.objectContaining({
        item: { type: 'function_call_output', call_id: 'call_1', output: '{"sky":"sunny"}' },
      }),
    ])
    expect(sent(backend, 'session.update')[0]).toMatchObject({
      session: { tools: [{ type: 'function', name: 'weather', parameters: { type: 'object' } }] },
    })
    expect(run.marks.filter(({ type }) => type === 'tool_call')).toHaveLength(1)
    const next = run.marks.find((mark) => mark.type === 'step' && mark.step === 2)
    expect(next?.at).toBeGreaterThanOrEqual(atOf(run, 'sound_end'))
    has(run, { type: 'sound_end', responseId: 'telling' })
    expect(run.expectations).toMatchObject([{ step: 2, met: true }])
  })

  it('waits for the answer to all that was said when a pause was taken for the end', async () => {
    let parts = 0
    const { run } = await play('  - say: I think [pause 1s] not\n  - wait: answer', {
      onSpeech(backend, what) {
        if (what === 'started') {
          backend.send(speechStarted(`part ${parts}`))
          return
        }
        const id = `answer ${parts++}`
        backend.after(300, () => {
          backend.send(speechStopped(id))
          answer(backend, id, 3000)
        })
      },
    })
    has(run, { type: 'cut', responseId: 'answer 0' })
    has(run, { type: 'sound_end', responseId: 'answer 1' })
    expect(run.marks.filter(({ type }) => type === 'speech_end')).toHaveLength(1)
  })

  it('does not take an answer to half a question for the answer', async () => {
    let parts = 0
    const { run } = await play('  - say: I think [pause 1s] not\n  - wait: answer', {
      onSpeech(backend, what) {
        if (what === 'started') return
        const id = `answer ${parts++}`
        backend.after(800, () => {
          backend.send(created(id))
          backend.send(words(id, 'Well.'))
          backend.send(done(id))
        })
      },
    })
    expect(atOf(run, 'response_done')).toBeLessThan(atOf(run, 'speech_end'))
    has(run, { type: 'response_done', responseId: 'answer 1' })
  })

  it('does not take the rest of the answer before for the answer', async () => {
    let turns = 0
    const { run } = await play(
      '  - say: Hello there\n  - wait: first_sound\n  - say: And then?\n  - wait: answer',
      {
        onSpeech(backend, what) {
          if (what === 'started') return
          const id = `answer ${turns++}`
          backend.after(turns === 1 ? 100 : 3000, () => answer(backend, id, 1000))
        },
      },
    )
    expect(atOf(run, 'sound_end')).toBeGreaterThan(atOf(run, 'speech_end', 1))
    has(run, { type: 'sound_end', responseId: 'answer 1' })
  })

  it('gives up on a backend that never answers, says so, and goes on', async () => {
    const { run } = await play(`${question}\n  - type: Hello?\n  - expect: { words: [hi], within: 2s }`, {
      onEvent(backend, event) {
        if (event.type !== 'response.create') return
        backend.send(created('a'))
        backend.send(words('a', 'Hi!'))
        backend.send(done('a'))
      },
    })
    expect(atOf(run, 'warning') - atOf(run, 'speech_end')).toBeGreaterThanOrEqual(15_000)
    expect(atOf(run, 'warning') - atOf(run, 'speech_end')).toBeLessThan(15_100)
    has(run, { type: 'warning', code: 'no_answer' })
    expect(run.outcome).toBe('completed')
    expect(run.expectations).toMatchObject([{ met: true }])
  })

  it('waits on while a long answer sounds', async () => {
    const { run } = await play(question, answering({ ms: 40_000 }))
    expect(run.marks.filter(({ type }) => type === 'warning')).toEqual([])
    expect(atOf(run, 'sound_end') - atOf(run, 'first_sound')).toBeCloseTo(40_000, 0)
  })

  it('waits for the first sound only where that is asked', async () => {
    const { run } = await play('  - say: Hello there\n  - wait: first_sound\n  - silence: 100ms', answering())
    const step = run.marks.find((mark) => mark.type === 'step' && mark.step === 2)
    expect((step?.at ?? 0) - atOf(run, 'first_sound')).toBeLessThanOrEqual(20)
  })

  it('waits for the transcript that comes after the answer', async () => {
    const { run } = await play(question, {
      onSpeech(backend, what) {
        if (what === 'started') return backend.send(speechStarted('turn'))
        backend.send(speechStopped('turn'))
        answer(backend, 'a', 100)
        backend.after(2000, () => backend.send(transcript('turn', 'hello')))
      },
    })
    has(run, { type: 'transcript', text: 'hello' })
  })

  it('settles what is expected while it runs', async () => {
    const { run } = await play(
      [
        '  - say: Hello there',
        '  - expect: { words: ["g..d DAY"], heard: [hello], within: 4s }',
        '  - expect: { words: [night], within: 2s }',
        '  - wait: answer',
        '  - type: quiet',
        '  - expect: { no_answer: true, within: 1s }',
      ].join('\n'),
      answering(),
    )
    expect(run.expectations).toMatchObject([
      { step: 1, met: true, found: 'after 320 ms', expected: 'says "g..d DAY", hears "hello" within 4 s' },
      { step: 2, met: false, found: 'said "Good day."' },
      { step: 5, met: true, found: 'no answer', expected: 'does not answer within 1 s' },
    ])
    const settled = run.marks.find((mark) => mark.type === 'step' && mark.step === 3)
    const settledAfter = (settled?.at ?? 0) - atOf(run, 'speech_end')
    expect(settledAfter).toBeGreaterThan(1999)
    expect(settledAfter).toBeLessThan(2021)
  })

  it('says that it was answered where silence was expected', async () => {
    const { run } = await play('  - say: Psst\n  - expect: { no_answer: true, within: 3s }', answering())
    expect(run.expectations).toMatchObject([{ met: false, found: 'answered after 320 ms' }])
  })

  it('ends an active answer before it types', async () => {
    const { run, backend } = await play('  - say: Hello there\n  - wait: first_sound\n  - type: Stop', {
      onSpeech(backend, what) {
        if (what === 'started') return
        backend.send(created('long'))
        backend.send(audio('long', tone(9000)))
      },
      onEvent(backend, event) {
        if (event.type === 'response.cancel') {
          backend.after(50, () => backend.send(done('long', { status: 'cancelled' })))
        }
        if (event.type === 'response.create') answer(backend, 'short', 200)
      },
    })
    const order = backend.received.map(({ event }) => event.type)
    expect(order.slice(1)).toEqual([
      'conversation.item.truncate',
      'response.cancel',
      'conversation.item.create',
      'response.create',
    ])
    has(run, { type: 'cut', responseId: 'long' })
    has(run, { type: 'sound_end', responseId: 'short' })
  })

  it('says itself where turns begin and end when the session has no turn detection', async () => {
    const { run, backend } = await play(
      question,
      {
        onEvent(backend, event) {
          if (event.type === 'response.create') answer(backend, 'a', 200)
        },
      },
      'session: { audio: { input: { turn_detection: null } } }',
    )
    expect(backend.received.slice(1).map(({ event }) => event.type)).toEqual([
      'input_audio_buffer.clear',
      'input_audio_buffer.commit',
      'response.create',
    ])
    has(run, { type: 'sound_end', responseId: 'a' })
  })

  it('sums the tokens of all answers', async () => {
    const usage = {
      input_tokens: 30,
      output_tokens: 20,
      input_token_details: {
        text_tokens: 10,
        audio_tokens: 20,
        cached_tokens: 6,
        cached_tokens_details: { text_tokens: 4, audio_tokens: 2 },
      },
      output_token_details: { text_tokens: 5, audio_tokens: 15 },
    }
    const { run } = await play('  - type: a\n  - wait: answer\n  - type: b\n  - wait: answer', {
      onEvent(backend, event) {
        if (event.type !== 'response.create') return
        const id = `answer ${backend.received.length}`
        backend.send(created(id))
        backend.send(done(id, { usage }))
      },
    })
    expect(run.usage).toEqual({
      textIn: 20,
      textCachedIn: 8,
      audioIn: 40,
      audioCachedIn: 4,
      textOut: 10,
      audioOut: 30,
    })
  })

  it('marks errors of the backend and of an answer, and goes on', async () => {
    const { run } = await play(question, {
      onSpeech(backend, what) {
        if (what === 'started') {
          backend.send({ type: 'error', event_id: 'e', error: { type: 'server_error', message: 'Oh.' } })
          return
        }
        backend.send(created('a'))
        backend.send(
          done('a', {
            status: 'failed',
            status_details: { type: 'failed', error: { code: 'rate_limit_exceeded', message: 'Too much.' } },
          }),
        )
      },
    })
    has(run, { type: 'error', code: 'server_error', text: 'Oh.' })
    has(run, { type: 'error', code: 'rate_limit_exceeded', text: 'Too much.' })
    expect(run.outcome).toBe('completed')
  })
})

describe('a lane that cannot go on', () => {
  const expecting = `${question}\n  - expect: { words: [hi] }`

  it('says why it could not connect, and what it did not come to', async () => {
    const { ports, clock } = createScriptedPorts({})
    const refusing = { ...ports, connect: () => Promise.reject(new Error('Nobody listens at that address.')) }
    const run = await clock.run(runLane(scenarioOf(expecting), scriptedLane, refusing))
    expect(run).toMatchObject({
      outcome: 'failed',
      problem: { code: 'connection_failed', message: 'Nobody listens at that address.' },
      expectations: [{ step: 2, met: false, found: 'not reached' }],
    })
  })

  it('does not connect when its speech cannot be had', async () => {
    const { ports, clock, backends } = createScriptedPorts({})
    const mute = { ...ports, speech: () => Promise.reject(new Error('There is no file a.wav.')) }
    const run = await clock.run(runLane(scenarioOf(expecting), scriptedLane, mute))
    expect(run.problem).toEqual({
      code: 'no_speech',
      message: 'What the person says could not be made: There is no file a.wav.',
    })
    expect(backends).toEqual([])
  })

  it('gives up on a connection that does not come', async () => {
    const { ports, clock } = createScriptedPorts({})
    const hanging = { ...ports, connect: () => new Promise<never>(() => {}) }
    const run = await clock.run(runLane(scenarioOf(expecting), scriptedLane, hanging))
    expect(run.problem?.code).toBe('connection_timeout')
    expect(run.durationMs).toBeLessThan(20_100)
  })

  it('closes a connection that comes after it gave up', async () => {
    const { ports, clock } = createScriptedPorts({})
    let isClosed = false
    const slow: typeof ports = {
      ...ports,
      async connect(lane, signal) {
        const channel = await ports.connect(lane, signal)
        await clock.waitUntil(clock.now() + 30_000)
        return { ...channel, close: () => Promise.resolve(void (isClosed = true)) }
      },
    }
    await clock.run(runLane(scenarioOf(expecting), scriptedLane, slow))
    expect(isClosed).toBe(false)
    await clock.run(clock.waitUntil(clock.now() + 20_000))
    expect(isClosed).toBe(true)
  })

  it('gives up on settings that are not acknowledged', async () => {
    const { run } = await play(expecting, { silent: true })
    expect(run.problem?.code).toBe('session_not_ready')
    has(run, { type: 'session_created' })
  })

  it('repeats why its settings were refused', async () => {
    const { run } = await play(expecting, {
      silent: true,
      onEvent(backend, { type, ...event }) {
        if (type !== 'session.update') return
        const event_id = 'event_id' in event ? String(event.event_id) : ''
        backend.send({
          type: 'error',
          event_id: 'e',
          error: {
            type: 'invalid_request_error',
            code: 'invalid_value',
            message: 'No such voice.',
            event_id,
          },
        })
      },
    })
    expect(run.problem).toEqual({
      code: 'invalid_value',
      message: 'The settings were refused: No such voice.',
    })
  })

  it('keeps what there was when the connection ends in mid-answer', async () => {
    const { run } = await play(expecting, {
      onSpeech(backend, what) {
        if (what === 'started') return
        answer(backend, 'a', 1000)
        backend.after(500, () => void backend.channel.close({ code: 1011, reason: 'engine_failed' }))
      },
    })
    expect(run.outcome).toBe('failed')
    expect(run.problem?.message).toContain('1011')
    has(run, { type: 'closed', code: 'backend_unavailable' })
    expect((run.output[0]?.samples.length ?? 0) / 24).toBeCloseTo(500, 0)
  })

  it('is stopped by the person and keeps what there was', async () => {
    const { ports, clock } = createScriptedPorts(answering({ ms: 5000 }))
    const stopping = new AbortController()
    clock.at(clock.now() + 1500, () => stopping.abort())
    const run = await clock.run(
      runLane(scenarioOf(expecting), scriptedLane, ports, { signal: stopping.signal }),
    )
    expect(run.outcome).toBe('stopped')
    expect(run.problem).toBeUndefined()
    expect(run.durationMs).toBeCloseTo(1500, -1)
    has(run, { type: 'first_sound' })
    expect(run.expectations).toEqual([])
  })
})
