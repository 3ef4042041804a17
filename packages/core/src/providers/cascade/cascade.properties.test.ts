import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import type { CascadeFixture } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeStages } from '../../testing/fake-stages.ts'

/** One thing that happens; numbers choose among the requests made so far. */
type Action =
  | { readonly do: 'say' | 'hush'; readonly ms: number }
  | { readonly do: 'send'; readonly event: ClientEvent }
  | { readonly do: 'stt'; readonly at: number; readonly outcome: 'words' | 'nothing' | 'failure' }
  | { readonly do: 'llm'; readonly at: number; readonly outcome: 'text' | 'call' | 'end' | 'failure' }
  | { readonly do: 'tts'; readonly at: number; readonly outcome: 'sound' | 'end' | 'failure' }
  | { readonly do: 'close' }

const item_id = fc.integer({ min: 1, max: 6 }).map((count) => `item_${count}`)

const turnDetection = fc.option(
  fc.oneof(
    fc.record({
      type: fc.constant('server_vad' as const),
      create_response: fc.boolean(),
      interrupt_response: fc.boolean(),
      silence_duration_ms: fc.constantFrom(0, 200, 500),
    }),
    fc.record({
      type: fc.constant('semantic_vad' as const),
      eagerness: fc.constantFrom('low' as const, 'high' as const),
      create_response: fc.boolean(),
      interrupt_response: fc.boolean(),
    }),
  ),
)

const clientEvent: fc.Arbitrary<ClientEvent> = fc.oneof(
  fc.constant<ClientEvent>({ type: 'input_audio_buffer.commit' }),
  fc.constant<ClientEvent>({ type: 'input_audio_buffer.clear' }),
  fc.constant<ClientEvent>({ type: 'response.create' }),
  fc.constant<ClientEvent>({ type: 'response.create', response: { conversation: 'none' } }),
  fc.constant<ClientEvent>({ type: 'response.create', response: { output_modalities: ['text'] } }),
  fc.constant<ClientEvent>({ type: 'response.cancel' }),
  fc
    .integer({ min: 1, max: 4 })
    .map((count): ClientEvent => ({ type: 'response.cancel', response_id: `resp_${count}` })),
  item_id.map((id): ClientEvent => ({ type: 'conversation.item.delete', item_id: id })),
  item_id.map((id): ClientEvent => ({
    type: 'conversation.item.truncate',
    item_id: id,
    content_index: 0,
    audio_end_ms: 0,
  })),
  turnDetection.map((turn_detection): ClientEvent => ({
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { turn_detection } } },
  })),
)

const at = fc.nat({ max: 8 })
const soundMs = fc.constantFrom(40, 120, 300, 600)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constantFrom('say' as const, 'hush' as const), ms: soundMs }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('send' as const), event: clientEvent }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('stt' as const),
      at,
      outcome: fc.constantFrom('words' as const, 'words' as const, 'nothing' as const, 'failure' as const),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('llm' as const),
      at,
      outcome: fc.constantFrom(
        'text' as const,
        'text' as const,
        'call' as const,
        'end' as const,
        'failure' as const,
      ),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('tts' as const),
      at,
      outcome: fc.constantFrom('sound' as const, 'end' as const, 'failure' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ do: 'close' }) },
)

const failure = new RealtimeError('engine_failed', 'died')

async function perform(step: Action, fixture: CascadeFixture, stages: FakeStages): Promise<void> {
  switch (step.do) {
    case 'say':
      return fixture.say(step.ms)
    case 'hush':
      return fixture.hush(step.ms)
    case 'send':
      return fixture.channel.send(step.event)
    case 'stt': {
      const recognition = stages.recognitions.at(-1 - step.at)
      if (step.outcome === 'failure') return recognition?.fail(failure)
      return recognition?.understand(step.outcome === 'words' ? 'hello' : '')
    }
    case 'llm': {
      const answer = stages.answers.at(-1 - step.at)
      if (step.outcome === 'text') return answer?.text('It is noon. ')
      if (step.outcome === 'call') return answer?.call('look', '{}')
      return step.outcome === 'end' ? answer?.end() : answer?.fail(failure)
    }
    case 'tts': {
      const speech = stages.speeches.at(-1 - step.at)
      if (step.outcome === 'sound') return speech?.sound(250)
      return step.outcome === 'end' ? speech?.end() : speech?.fail(failure)
    }
    case 'close':
      return fixture.close()
  }
}

/** Lets every stage finish what it was asked, until nobody asks for more. */
async function finishAll(fixture: CascadeFixture, stages: FakeStages): Promise<void> {
  for (let asked = -1; asked !== countOf(stages);) {
    asked = countOf(stages)
    for (const recognition of stages.recognitions) recognition.understand('hello')
    for (const answer of stages.answers) answer.end()
    for (const speech of stages.speeches) speech.end()
    await fixture.settle()
  }
}

const countOf = ({ recognitions, answers, speeches }: FakeStages): number =>
  recognitions.length + answers.length + speeches.length

/** What is wrong with a sequence of events, which may be cut off; nothing, if all is well. */
function problemsOf(events: readonly ServerEvent[], cut: boolean): readonly string[] {
  const problems: string[] = []
  const running = new Map<string, { readonly outOfBand: boolean; readonly open: Set<string> }>()
  const begun = new Set<string>()
  for (const event of events) {
    if (event.type === 'response.created') {
      const { id = '', conversation_id } = event.response
      const outOfBand = conversation_id === null
      if (!outOfBand && [...running.values()].some((other) => !other.outOfBand))
        problems.push(`${id} is a second one`)
      if (begun.has(id)) problems.push(`${id} began twice`)
      begun.add(id)
      running.set(id, { outOfBand, open: new Set() })
    } else if (event.type === 'response.done') {
      const { id = '', status } = event.response
      if (!running.has(id)) problems.push(`${id} ended without running`)
      if (running.get(id)?.open.size) problems.push(`${id} ended with open items`)
      if (status === 'in_progress') problems.push(`${id} ended in progress`)
      running.delete(id)
    } else if ('response_id' in event && typeof event.response_id === 'string') {
      const response = running.get(event.response_id)
      if (!response) problems.push(`${event.type} outside ${event.response_id}`)
      if (event.type === 'response.output_item.added') response?.open.add(event.item.id ?? '')
      if (event.type === 'response.output_item.done') response?.open.delete(event.item.id ?? '')
    }
  }
  return cut ? problems : [...problems, ...[...running.keys()].map((id) => `${id} never ended`)]
}

describe('whatever happens in whatever order', () => {
  it('one response at most writes to the conversation, each ends once with its items closed, and none after close', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.boolean()), { minLength: 10, maxLength: 60, size: 'max' }),
        fc.boolean(),
        async (steps, response) => {
          const stages = fakeStages()
          const fixture = await connectCascade(stages, { speculate: { response } })
          let seen = 0
          let closed = false
          for (const [step, settles] of steps) {
            await perform(step, fixture, stages)
            if (settles) await fixture.settle()
            if (step.do === 'close' && !closed) {
              closed = true
              await fixture.settle()
              seen = fixture.events.length
            }
          }
          await finishAll(fixture, stages)
          if (closed) {
            expect(fixture.events).toHaveLength(seen)
            expect(stages.openStreams).toBe(0)
          }
          expect(problemsOf(fixture.events, closed)).toEqual([])
          expect(fixture.all('error').filter(({ error }) => error.code === 'internal_error')).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})
