import { seededRandom } from '../../src/testing/signals.ts'
import { createCallProgressDetector, createDtmfDetector } from '../../src/tones/index.ts'
import { createFlite } from '../noisy-speech/flite.ts'
import { createNoise } from '../noisy-speech/noises.ts'
import { createSpeaker, createTalk, sampleRate } from '../noisy-speech/talk.ts'
import { recordedSpeech } from '../opus/speech.ts'
import type { BenchOptions } from '../section.ts'

/** What detectors found in sound without any tone of a telephone in it. */
export interface FalseAlarms {
  readonly minutes: number
  readonly keys: number
  readonly tones: number
}

interface Sound {
  readonly samples: Float32Array
  readonly rate: number
}

/** Both detectors over voices of other paces and pitches for each seed, crowds, music, and people who were recorded. */
export async function falseAlarms(options: BenchOptions): Promise<FalseAlarms> {
  let minutes = 0
  let keys = 0
  let tones = 0
  for await (const { samples, rate } of sounds(options)) {
    minutes += samples.length / rate / 60
    const pressed = createDtmfDetector({ sampleRate: rate }).process(samples)
    keys += pressed.filter(({ type }) => type === 'down').length
    const heard = createCallProgressDetector({ sampleRate: rate }).process(samples)
    tones += heard.filter(({ type }) => type === 'recognised').length
  }
  return { minutes, keys, tones }
}

async function* sounds({ quick }: BenchOptions): AsyncGenerator<Sound> {
  const seconds = quick ? 30 : 960
  const flite = await createFlite()
  for (const seed of quick ? [11] : [11, 12, 13]) {
    // oxlint-disable-next-line no-await-in-loop -- minutes of sound at a time
    const speaker = await createSpeaker(flite, seed)
    yield { samples: createTalk(speaker, seededRandom(seed), seconds).samples, rate: sampleRate }
    for (const kind of ['babble', 'music'] as const) {
      const sound = createNoise(kind, { speaker, seed, length: (seconds / 8) * sampleRate })
      const most = sound.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
      yield { samples: sound.map((sample) => (0.5 * sample) / most), rate: sampleRate }
    }
  }
  yield { samples: recordedSpeech(), rate: 24_000 }
}
