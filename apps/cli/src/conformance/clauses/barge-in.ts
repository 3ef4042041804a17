import type { Clause } from '../clause.ts'
import { NotTried, check } from '../outcome.ts'
import { bargeIn, noBargeIn, responseIdOf } from '../exchanges.ts'
import { at, listAt, numberAt, typesOf } from '../reader.ts'
import { sources } from '../sources.ts'

const started = 'input_audio_buffer.speech_started'

/** What has to hold when somebody speaks into an answer. */
export const bargeInClauses: readonly Clause[] = [
  {
    id: 'barge-in.noticed',
    level: 'must',
    title: 'Speech while an answer is being spoken is reported',
    source: sources.conversations,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, spoken } = await bargeIn(bench)
      const event = all.find(({ type }) => type === started)
      check(event !== undefined, started, typesOf(all))
      const start = numberAt(event, 'audio_start_ms')
      check(Math.abs(start - spoken.fromMs) < 1000, `audio_start_ms about ${spoken.fromMs.toFixed(0)}`, start)
    },
  },
  {
    id: 'barge-in.cancelled',
    level: 'must',
    title: 'The answer ends with status cancelled and reason turn_detected',
    source: sources.conversations,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await bargeIn(bench)
      const done = all.find((event) => event.type === 'response.done' && responseIdOf(event) === responseId)
      check(at(done, 'response.status') === 'cancelled', 'status "cancelled"', done ?? typesOf(all))
      const reason = at(done, 'response.status_details.reason')
      check(reason === 'turn_detected', 'reason "turn_detected"', at(done, 'response.status_details'))
    },
  },
  {
    id: 'barge-in.order',
    level: 'must',
    title: 'speech_started comes before the end of the answer it interrupts',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await bargeIn(bench)
      const start = all.findIndex(({ type }) => type === started)
      const done = all.findIndex(
        (event) => event.type === 'response.done' && responseIdOf(event) === responseId,
      )
      check(start !== -1 && start < done, `${started} before response.done`, typesOf(all))
    },
  },
  {
    id: 'barge-in.quiet',
    level: 'must',
    title: 'Nothing of an interrupted answer comes after its end',
    source: sources.serverEvents,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await bargeIn(bench)
      const done = all.findIndex(
        (event) => event.type === 'response.done' && responseIdOf(event) === responseId,
      )
      const late = all.slice(done + 1).find((event) => responseIdOf(event) === responseId)
      check(done !== -1 && late === undefined, 'nothing after response.done', late ?? typesOf(all))
    },
  },
  {
    id: 'barge-in.incomplete',
    level: 'must',
    title: 'The interrupted item has status incomplete',
    source: sources.serverEvents,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await bargeIn(bench)
      const done = all.find((event) => event.type === 'response.done' && responseIdOf(event) === responseId)
      const last = listAt(done, 'response.output').at(-1)
      check(at(last, 'status') === 'incomplete', 'status "incomplete"', last ?? done ?? typesOf(all))
    },
  },
  {
    id: 'barge-in.next-answer',
    level: 'must',
    title: 'What was spoken into the answer is answered in its turn',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await bargeIn(bench)
      const next = all.find(
        (event) => event.type === 'response.created' && responseIdOf(event) !== responseId,
      )
      check(next !== undefined, 'a second response.created', typesOf(all))
    },
  },
  {
    id: 'barge-in.off',
    level: 'must',
    title: 'With interrupt_response false the answer goes on to its end',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, responseId } = await noBargeIn(bench)
      const done = all.find((event) => event.type === 'response.done' && responseIdOf(event) === responseId)
      if (!all.some(({ type }) => type === started)) throw new NotTried('the speech was not noticed')
      check(at(done, 'response.status') === 'completed', 'status "completed"', done ?? typesOf(all))
    },
  },
]
