import { update } from '../bench.ts'
import type { Bench } from '../bench.ts'
import type { Clause } from '../clause.ts'
import { check } from '../outcome.ts'
import {
  answerTo,
  audioAnswer,
  checkOrder,
  manualTurns,
  respond,
  sayAndCommit,
  shortQuestion,
  step,
} from '../exchanges.ts'
import { append, bytesPerMs, sentenceFrames, silenceOf } from '../microphone.ts'
import { at, hasText, listAt, textAt, typesOf } from '../reader.ts'
import type { WireEvent } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'
import type { SoundFormat } from '../wire.ts'

/** What has to hold of sound in and out, without turn detection. */
export const audioClauses: readonly Clause[] = [
  {
    id: 'audio.order',
    level: 'must',
    title: 'A spoken answer has its events in the documented order',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const { events } = await audioAnswer(bench)
      const { audioDelta, audioDone, transcriptDone } = bench.wire
      const begin = [
        'response.created',
        'response.output_item.added',
        'response.content_part.added',
        audioDelta,
      ]
      const end = ['response.content_part.done', 'response.output_item.done', 'response.done']
      checkOrder(events, [...begin, audioDone, ...end].map(step), typesOf(events))
      checkOrder(events, [...begin.slice(0, 3), transcriptDone, ...end].map(step), typesOf(events))
      const lastDelta = events.findLastIndex(({ type }) => type === audioDelta)
      const lastDone = events.findLastIndex(({ type }) => type === audioDone)
      check(lastDelta < lastDone, `no ${audioDelta} after ${audioDone}`, typesOf(events))
    },
  },
  {
    id: 'audio.transcript',
    level: 'must',
    title: 'The transcript deltas make up the transcript of done, of the part and of the item',
    source: sources.serverEvents,
    needs: ['audio'],
    async run(bench) {
      const { events, done } = await audioAnswer(bench)
      const { transcriptDelta, transcriptDone } = bench.wire
      const whole = events.find(({ type }) => type === transcriptDone)
      check(hasText(whole, 'transcript'), `${transcriptDone} with a transcript`, whole ?? typesOf(events))
      const mine = events.filter((event) => event['item_id'] === at(whole, 'item_id'))
      const text = mine
        .filter(({ type }) => type === transcriptDelta)
        .map((event) => textAt(event, 'delta') ?? '')
      check(text.join('') === at(whole, 'transcript'), `transcript "${text.join('')}"`, whole)
      const part = mine.find(({ type }) => type === 'response.content_part.done')
      check(at(part, 'part.transcript') === at(whole, 'transcript'), 'the same in the part', part)
      const item = listAt(done, 'response.output').find((output) => at(output, 'id') === at(whole, 'item_id'))
      check(
        at(item, 'content.0.transcript') === at(whole, 'transcript'),
        'the same in the item',
        item ?? done,
      )
    },
  },
  {
    id: 'audio.pcm',
    level: 'must',
    title: 'Each piece of sound is base64 of whole 16-bit samples',
    source: sources.serverEvents,
    needs: ['audio'],
    async run(bench) {
      const { events } = await audioAnswer(bench)
      const pieces = events.filter(({ type }) => type === bench.wire.audioDelta)
      check(pieces.length > 0, 'sound', typesOf(events))
      for (const piece of pieces) {
        const bytes = soundOf(piece)
        check(bytes !== undefined, 'base64 in delta', {
          type: piece.type,
          delta: String(piece['delta']).slice(0, 60),
        })
        check(bytes.length % 2 === 0, 'an even number of bytes', `${bytes.length} bytes`)
      }
    },
  },
  {
    id: 'audio.length',
    level: 'must',
    title: 'The sound is as long as its words take to say',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const { events } = await audioAnswer(bench)
      checkLength(bench, events, 'pcm')
    },
  },
  {
    id: 'audio.not-echoed',
    level: 'should',
    title: 'response.done does not repeat the sound',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const { done } = await audioAnswer(bench)
      const part = at(done, 'response.output.0.content.0')
      check(!hasText(part, 'audio'), 'no sound in response.done', part)
    },
  },
  {
    id: 'audio.append-quiet',
    level: 'must',
    title: 'input_audio_buffer.append is not answered when turn detection is off, whatever is said',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session()
      const since = client.events.length
      for (const frame of sentenceFrames()) append(client, frame)
      await client.listen(1200)
      const event = client.events.slice(since).find(({ type }) => !type.startsWith('rate_limits.'))
      check(event === undefined, 'no event', event)
    },
  },
  {
    id: 'audio.append-invalid',
    level: 'must',
    title: 'Sound that is not base64 is refused',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, { type: 'input_audio_buffer.append', audio: '*** not base64 ***' })
    },
  },
  {
    id: 'audio.commit-empty',
    level: 'must',
    title: 'Committing an empty buffer is refused',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      await refusal(bench, await bench.session(), { type: 'input_audio_buffer.commit' })
    },
  },
  {
    id: 'audio.commit-short',
    level: 'should',
    title: 'Committing less than 100 ms is refused',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session()
      append(client, silenceOf('pcm', 40))
      await refusal(bench, client, { type: 'input_audio_buffer.commit' })
    },
  },
  {
    id: 'audio.clear',
    level: 'must',
    title: 'A cleared buffer is empty',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session()
      for (const frame of sentenceFrames()) append(client, frame)
      await client.ask({ type: 'input_audio_buffer.clear' }, 'input_audio_buffer.cleared')
      await refusal(bench, client, { type: 'input_audio_buffer.commit' })
    },
  },
  {
    id: 'audio.commit',
    level: 'must',
    title: 'A committed buffer becomes a user item of the same id, with sound as its content',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const { all } = await manualTurns(bench)
      const committed = all.find(({ type }) => type === 'input_audio_buffer.committed')
      check(hasText(committed, 'item_id'), 'input_audio_buffer.committed with item_id', committed)
      const added = all.find(
        (event) => event.type === bench.wire.itemAdded && at(event, 'item.id') === at(committed, 'item_id'),
      )
      check(added !== undefined, `${bench.wire.itemAdded} of the committed item`, typesOf(all))
      check(at(added, 'item.role') === 'user', 'a user message', added)
      check(at(added, 'item.content.0.type') === 'input_audio', 'content of type input_audio', added)
      check(
        all.indexOf(added) > all.findIndex((event) => event === committed),
        'committed first',
        typesOf(all),
      )
    },
  },
  {
    id: 'audio.commit-no-answer',
    level: 'must',
    title: 'A commit by the client starts no response',
    source: sources.clientEvents,
    needs: ['audio'],
    async run(bench) {
      const { afterFirst } = await manualTurns(bench)
      const response = afterFirst.find(({ type }) => type.startsWith('response.'))
      check(response === undefined, 'no response', response)
    },
  },
  {
    id: 'audio.commit-previous',
    level: 'must',
    title: 'The second committed item follows the first',
    source: sources.serverEvents,
    needs: ['audio'],
    async run(bench) {
      const { all } = await manualTurns(bench)
      const [first, second] = all.filter(({ type }) => type === 'input_audio_buffer.committed')
      const itemId = textAt(first, 'item_id')
      check(at(second, 'previous_item_id') === itemId, `previous_item_id "${itemId}"`, second)
    },
  },
  {
    id: 'audio.manual-turn',
    level: 'must',
    title: 'A turn that the client commits is answered when it asks for a response',
    source: sources.conversations,
    needs: ['audio'],
    async run(bench) {
      const client = await bench.session()
      const itemId = await sayAndCommit(client)
      const { done, all } = await respond(client)
      check(at(done, 'response.status') === 'completed', 'status "completed"', at(done, 'response'))
      const added = all.find(({ type }) => type === bench.wire.itemAdded)
      check(at(added, 'previous_item_id') === itemId, `an answer after "${itemId}"`, added ?? typesOf(all))
    },
  },
  {
    id: 'audio.ulaw',
    level: 'must',
    title: 'Sound in and out as G.711 mu-law at 8 kHz',
    source: sources.clientEvents,
    needs: ['audio', 'g711'],
    run: (bench) => g711(bench, 'ulaw'),
  },
  {
    id: 'audio.alaw',
    level: 'must',
    title: 'Sound in and out as G.711 A-law at 8 kHz',
    source: sources.clientEvents,
    needs: ['audio', 'g711'],
    run: (bench) => g711(bench, 'alaw'),
  },
]

async function g711(bench: Bench, format: SoundFormat): Promise<void> {
  const client = await bench.session({ output: 'audio' })
  await update(client, bench.wire, { inputFormat: format, outputFormat: format })
  for (const frame of sentenceFrames(format)) append(client, frame)
  await client.ask({ type: 'input_audio_buffer.commit' }, 'input_audio_buffer.committed')
  const { events } = await answerTo(bench, client, shortQuestion)
  checkLength(bench, events, format)
}

/** Speech has 3 to 40 characters a second, pauses and all; a wrong format is six or a sixth times as long. */
function checkLength(bench: Bench, events: readonly WireEvent[], format: SoundFormat): void {
  const pieces = events.filter(({ type }) => type === bench.wire.audioDelta)
  const bytes = pieces.reduce((sum, piece) => sum + (soundOf(piece)?.length ?? 0), 0)
  const seconds = bytes / bytesPerMs(format) / 1000
  const whole = events.find(({ type }) => type === bench.wire.transcriptDone)
  const transcript = textAt(whole, 'transcript') ?? ''
  const rate = transcript.length / seconds
  const found = `${seconds.toFixed(2)} s for ${transcript.length} characters`
  check(rate >= 3 && rate <= 40, 'between 3 and 40 characters a second', found)
}

function soundOf(event: WireEvent): Buffer | undefined {
  const delta = textAt(event, 'delta') ?? ''
  const bytes = Buffer.from(delta, 'base64')
  const isWhole = delta !== '' && bytes.toString('base64').replaceAll('=', '') === delta.replaceAll('=', '')
  return isWhole ? bytes : undefined
}
