import { createResampler, float32ToPcm16 } from '@parley/audio'
import { concatFloat32, seededRandom } from '@parley/audio/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import { fliteTts } from './stages/flite/flite.ts'
import { sileroVad } from './stages/silero/silero.ts'

const rate = 16_000
const sentences = [
  ['slt', 'The weather is nice today and the sun is shining.'],
  ['rms', 'I would like to book a table for two people.'],
  ['awb', 'Can you tell me when the next train leaves?'],
  ['slt', 'She reads the paper every morning.'],
] as const
/** Each sentence begins this long after the one before it (s), the first after half of it. */
const pace = 5
/** How much louder the fan is than the speech (dB). */
const louderDbs = [1, 1.5, 2]

const vad = sileroVad()
const tts = fliteTts({ processes: 1 })
beforeAll(() => Promise.all([vad.warm(), tts.warm()]))
afterAll(() => Promise.all([vad, tts].map((stage) => stage[Symbol.asyncDispose]())))

const powerOf = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length

/** What the user says, and for each 10 ms whether there is speech in it. */
async function spoken(): Promise<{ readonly samples: Float32Array; readonly isSpeech: readonly boolean[] }> {
  const samples = new Float32Array(pace * sentences.length * rate)
  for (const [i, [voice, text]] of sentences.entries()) {
    let at = pace * (i + 0.5) * rate
    const asked = { voice, speed: 1, signal: new AbortController().signal }
    // One after the other, each in its place.
    // oxlint-disable-next-line no-await-in-loop
    for await (const part of tts.synthesize(text, asked)) {
      samples.set(part.samples, at)
      at += part.samples.length
    }
  }
  const quiet = powerOf(samples) / 10
  const isSpeech = Array.from(
    { length: samples.length / 160 },
    (_, i) => powerOf(samples.subarray(i * 160, (i + 1) * 160)) > quiet,
  )
  return { samples, isSpeech }
}

/** A fan: noise that falls by 6 dB an octave above some hundred hertz, over the hum of its motor. */
function fan(length: number): Float32Array {
  const random = seededRandom(5)
  let rush = 0
  return Float32Array.from({ length }, (_, i) => {
    rush = 0.95 * rush + random() - 0.5
    const turn = (2 * Math.PI * 120 * i) / rate
    return rush + 0.8 * Math.sin(turn) + 0.4 * Math.sin(2 * turn)
  })
}

/** Where the local backend says that there is speech, in steps of 10 ms. */
async function detected(sound: Float32Array, reduced: boolean): Promise<readonly boolean[]> {
  const stages = Object.assign(fakeStages({ stt: ({ understand }) => understand('') }), { vad })
  const fixture = await connectCascade(stages)
  const noise_reduction = reduced ? ({ type: 'near_field' } as const) : null
  const turn_detection = { type: 'server_vad', silence_duration_ms: 400, prefix_padding_ms: 0 } as const
  fixture.channel.send({
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { noise_reduction, turn_detection } } },
  })
  // The first session that wants it loads the noise reduction from the disk.
  await expect.poll(() => fixture.all('session.updated'), { timeout: 10_000 }).toHaveLength(1)
  const resampler = createResampler({ from: rate, to: 24_000 })
  const wire = concatFloat32([...resampler.process(sound), ...resampler.flush()])
  for (let at = 0; at < wire.length; at += 480) {
    const audio = AudioPayload.fromBytes(float32ToPcm16(wire.subarray(at, at + 480)))
    // oxlint-disable-next-line no-await-in-loop -- in the pace of a caller
    await fixture.send({ type: 'input_audio_buffer.append', audio })
  }
  const answers = (): number =>
    fixture.all('input_audio_buffer.committed').length + fixture.all('error').length
  const before = answers()
  fixture.channel.send({ type: 'input_audio_buffer.commit' })
  await expect.poll(answers, { timeout: 10_000 }).toBeGreaterThan(before)
  await fixture.close()
  const starts = fixture.all('input_audio_buffer.speech_started').map((event) => event.audio_start_ms)
  const ends = fixture.all('input_audio_buffer.speech_stopped').map((event) => event.audio_end_ms - 400)
  return Array.from({ length: sound.length / 160 }, (_, i) =>
    starts.some((start, turn) => start <= 10 * i && 10 * i < (ends[turn] ?? Infinity)),
  )
}

describe('speech beside a fan that is louder than it', () => {
  it('is found with noise reduction where it is missed without', async () => {
    const { samples, isSpeech } = await spoken()
    const noise = fan(samples.length)
    const speechPower = powerOf(samples.filter((_, i) => isSpeech[Math.floor(i / 160)]))
    const gain = Math.sqrt(speechPower / powerOf(noise))
    const steps = isSpeech.filter(Boolean).length

    /** Share of the speech that is found, over some levels of the fan: the detector gives up at once. */
    async function found(reduced: boolean): Promise<number> {
      let sum = 0
      for (const louderDb of louderDbs) {
        const factor = gain * 10 ** (louderDb / 20)
        const sound = samples.map((sample, i) => 0.4 * (sample + factor * (noise[i] ?? 0)))
        // oxlint-disable-next-line no-await-in-loop -- each holds both cores
        const isFound = await detected(sound, reduced)
        sum += isFound.filter((is, i) => is && isSpeech[i]).length / steps
      }
      return sum / louderDbs.length
    }

    const [without, reduced] = [await found(false), await found(true)]
    expect(reduced).toBeGreaterThan(0.7)
    expect(reduced).toBeGreaterThan(without + 0.25)
  })
})
