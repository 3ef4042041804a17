import { seededRandom } from '../../src/testing/signals.ts'
import { createFlite } from '../noisy-speech/flite.ts'
import { createNoise } from '../noisy-speech/noises.ts'
import { createSpeaker, createTalk, sampleRate } from '../noisy-speech/talk.ts'
import { recordedSpeech } from '../opus/speech.ts'
import type { BenchOptions } from '../section.ts'

/** Sound without any tone of a telephone in it. */
export interface TalkOff {
  readonly samples: Float32Array
  readonly sampleRate: number
}

/**
 * Stretches of sound that a detector of tones must pass over: voices of other paces and pitches for each seed, a crowd,
 * music, and people who were recorded.
 */
export async function* talkOff({ quick }: BenchOptions): AsyncGenerator<TalkOff> {
  const seconds = quick ? 30 : 480
  const flite = await createFlite()
  for (const seed of quick ? [11] : [11, 12, 13, 14, 15, 16]) {
    // oxlint-disable-next-line no-await-in-loop -- minutes of sound at a time
    const speaker = await createSpeaker(flite, seed)
    yield { samples: createTalk(speaker, seededRandom(seed), seconds).samples, sampleRate }
    for (const kind of ['babble', 'music'] as const) {
      const sound = createNoise(kind, { speaker, seed, length: (seconds / 8) * sampleRate })
      const most = sound.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
      yield { samples: sound.map((sample) => (0.5 * sample) / most), sampleRate }
    }
  }
  yield { samples: recordedSpeech(), sampleRate: 24_000 }
}
