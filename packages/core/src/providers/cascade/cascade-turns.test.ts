import { describe, expect, it } from 'vitest'
import { connectCascade, spokenEnd } from '../../testing/cascade-fixture.ts'
import type { CascadeFixture } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeStages } from '../../testing/fake-stages.ts'

const eager = { speculate: { response: true } }

function wordsOf(fixture: CascadeFixture): readonly string[] {
  return fixture
    .all('conversation.item.input_audio_transcription.completed')
    .map(({ transcript }) => transcript)
}

/** Speech and a short pause in which it was recognised as 'hello'. */
async function guess(fixture: CascadeFixture, stages: FakeStages): Promise<void> {
  await fixture.say(1000)
  await fixture.hush(200)
  stages.recognitions[0]?.understand('hello')
  await fixture.settle()
}

describe('recognition', () => {
  it('begins in the silence window and is taken over when the turn ends', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.say(1000)
    await fixture.hush(200)
    expect(stages.recognitions).toHaveLength(1)
    stages.recognitions[0]?.understand('hello')
    await fixture.settle()
    expect(fixture.types().at(-1)).toBe('input_audio_buffer.speech_started')
    await fixture.hush(500)
    expect(stages.recognitions).toHaveLength(1)
    expect(wordsOf(fixture)).toEqual(['hello'])
  })

  it('is taken back when speech goes on, and covers all of it the next time', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.say(1000)
    await fixture.hush(200)
    await fixture.say(500)
    expect(stages.recognitions[0]?.options.signal.aborted).toBe(true)
    await fixture.hush(700)
    expect(stages.recognitions).toHaveLength(2)
    const [first = 0, second = 0] = stages.recognitions.map(({ audio }) => audio.samples.length / 16)
    expect(Math.abs(second - first - 700)).toBeLessThanOrEqual(64)
    stages.recognitions[1]?.understand('hello again')
    await fixture.settle()
    expect(wordsOf(fixture)).toEqual(['hello again'])
  })

  it('that failed in the window is made again when the turn ends, as a final one', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.say(1000)
    await fixture.hush(200)
    stages.recognitions[0]?.fail(new Error('gave way'))
    await fixture.hush(500)
    expect(stages.recognitions[1]?.options.speculative).toBe(false)
    stages.recognitions[1]?.understand('hello')
    await fixture.settle()
    expect(wordsOf(fixture)).toEqual(['hello'])
  })
})

describe('a speculative answer', () => {
  it('is ready when the turn ends, and nothing of it is emitted before', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages, eager)
    await guess(fixture, stages)
    expect(stages.answers[0]?.request.items).toMatchObject([
      { role: 'user', content: [{ type: 'input_audio', transcript: 'hello' }] },
    ])
    stages.answers[0]?.text('Hi there.')
    stages.answers[0]?.end()
    await fixture.settle()
    stages.speeches[0]?.sound(200)
    stages.speeches[0]?.end()
    await fixture.settle()
    expect(fixture.types().at(-1)).toBe('input_audio_buffer.speech_started')
    await fixture.hush(500)
    expect(stages.answers).toHaveLength(1)
    expect(stages.speeches).toHaveLength(1)
    expect(fixture.all('response.output_audio.delta')).toHaveLength(2)
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'completed' } }])
  })

  it('is thrown away when speech goes on', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages, eager)
    await guess(fixture, stages)
    await fixture.say(500)
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
    await fixture.hush(700)
    stages.recognitions[1]?.understand('hello and goodbye')
    await fixture.settle()
    expect(stages.answers).toHaveLength(2)
    expect(stages.answers[1]?.request.items).toMatchObject([
      { content: [{ transcript: 'hello and goodbye' }] },
    ])
    expect(fixture.all('response.created')).toHaveLength(1)
  })

  it('is made again when the conversation changed meanwhile', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages, eager)
    await guess(fixture, stages)
    const content = [{ type: 'input_text' as const, text: 'Be rude.' }]
    await fixture.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'system', content },
    })
    await fixture.hush(500)
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
    expect(stages.answers[1]?.request.items).toHaveLength(2)
  })

  it('is made again when the session changed meanwhile', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages, eager)
    await guess(fixture, stages)
    await fixture.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be rude.' } })
    await fixture.hush(500)
    expect(stages.answers.map(({ request }) => request.instructions)).toEqual(['', 'Be rude.'])
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
  })

  it('is not begun for a model that is not cheap, nor without an automatic response', async () => {
    const stages = fakeStages({ stt: (recognition) => recognition.understand('hello') })
    const fixture = await connectCascade(stages)
    await fixture.say(1000)
    await fixture.hush(200)
    expect(stages.answers).toHaveLength(0)
    const quiet = await connectCascade(stages, eager)
    const turn_detection = { type: 'server_vad', create_response: false } as const
    await quiet.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection } } },
    })
    await quiet.say(1000)
    await quiet.hush(200)
    expect(stages.answers).toHaveLength(0)
  })

  it('that failed is a failed response, once the turn ends', async () => {
    const stages = fakeStages({ stt: (recognition) => recognition.understand('hello') })
    const fixture = await connectCascade(stages, eager)
    await fixture.say(1000)
    await fixture.hush(200)
    stages.answers[0]?.fail(new Error('broken'))
    await fixture.settle()
    expect(fixture.all('response.created')).toHaveLength(0)
    await fixture.hush(500)
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'failed' } }])
  })
})

describe('the voice of the user', () => {
  async function answering(options = {}) {
    const stages = fakeStages({ stt: (recognition) => recognition.understand('hello'), ...options })
    const fixture = await connectCascade(stages)
    await fixture.takeTurn()
    return { stages, fixture }
  }

  it('cancels a response before its first sound', async () => {
    const { stages, fixture } = await answering()
    fixture.forget()
    await fixture.say(300)
    expect(fixture.types()).toEqual(['input_audio_buffer.speech_started', 'response.done'])
    expect(fixture.all('response.done')).toMatchObject([
      {
        response: {
          status: 'cancelled',
          status_details: { type: 'cancelled', reason: 'turn_detected' },
          output: [],
        },
      },
    ])
    expect(stages.answers[0]?.request.signal.aborted).toBe(true)
  })

  it('cancels a response in mid-clause and keeps the words that were sent', async () => {
    const { stages, fixture } = await answering()
    stages.answers[0]?.text('It is noon. And sunny. ')
    await fixture.settle()
    stages.speeches[0]?.sound(400)
    await fixture.settle()
    fixture.forget()
    await fixture.say(300)
    expect(fixture.types()).toEqual(['input_audio_buffer.speech_started', ...spokenEnd])
    expect(fixture.all('response.output_item.done')).toMatchObject([
      { item: { status: 'incomplete', content: [{ transcript: 'It is noon. ' }] } },
    ])
    expect(stages.speeches[0]?.options.signal.aborted).toBe(true)
    expect(stages.speeches).toHaveLength(1)
  })

  it('finds nothing to cancel once all was generated', async () => {
    const { stages, fixture } = await answering()
    stages.answers[0]?.text('Noon.')
    stages.answers[0]?.end()
    await fixture.settle()
    stages.speeches[0]?.sound(100)
    stages.speeches[0]?.end()
    await fixture.settle()
    fixture.forget()
    await fixture.say(300)
    expect(fixture.types()).toEqual(['input_audio_buffer.speech_started'])
  })

  it('withdraws the answer to a turn whose words are not known yet, and both turns are answered as one', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.takeTurn()
    await fixture.say(1000)
    stages.recognitions[0]?.understand('hello')
    await fixture.settle()
    expect(fixture.all('response.created')).toHaveLength(0)
    await fixture.hush(700)
    stages.recognitions[1]?.understand('what is the time')
    await fixture.settle()
    expect(fixture.all('response.created')).toHaveLength(1)
    expect(stages.answers[0]?.request.items).toHaveLength(2)
  })

  it('waits for the words of the turn before when they come late', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.takeTurn()
    await fixture.takeTurn()
    stages.recognitions[1]?.understand('what is the time')
    await fixture.settle()
    expect(stages.answers).toHaveLength(0)
    stages.recognitions[0]?.understand('hello')
    await fixture.settle()
    expect(stages.answers[0]?.request.items).toMatchObject([
      { content: [{ transcript: 'hello' }] },
      { content: [{ transcript: 'what is the time' }] },
    ])
  })

  it('interrupts nothing with interrupt_response off, and its turn is not answered over a running response', async () => {
    const stages = fakeStages({ stt: (recognition) => recognition.understand('hello') })
    const fixture = await connectCascade(stages)
    const turn_detection = { type: 'server_vad', interrupt_response: false } as const
    await fixture.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection } } },
    })
    await fixture.send({ type: 'response.create' })
    fixture.forget()
    await fixture.takeTurn()
    expect(fixture.all('response.done')).toHaveLength(0)
    expect(fixture.all('error')).toMatchObject([
      { error: { code: 'conversation_already_has_active_response' } },
    ])
  })

  it('leaves responses out of band alone', async () => {
    const { fixture } = await answering()
    await fixture.send({ type: 'response.create', response: { conversation: 'none' } })
    fixture.forget()
    await fixture.say(300)
    expect(fixture.all('response.done').map(({ response }) => response.id)).toEqual(['resp_1'])
  })
})

describe('after the client left', () => {
  const phases: Record<string, (fixture: CascadeFixture) => Promise<void>> = {
    'while nobody spoke': (fixture) => fixture.hush(200),
    'in mid-speech': (fixture) => fixture.say(600),
    'in the silence window': async (fixture) => {
      await fixture.say(600)
      await fixture.hush(200)
    },
    'while the words are awaited': async (fixture) => {
      await fixture.say(600)
      await fixture.hush(700)
    },
    'while a response runs': (fixture) => fixture.send({ type: 'response.create' }),
  }

  for (const [phase, reach] of Object.entries(phases)) {
    it(`${phase}, nothing is emitted, everything is stopped and the detector closed`, async () => {
      const stages = fakeStages()
      const fixture = await connectCascade(stages, eager)
      await reach(fixture)
      await fixture.close()
      await fixture.settle()
      fixture.forget()
      for (const recognition of stages.recognitions) recognition.understand('hello')
      for (const answer of stages.answers) answer.text('Hi. And bye. ')
      await fixture.settle()
      expect(fixture.events).toEqual([])
      expect(fixture.ended).toBe(true)
      expect(stages.openStreams).toBe(0)
      expect(stages.answers.every(({ request }) => request.signal.aborted)).toBe(true)
      expect(stages.speeches).toHaveLength(0)
    })
  }
})

describe('semantic turn detection', () => {
  const turn_detection = { type: 'semantic_vad' } as const
  const ask = {
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { turn_detection } } },
  } as const

  /** The silence after which the turn ends (ms), when this was understood in it. */
  async function silenceAfter(text: string | undefined): Promise<number> {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(ask)
    await fixture.say(1000)
    await fixture.hush(160)
    if (text !== undefined) stages.recognitions[0]?.understand(text)
    await fixture.settle()
    for (let ms = 160; ms < 9000; ms += 20) {
      if (fixture.types().includes('input_audio_buffer.speech_stopped')) return ms
      await fixture.hush(20)
    }
    return Infinity
  }

  it('ends a turn soon that sounds finished, late one that does not, and in between while nobody knows', async () => {
    const [whole, open, unknown] = await Promise.all([
      silenceAfter('Yes, please.'),
      silenceAfter('I would like to'),
      silenceAfter(undefined),
    ])
    expect(whole).toBeLessThan(400)
    expect(open).toBeGreaterThan(3000)
    expect(open).toBeLessThan(4200)
    expect(unknown).toBeGreaterThan(600)
    expect(unknown).toBeLessThan(1500)
  })

  it('takes the turn up again when the user goes on', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(ask)
    await fixture.say(1000)
    await fixture.hush(200)
    stages.recognitions[0]?.understand('I would like to')
    await fixture.hush(1500)
    await fixture.say(1000)
    await fixture.hush(200)
    stages.recognitions[1]?.understand('I would like to pay, please')
    await fixture.hush(400)
    expect(fixture.all('input_audio_buffer.committed')).toHaveLength(1)
    expect(wordsOf(fixture)).toEqual(['I would like to pay, please'])
    expect(stages.recognitions).toHaveLength(2)
  })

  it('begins the next turn after one it ended', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(ask)
    for (const text of ['Yes', 'No']) {
      await fixture.say(1000)
      await fixture.hush(200)
      stages.recognitions.at(-1)?.understand(text)
      await fixture.hush(800)
    }
    expect(wordsOf(fixture)).toEqual(['Yes', 'No'])
    expect(fixture.all('input_audio_buffer.speech_started')).toHaveLength(2)
  })

  it('goes by silence again when it is asked to', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(ask, {
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad' } } } },
    })
    await fixture.say(1000)
    await fixture.hush(200)
    stages.recognitions[0]?.understand('I would like to')
    await fixture.hush(500)
    expect(wordsOf(fixture)).toEqual(['I would like to'])
  })
})
