import { execFileSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'

import type { Pcm, TextToSpeech } from '../stages.ts'
import { runtimes } from './__fixtures__/runtimes.ts'
import { wordErrorRate } from './__fixtures__/word-error-rate.ts'
import { speechSamples } from './speech-samples.ts'
import { fliteTts } from './flite/flite.ts'
import { moonshineStt } from './moonshine/moonshine.ts'
import { sileroVad } from './silero/silero.ts'
import { systemVoiceTts } from './system-voice/system-voice.ts'

const forever = new AbortController().signal
const rate = 16_000
const final = { language: 'en', speculative: false, signal: forever } as const

const sentences = [
  ['slt', 'Good morning, I would like to book a table for two people at seven.'],
  ['rms', 'The weather is nice today and the sun is shining.'],
  ['slt', 'Please remember that my name is Peter and I live in London.'],
  ['awb', 'No, thank you.'],
  ['slt', 'Yes.'],
] as const

/** Over 35 s when spoken with a pause after each. */
const story = [
  'The weather is nice today and the sun is shining.',
  'I would like to book a table for two people.',
  'My name is Peter and I live in London.',
  'Can you tell me when the next train leaves?',
  'It was a long day and we are all tired.',
  'The children play in the garden behind the house.',
  'She reads the paper every morning.',
  'We will meet at the station at ten.',
  'He forgot his umbrella at the office.',
  'The museum opens at nine on Sundays.',
]

async function speak(tts: TextToSpeech, text: string, voice = 'slt', speed = 1): Promise<Pcm> {
  const parts: Pcm[] = []
  for await (const part of tts.synthesize(text, { voice, speed, signal: forever })) parts.push(part)
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.samples.length, 0))
  let offset = 0
  for (const part of parts) {
    samples.set(part.samples, offset)
    offset += part.samples.length
  }
  return { samples, sampleRate: parts[0]?.sampleRate ?? rate }
}

function withSilence({ samples }: Pcm, beforeSeconds: number, afterSeconds: number): Float32Array {
  const padded = new Float32Array(samples.length + (beforeSeconds + afterSeconds) * rate)
  padded.set(samples, beforeSeconds * rate)
  return padded
}

/** Process ids of the engines of a process. */
function childrenOf(pid: number): readonly number[] {
  const printed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' })
  const engines = printed.split('\n').filter((line) => line.includes('engine-main'))
  return engines.map((line) => Number.parseInt(line, 10))
}

const tts = fliteTts({ processes: 2 })
beforeAll(() => tts.warm())
afterAll(() => tts[Symbol.asyncDispose]())

describe('Flite', () => {
  it('speaks at the pace it is asked for', async () => {
    const text = 'This is how fast I speak.'
    const seconds = async (speed: number): Promise<number> =>
      (await speak(tts, text, 'slt', speed)).samples.length / rate
    const own = await seconds(1)
    expect((await seconds(0.5)) / own).toBeCloseTo(2, 1)
    expect((await seconds(1.5)) / own).toBeCloseTo(1 / 1.5, 1)
  })

  it('says the same each time, whatever it said before', async () => {
    const first = await speak(tts, 'The same words.')
    await speak(tts, 'Others in between.', 'rms')
    expect(await speak(tts, 'The same words.')).toEqual(first)
  })

  it('says nothing for a text without words, and refuses a voice it has not', async () => {
    expect((await speak(tts, '... !')).samples).toHaveLength(0)
    await expect(speak(tts, 'Hello.', 'nobody')).rejects.toMatchObject({ code: 'invalid_value' })
  })
})

describe.each(runtimes)('on the %s runtime', (inference) => {
  const stt = moonshineStt({ inference })
  beforeAll(async () => {
    await stt.warm()
  })
  afterAll(async () => {
    await stt[Symbol.asyncDispose]()
  })

  it('Moonshine writes down what Flite says', async () => {
    let said = ''
    let heard = ''
    for (const [voice, text] of sentences) {
      const transcript = await stt.transcribe(await speak(tts, text, voice), final)
      expect(transcript.confidence).toBeGreaterThan(-1)
      said += `${text} `
      heard += `${transcript.text} `
    }
    expect(wordErrorRate(said, heard)).toBeLessThan(0.15)
  })

  it('Moonshine takes any rate and cuts long speech without losing it', async () => {
    const sounds = await Promise.all(
      story.map(async (text) => withSilence(await speak(tts, text, 'rms'), 0.3, 0.7)),
    )
    const long = new Float32Array(sounds.reduce((sum, { length }) => sum + length, 0))
    let offset = 0
    for (const sound of sounds) {
      long.set(sound, offset)
      offset += sound.length
    }
    expect(long.length / rate).toBeGreaterThan(35)
    const { text: heard } = await stt.transcribe({ samples: long, sampleRate: rate }, final)
    expect(wordErrorRate(story.join(' '), heard)).toBeLessThan(0.1)

    const [text = '', sound = long] = [story[0], sounds[0]]
    const samples = speechSamples({ samples: sound, sampleRate: rate }, 24_000)
    const resampled = await stt.transcribe({ samples, sampleRate: 24_000 }, final)
    expect(wordErrorRate(text, resampled.text)).toBeLessThan(0.15)
  })
})

describe('Silero', () => {
  const vad = sileroVad()
  beforeAll(() => vad.warm())

  it('hears where speech begins and ends', async () => {
    const speech = await speak(tts, sentences[0][1])
    const sound = withSilence(speech, 1, 1)
    await using stream = vad.open()
    const probabilities: number[] = []
    for (let start = 0; start + vad.frameSamples <= sound.length; start += vad.frameSamples) {
      probabilities.push(await stream.push(sound.slice(start, start + vad.frameSamples)))
    }
    const frameSeconds = vad.frameSamples / rate
    const onset = probabilities.findIndex((probability) => probability > 0.5) * frameSeconds
    const offset = (probabilities.findLastIndex((probability) => probability > 0.5) + 1) * frameSeconds
    expect(onset).toBeGreaterThan(1)
    expect(onset).toBeLessThan(1.4)
    expect(offset).toBeGreaterThan(1 + speech.samples.length / rate - 0.5)
    expect(offset).toBeLessThan(1 + speech.samples.length / rate + 0.1)
    const inside = probabilities.slice(Math.ceil(onset / frameSeconds), Math.floor(offset / frameSeconds))
    expect(inside.filter((probability) => probability > 0.5).length / inside.length).toBeGreaterThan(0.9)
  })

  it('keeps streams apart, and a reset forgets', async () => {
    const { samples } = await speak(tts, 'Hello there.')
    const frames = Array.from({ length: 80 }, (_, index) => samples.slice(index * 128, (index + 1) * 128))
    const probabilitiesOf = async (stream: ReturnType<typeof vad.open>): Promise<number[]> => {
      const all: number[] = []
      for (const frame of frames) all.push(await stream.push(frame))
      return all
    }
    await using alone = vad.open()
    const expected = await probabilitiesOf(alone)
    await using first = vad.open()
    await using second = vad.open()
    const noise = Float32Array.from({ length: 128 }, (_, index) => Math.sin(index * index) / 4)
    const noisy = (async () => {
      for (const _ of frames) await second.push(noise)
    })()
    const [together] = await Promise.all([probabilitiesOf(first), noisy])
    together.forEach((probability, index) => expect(probability).toBeCloseTo(expected[index] ?? -1, 4))
    alone.reset()
    const again = await probabilitiesOf(alone)
    again.forEach((probability, index) => expect(probability).toBeCloseTo(expected[index] ?? -1, 4))
  })
})

describe('without the native runtime', () => {
  it('the WASM runtime takes over, unless the native one is demanded', async () => {
    vi.stubEnv(
      'NODE_OPTIONS',
      `--import=${new URL('./__fixtures__/hide-native-runtime.ts', import.meta.url).href}`,
    )
    onTestFinished(() => void vi.unstubAllEnvs())
    await using demanded = moonshineStt({ inference: 'native', processes: 1 })
    await expect(demanded.warm()).rejects.toMatchObject({ message: expect.stringContaining('not installed') })
    await using stt = moonshineStt({ processes: 1 })
    const { text } = await stt.transcribe(await speak(tts, sentences[0][1]), final)
    expect(wordErrorRate(sentences[0][1], text)).toBeLessThan(0.15)
  })
})

describe('engines in their own processes', () => {
  it('finish a request although their process is killed in the middle of it', async () => {
    const stt = moonshineStt({ processes: 1 })
    const before = childrenOf(process.pid)
    await stt.warm()
    const [engine = 0] = childrenOf(process.pid).filter((pid) => !before.includes(pid))
    const speech = await speak(tts, sentences[0][1])
    const answer = stt.transcribe(speech, final)
    // Recognition takes longer than this message to the child.
    await new Promise((resolve) => setImmediate(resolve))
    process.kill(engine, 'SIGKILL')
    expect(wordErrorRate(sentences[0][1], (await answer).text)).toBeLessThan(0.15)
    expect(childrenOf(process.pid)).not.toContain(engine)
    await stt[Symbol.asyncDispose]()
    expect(new Set(childrenOf(process.pid))).toEqual(new Set(before))
  })

  it('do not block the event loop while two syntheses and a recognition run', async () => {
    await using stt = moonshineStt({ processes: 1 })
    await stt.warm()
    const speech = await speak(tts, sentences[0][1])
    const longText = `${sentences[0][1]} ${sentences[1][1]}`
    const before = performance.eventLoopUtilization()
    await Promise.all([speak(tts, longText), speak(tts, longText, 'rms'), stt.transcribe(speech, final)])
    // Work on the loop itself would keep it busy all the time.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})

describe('voices of the system', () => {
  it('speak German with an installed espeak-ng', async (context) => {
    await using system = systemVoiceTts()
    await system.warm()
    const voice = system.voices.find(({ languages }) => languages.includes('de'))
    if (voice === undefined) return context.skip('This system has no German voice.')
    const { samples, sampleRate } = await speak(system, 'Guten Tag, wie geht es Ihnen?', voice.name)
    expect(samples.length / sampleRate).toBeGreaterThan(1)
    expect(Math.max(...samples)).toBeGreaterThan(0.1)
  })
})
