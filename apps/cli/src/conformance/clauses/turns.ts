import type { Clause } from '../clause.ts'
import { check } from '../outcome.ts'
import { checkOrder, serverVad, step, transcribedTurn, vadTurn } from '../exchanges.ts'
import { Microphone } from '../microphone.ts'
import { at, hasText, numberAt, textAt, typesOf } from '../reader.ts'
import { sources } from '../sources.ts'

const started = 'input_audio_buffer.speech_started'
const stopped = 'input_audio_buffer.speech_stopped'
const committed = 'input_audio_buffer.committed'
const transcription = 'conversation.item.input_audio_transcription.'

/** What has to hold of turns that the server detects. */
export const turnClauses: readonly Clause[] = [
  {
    id: 'turns.order',
    level: 'must',
    title: 'A turn is speech_started, speech_stopped, committed, its item, its response',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all } = await vadTurn(bench)
      const types = [started, stopped, committed, bench.wire.itemAdded, 'response.created', 'response.done']
      checkOrder(all, types.map(step), typesOf(all))
    },
  },
  {
    id: 'turns.ids',
    level: 'must',
    title: 'The events of a turn name one item: that of the user',
    source: sources.serverEvents,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all } = await vadTurn(bench)
      const [start, stop, commit] = [started, stopped, committed].map((type) =>
        all.find((event) => event.type === type),
      )
      const itemId = textAt(start, 'item_id')
      check(itemId !== undefined, 'item_id in speech_started', start ?? typesOf(all))
      check(at(stop, 'item_id') === itemId, `item_id "${itemId}" in speech_stopped`, stop ?? typesOf(all))
      check(at(commit, 'item_id') === itemId, `item_id "${itemId}" in committed`, commit ?? typesOf(all))
      const item = all.find(({ type }) => type === bench.wire.itemAdded)
      check(at(item, 'item.id') === itemId, `item.id "${itemId}"`, item ?? typesOf(all))
      check(at(item, 'item.role') === 'user', 'an item of the user', item)
    },
  },
  {
    id: 'turns.start-time',
    level: 'must',
    title: 'audio_start_ms is when the speech began, in ms of all sound sent, padding included',
    source: sources.serverEvents,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, spoken } = await vadTurn(bench)
      const start = numberAt(
        all.find(({ type }) => type === started),
        'audio_start_ms',
      )
      const [from, to] = [spoken.fromMs - serverVad.prefix_padding_ms - 400, spoken.fromMs + 700]
      check(start >= from && start <= to, `audio_start_ms from ${from.toFixed(0)} to ${to.toFixed(0)}`, start)
    },
  },
  {
    id: 'turns.end-time',
    level: 'must',
    title: 'audio_end_ms is when the speech ended, in ms of all sound sent',
    source: sources.serverEvents,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all, spoken } = await vadTurn(bench)
      const end = numberAt(
        all.find(({ type }) => type === stopped),
        'audio_end_ms',
      )
      const [from, to] = [spoken.toMs - 500, spoken.toMs + serverVad.silence_duration_ms + 900]
      check(end >= from && end <= to, `audio_end_ms from ${from.toFixed(0)} to ${to.toFixed(0)}`, end)
    },
  },
  {
    id: 'turns.answered',
    level: 'must',
    title: 'A detected turn is answered without being asked to, when create_response is true',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const { all } = await vadTurn(bench)
      const done = all.find(({ type }) => type === 'response.done')
      check(at(done, 'response.status') === 'completed', 'a completed response', done ?? typesOf(all))
      check(hasText(done, 'response.output.0.content.0.text'), 'an answer with text', at(done, 'response'))
    },
  },
  {
    id: 'turns.not-answered',
    level: 'must',
    title: 'A detected turn is committed and not answered when create_response is false',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const client = await bench.session({ turnDetection: { ...serverVad, create_response: false } })
      const microphone = new Microphone(client)
      await client.listen(600)
      microphone.say()
      await client.nextOf(committed)
      await client.listen(2500)
      await microphone.stop()
      const response = client.events.find(({ type }) => type.startsWith('response.'))
      check(response === undefined, 'no response', response)
    },
  },
  {
    id: 'turns.off',
    level: 'must',
    title: 'Without turn detection speech is not reported',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const client = await bench.session()
      const since = client.events.length
      const microphone = new Microphone(client)
      microphone.say()
      await client.listen(4000)
      await microphone.stop()
      const event = client.events.slice(since).find(({ type }) => type.startsWith('input_audio_buffer.'))
      check(event === undefined, 'no event of the input buffer', event)
    },
  },
  {
    id: 'turns.silence',
    level: 'must',
    title: 'Silence is no speech',
    source: sources.vad,
    needs: ['audio', 'vad'],
    async run(bench) {
      const client = await bench.session({ turnDetection: serverVad })
      const since = client.events.length
      const microphone = new Microphone(client)
      await client.listen(2500)
      await microphone.stop()
      const event = client.events.slice(since).find(({ type }) => !type.startsWith('rate_limits.'))
      check(event === undefined, 'no event', event)
    },
  },
  {
    id: 'turns.transcription',
    level: 'must',
    title: 'With transcription on, the words of the user come as an event that names their item',
    source: sources.transcription,
    needs: ['audio', 'transcription'],
    async run(bench) {
      const { all, itemId } = await transcribedTurn(bench)
      const whole = all.find(({ type }) => type === `${transcription}completed`)
      check(whole !== undefined, `${transcription}completed`, typesOf(all))
      check(whole['item_id'] === itemId, `item_id "${itemId}"`, whole)
      check(whole['content_index'] === 0, 'content_index 0', whole)
      check(/disposed|young|man/i.test(textAt(whole, 'transcript') ?? ''), 'a word that was said', whole)
    },
  },
  {
    id: 'turns.transcription-deltas',
    level: 'must',
    title: 'Transcription deltas, where there are any, name the item and come before the whole',
    source: sources.transcription,
    needs: ['audio', 'transcription'],
    async run(bench) {
      const { all, itemId } = await transcribedTurn(bench)
      const completed = all.findIndex(({ type }) => type === `${transcription}completed`)
      check(completed !== -1, `${transcription}completed`, typesOf(all))
      const deltas = all.filter(({ type }) => type === `${transcription}delta`)
      const stray = deltas.find((delta) => delta['item_id'] !== itemId || all.indexOf(delta) > completed)
      check(stray === undefined, `deltas of "${itemId}" before completed`, stray)
    },
  },
]
