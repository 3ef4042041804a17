import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createResampler, decodeWav, float32ToPcm16 } from '@parley/audio'
import { fliteTts } from '@parley/core/providers/cascade'
import { quantile } from './statistics.ts'

/** One thing said to the gateway. */
export interface Utterance {
  readonly name: string
  readonly said: string
  readonly human: boolean
  /** PCM16 at 24 kHz. */
  readonly pcm: Uint8Array
  /** Where speech ends in `pcm` (ms). */
  readonly speechEndMs: number
}

/** Questions in the three English voices of the local engine. */
const questions = [
  'What is Parley?',
  'Which backend has the most voices?',
  'How long may a session last?',
  'What happens when I interrupt you?',
  'Does Azure Voice Live remember a conversation?',
  'How do I add a language model?',
  'Can I use it without a network?',
  'What does bring your own model mean?',
  'Count to five.',
  'What time is it?',
  'How does voice activity detection work?',
  'Which languages can you speak?',
  'What is the difference between a gateway and a backend?',
  'Tell me about latency.',
  'Where is the conversation stored?',
] as const
const voices = ['slt', 'rms', 'awb'] as const

/** All utterances of the benchmark, recordings of people first. */
export async function loadUtterances(): Promise<readonly Utterance[]> {
  return [...(await recordings()), ...(await synthesised())]
}

async function recordings(): Promise<readonly Utterance[]> {
  const folder = join(import.meta.dirname, '../speech')
  const transcripts: unknown = JSON.parse(await readFile(join(folder, 'transcripts.json'), 'utf8'))
  return Promise.all(
    Object.entries(Object(transcripts)).map(async ([name, said]) => {
      const { samples, sampleRate } = decodeWav(await readFile(join(folder, name)))
      return { name, said: String(said), human: true, ...toWire(samples, sampleRate) }
    }),
  )
}

async function synthesised(): Promise<readonly Utterance[]> {
  await using tts = fliteTts()
  const utterances: Utterance[] = []
  for (const [index, said] of questions.entries()) {
    const voice = voices[index % voices.length] ?? voices[0]
    const options = { voice, speed: 1, signal: AbortSignal.timeout(10_000) }
    const pieces = await Array.fromAsync(tts.synthesize(said, options))
    const samples = Float32Array.from(pieces.flatMap((piece) => [...piece.samples]))
    utterances.push({
      name: `${voice}-${index}`,
      said,
      human: false,
      ...toWire(samples, pieces[0]?.sampleRate ?? 16_000),
    })
  }
  return utterances
}

function toWire(samples: Float32Array, sampleRate: number): Pick<Utterance, 'pcm' | 'speechEndMs'> {
  const resampler = createResampler({ from: sampleRate, to: 24_000 })
  const chunks = [...resampler.process(samples), ...resampler.flush()]
  const pcm = float32ToPcm16(Float32Array.from(chunks.flatMap((chunk) => [...chunk])))
  return { pcm, speechEndMs: speechEndMs(samples, sampleRate) }
}

/**
 * The end of the last 10 ms of speech: louder than half way, in dB, between the quiet and the loud of the recording,
 * and than 40 dB below the loud.
 */
function speechEndMs(samples: Float32Array, sampleRate: number): number {
  const size = Math.round(sampleRate / 100)
  const levels = Array.from({ length: Math.floor(samples.length / size) }, (_, index) =>
    Math.hypot(...samples.subarray(index * size, (index + 1) * size)),
  )
  const loud = quantile(levels, 0.95)
  const floor = Math.max(Math.sqrt(quantile(levels, 0.05) * loud), loud / 100)
  return (levels.findLastIndex((level) => level > floor) + 1) * 10
}
