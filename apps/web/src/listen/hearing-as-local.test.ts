import { createDefaultScorer } from '@parley/audio/turns'
import { AudioPayload } from '@parley/core'
import { cascade, type Stages } from '@parley/core/providers/cascade'
import { voiceDetectorLagMs } from '@parley/audio/silero'
import { describe, expect, it } from 'vitest'
import { createHearing } from './hearing.ts'
import { defaultLabSettings, type LabSettings } from './lab-settings.ts'
import { turnDetectionOf } from './session-json.ts'

const sampleRate = 16_000
const frameSamples = 128
const frameMs = 8
const wireRate = 24_000

/** Frames of speech and of silence in turn, beginning with silence; lengths in ms. */
const track = (...stretches: readonly number[]): readonly number[] =>
  stretches.flatMap((ms, place) => Array.from({ length: ms / frameMs }, () => (place % 2 ? 0.9 : 0.1)))

type Turn = readonly [startMs: number, endMs: number]

/** The turns of the local backend, whose detector says this of each frame and whose recogniser hears `words`. */
async function turnsOfLocal(settings: LabSettings, probabilities: readonly number[], words: string) {
  const says = probabilities.values()
  const never = (): never => {
    throw new Error('Nothing is answered here.')
  }
  const end = { [Symbol.asyncDispose]: async (): Promise<void> => undefined }
  const stages: Stages = {
    vad: {
      name: 'scripted',
      frameSamples,
      open: () => ({
        push: async () => says.next().value ?? 0,
        reset: () => undefined,
        ...end,
      }),
      ...end,
    },
    stt: {
      name: 'scripted',
      languages: ['en'],
      maxSeconds: 60,
      transcribe: async () => ({ text: words, confidence: 0, language: 'en' }),
      ...end,
    },
    llm: { name: 'none', tools: false, respond: never },
    tts: { name: 'none', voices: [], synthesize: never, ...end },
  }
  let time = 0
  let ids = 0
  const provider = cascade({
    name: 'local',
    title: 'Local',
    description: 'A scripted backend.',
    stages,
    now: () => time,
    newId: (prefix) => `${prefix}_${(ids += 1)}`,
  })
  const channel = await provider.connect({ model: undefined, signal: new AbortController().signal })
  const turns: [number, number][] = []
  const reading = (async () => {
    for await (const event of channel) {
      if (event.type === 'input_audio_buffer.speech_started') turns.push([event.audio_start_ms, NaN])
      if (event.type === 'input_audio_buffer.speech_stopped') turns.at(-1)?.splice(1, 1, event.audio_end_ms)
    }
  })()
  const detection = { ...turnDetectionOf(settings, 'voice-live'), create_response: false }
  channel.send({
    type: 'session.update',
    session: { type: 'realtime', extensions: { turn_detection: detection } },
  })
  for (const _ of probabilities) {
    time += frameMs
    const audio = AudioPayload.fromBytes(new Uint8Array((2 * wireRate * frameMs) / 1000))
    channel.send({ type: 'input_audio_buffer.append', audio })
    // One frame after the other, each with time for its words.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setImmediate(resolve))
  }
  await channel.close()
  await reading
  return turns
}

/** The turns of the lab, judged by the same words. */
function turnsOfLab(settings: LabSettings, probabilities: readonly number[], text: string): readonly Turn[] {
  const scorer = createDefaultScorer()
  const hearing = createHearing({
    settings,
    sampleRate,
    frameSamples,
    detectorLagMs: voiceDetectorLagMs,
    score: () => Number(scorer.score({ samples: new Float32Array(0), text, languages: ['en'] })),
  })
  for (const probability of probabilities) hearing.process(probability)
  return hearing.turns.map(({ paddedMs, stopMs = NaN }) => [Math.round(paddedMs), Math.round(stopMs)])
}

describe('the lab and the local backend, given the same probabilities', () => {
  const sound = track(800, 1000, 120, 600, 320, 900, 640, 56, 400, 800, 1520, 1000, 6000)

  it.each<Partial<LabSettings>>([
    { mode: 'server_vad', silenceMs: 500 },
    { mode: 'server_vad', silenceMs: 300 },
    { mode: 'semantic_vad', eagerness: 'low' },
    { mode: 'semantic_vad', eagerness: 'auto' },
    { mode: 'azure_semantic_vad', silenceMs: 300, timeoutMs: 2000 },
    { mode: 'azure_semantic_vad', silenceMs: 200, timeoutMs: 300 },
    { mode: 'azure_semantic_vad', silenceMs: 50, timeoutMs: 1000 },
  ])('end the same turns at the same time with %o', async (change) => {
    const settings = { ...defaultLabSettings, ...change }
    for (const words of ['Yes, please.', 'I would like to']) {
      // oxlint-disable-next-line no-await-in-loop
      const expected = await turnsOfLocal(settings, sound, words)
      expect(expected.length).toBeGreaterThan(0)
      expect(turnsOfLab(settings, sound, words), words).toEqual(expected)
    }
  })
})
