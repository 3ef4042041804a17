import { setTimeout as wait } from 'node:timers/promises'
import { AudioPayload, openaiGa, webSocketChannel } from '@parley/core'
import type { ServerEvent } from '@parley/core'
import { WebSocket } from 'ws'
import { startGateway } from './gateway-process.ts'
import { keepAnswering } from './neighbour.ts'
import { medianAndP95, wordErrors } from './statistics.ts'
import { loadUtterances } from './utterance.ts'
import type { Utterance } from './utterance.ts'

/** Silence that ends a turn (ms), as in the figure this benchmark is compared with. */
const silenceMs = 300
/** Silence before the words (ms). */
const leadMs = 500
/** One frame of 20 ms at 24 kHz. */
const frameBytes = 960

interface Measurement {
  readonly utterance: Utterance
  readonly transcript: string
  /** Last speech sample sent to first sound received (ms). */
  readonly firstSoundMs: number
  /** From the end of speech, as the backend saw it (ms). */
  readonly timings: Readonly<Record<string, number>>
}

const utterances = await loadUtterances()
await using gateway = await startGateway()
await measure(utterances[0] ?? fail('no utterance'))
report('Alone', await measureAll(utterances))

const neighbours = new AbortController()
const busy = [1, 2].map(() => keepAnswering(gateway.url, neighbours.signal))
report('While two other calls are being answered', await measureAll(utterances))
neighbours.abort()
await Promise.all(busy)

async function measureAll(all: readonly Utterance[]): Promise<readonly Measurement[]> {
  const results: Measurement[] = []
  for (const utterance of all) {
    const result = await measure(utterance)
    results.push(result)
    process.stderr.write(`${utterance.name}: ${result.firstSoundMs.toFixed(0)} ms  ${result.transcript}\n`)
  }
  return results
}

async function measure(utterance: Utterance): Promise<Measurement> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/v1/realtime?model=local`)
  await using channel = webSocketChannel(socket, openaiGa.connector())
  const done = new AbortController()
  let speechEndedAt = 0
  let firstSoundAt = 0
  let transcript = ''
  let timings: Record<string, number> = {}
  for await (const event of channel) {
    switch (event.type) {
      case 'session.created':
        channel.send({
          type: 'session.update',
          session: {
            type: 'realtime',
            audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: silenceMs } } },
          },
        })
        break
      case 'session.updated':
        void speak()
        break
      case 'conversation.item.input_audio_transcription.completed':
        transcript = event.transcript
        break
      case 'response.output_audio.delta':
        if (firstSoundAt > 0) break
        firstSoundAt = performance.now()
        channel.send({ type: 'response.cancel' })
        break
      case 'response.done':
        timings = timingsOf(event)
        done.abort()
        return { utterance, transcript, firstSoundMs: firstSoundAt - speechEndedAt, timings }
      case 'conversation.item.input_audio_transcription.failed':
        done.abort()
        return { utterance, transcript, firstSoundMs: Number.NaN, timings }
      case 'error':
        if (event.error.code !== 'response_cancel_not_active') throw new Error(event.error.message)
        break
    }
  }
  return fail('The gateway closed the connection.')

  /** Half a second of silence, the words, and silence until the answer is there, at the pace of a microphone. */
  async function speak(): Promise<void> {
    const sound = new Uint8Array(leadMs * 48 + utterance.pcm.length)
    sound.set(utterance.pcm, leadMs * 48)
    const startedAt = performance.now()
    for (let frame = 0; !done.signal.aborted; frame += 1) {
      const bytes = new Uint8Array(frameBytes)
      bytes.set(sound.subarray(frame * frameBytes, (frame + 1) * frameBytes))
      await wait(Math.max(0, startedAt + (frame + 1) * 20 - performance.now()))
      channel.send({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBytes(bytes) })
      if (speechEndedAt === 0 && (frame + 1) * 20 >= leadMs + utterance.speechEndMs)
        speechEndedAt = performance.now()
    }
  }
}

function timingsOf(event: ServerEvent & { type: 'response.done' }): Record<string, number> {
  const timings: unknown = event.response.parley?.['timings']
  const entries: [string, unknown][] = Object.entries(Object(timings))
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )
}

function report(title: string, measurements: readonly Measurement[]): void {
  console.log(`\n${title}`)
  const sounds = measurements.map(({ firstSoundMs }) => firstSoundMs).filter((ms) => !Number.isNaN(ms))
  console.log(
    `End of speech to first sound, ${sounds.length} of ${measurements.length} utterances answered, median / p95`,
  )
  console.log(`  in all, received by the client        ${medianAndP95(sounds)}`)
  console.log(
    `  beyond the ${silenceMs} ms silence window      ${medianAndP95(sounds.map((ms) => ms - silenceMs))}`,
  )
  console.log('Share of each stage')
  for (const [stage, values] of Object.entries(shares(measurements))) {
    console.log(`  ${stage.padEnd(36)}${medianAndP95(values)}`)
  }
  for (const [title, human] of [
    ['people', true],
    ['the local voices', false],
  ] as const) {
    const counts = measurements
      .filter(({ utterance }) => utterance.human === human)
      .map(({ utterance, transcript }) => wordErrors(utterance.said, transcript))
    const errors = counts.reduce((sum, count) => sum + count.errors, 0)
    const words = counts.reduce((sum, count) => sum + count.words, 0)
    console.log(`Word error rate, ${title}: ${((100 * errors) / words).toFixed(1)} % of ${words} words`)
  }
}

/** What each stage adds to the one before (ms). Detection counts from the end of speech in the file. */
function shares(measurements: readonly Measurement[]): Readonly<Record<string, readonly number[]>> {
  const answered = measurements.filter(({ firstSoundMs }) => !Number.isNaN(firstSoundMs))
  const between = (from: string, to: string): readonly number[] =>
    answered.map(({ timings }) => (timings[to] ?? Number.NaN) - (timings[from] ?? Number.NaN))
  return {
    'end of turn, as the backend saw it': answered.flatMap(
      ({ timings }) => timings['speech_stopped_ms'] ?? [],
    ),
    'recognition, beyond that': between('speech_stopped_ms', 'transcript_ms'),
    'first words of the answer': between('transcript_ms', 'first_text_ms'),
    'first sound of the voice': between('first_text_ms', 'first_audio_ms'),
    'detection lag, network, client': answered.map(
      ({ firstSoundMs, timings }) => firstSoundMs - (timings['first_audio_ms'] ?? Number.NaN),
    ),
  }
}

function fail(message: string): never {
  throw new Error(message)
}
