import { float32ToPcm16, pcm16ToFloat32 } from '@parley/audio'
import { noise, seededRandom } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import type { CascadeFixture } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { Pcm } from './stages.ts'

const rate = 24_000
const chunk = rate / 50
const byLoudness = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + Math.abs(sample), 0) / samples.length

/** Bursts of noise, each of another level and length: as changeful as speech. */
function bursts(seed: number, seconds: number, sampleRate: number): Float32Array {
  const random = seededRandom(seed)
  const samples = noise({ seed: seed + 50, length: seconds * sampleRate, amplitude: 1 })
  for (let at = 0; at < samples.length;) {
    const end = Math.min(samples.length, at + Math.round((0.06 + 0.2 * random()) * sampleRate))
    const level = 0.15 + 0.5 * random()
    for (let n = at; n < end; n += 1) samples[n] = level * (samples[n] ?? 0)
    at = Math.min(samples.length, end + Math.round(0.1 * random() * sampleRate))
    samples.fill(0, end, at)
  }
  return samples
}

/** A caller whose loudspeaker plays what it gets, and whose microphone hears it 140 ms later at half its level. */
async function connect(settings: object = {}) {
  const stages = {
    ...fakeStages({
      vad: ({ samples, answer }) => answer(byLoudness(samples) > 0.02 ? 0.95 : 0.02),
      stt: (recognition) => recognition.understand('hello'),
      llm(answer) {
        answer.text('A long story.')
        answer.end()
      },
    }),
  }
  let answers = 0
  const fixture = await connectCascade({
    ...stages,
    tts: {
      ...stages.tts,
      async *synthesize(): AsyncGenerator<Pcm, void, undefined> {
        answers += 1
        yield { samples: bursts(answers, 5, 16_000), sampleRate: 16_000 }
      },
    },
  })
  await fixture.send({ type: 'session.update', session: { type: 'realtime', ...settings } })
  const late = new Float32Array(0.14 * rate)
  let loudspeaker: Float32Array[] = [late]
  let played = 0
  const room = noise({ seed: 4, length: rate, amplitude: 0.002 })

  /** `ms` go by: the loudspeaker plays, and the microphone hears it and the user. */
  async function listen(ms: number, user?: Float32Array): Promise<void> {
    for (let at = 0; at < (ms * rate) / 1000; at += chunk) {
      const sent = fixture.all('response.output_audio.delta')
      for (const { delta } of sent.slice(played)) loudspeaker.push(pcm16ToFloat32(delta.bytes))
      played = sent.length
      const heard = new Float32Array(chunk).map(
        (_, n) => (room[(at + n) % rate] ?? 0) + (user?.[at + n] ?? 0),
      )
      for (let n = 0; n < chunk && loudspeaker[0];) {
        const part = loudspeaker[0].subarray(0, chunk - n)
        for (const sample of part) heard[n] = (heard[n++] ?? 0) + 0.5 * sample
        const rest = loudspeaker[0].subarray(part.length)
        loudspeaker = rest.length > 0 ? [rest, ...loudspeaker.slice(1)] : loudspeaker.slice(1)
      }
      fixture.wait(20)
      await fixture.send({
        type: 'input_audio_buffer.append',
        audio: AudioPayload.fromBytes(float32ToPcm16(heard)),
      })
    }
  }
  return { fixture, listen, fallSilent: () => (loudspeaker = [late]) }
}

const starts = (fixture: CascadeFixture): number => fixture.all('input_audio_buffer.speech_started').length
const echoing = { extensions: { input_audio_echo_cancellation: { type: 'server_echo_cancellation' } } }

describe('the echo of an answer', () => {
  it('does not interrupt it where the client says that it takes none out', async () => {
    const { fixture, listen } = await connect(echoing)
    await listen(1000, bursts(90, 1, rate))
    await listen(6500)
    expect(starts(fixture)).toBe(1)
    expect(fixture.all('response.done')).toMatchObject([{ response: { status: 'completed' } }])
  })

  it('does not interrupt it where an older answer is cut meanwhile', async () => {
    const { fixture, listen } = await connect(echoing)
    await listen(1000, bursts(90, 1, rate))
    await listen(6500)
    await listen(1000, bursts(91, 1, rate))
    await listen(1500)
    expect(starts(fixture)).toBe(2)
    const [older] = fixture.all('response.output_audio.delta')
    await fixture.send({
      type: 'conversation.item.truncate',
      item_id: older?.item_id ?? '',
      content_index: 0,
      audio_end_ms: 1000,
    })
    expect(fixture.all('conversation.item.truncated')).toHaveLength(1)
    await listen(5000)
    expect(starts(fixture)).toBe(2)
    expect(fixture.all('response.done').map(({ response }) => response.status)).toEqual([
      'completed',
      'completed',
    ])
  })

  it('does not hide the user who talks over it', async () => {
    const { fixture, listen } = await connect(echoing)
    await listen(1000, bursts(90, 1, rate))
    await listen(4000)
    expect(starts(fixture)).toBe(1)
    await listen(
      600,
      bursts(91, 1, rate).map((sample) => 2 * sample),
    )
    expect(starts(fixture)).toBe(2)
  })

  it('interrupts one or two answers of a client that says nothing, and no more once it was found', async () => {
    const { fixture, listen, fallSilent } = await connect()
    await listen(1000, bursts(90, 1, rate))
    for (let answer = 0; answer < 3; answer += 1) {
      const before = starts(fixture)
      for (let ms = 0; ms < 6000 && starts(fixture) === before; ms += 20) await listen(20)
      if (starts(fixture) > before) fallSilent()
    }
    const found = starts(fixture)
    await listen(2000)
    await listen(1000, bursts(92, 1, rate))
    await listen(6500)
    expect(found).toBeGreaterThan(1)
    expect(starts(fixture)).toBe(found + 1)
  })

  it('takes no reference from the client', async () => {
    const { fixture } = await connect({
      extensions: {
        input_audio_echo_cancellation: {
          type: 'server_echo_cancellation',
          reference_source: 'client',
          channels: 2,
        },
      },
    })
    expect(fixture.all('error')).toMatchObject([{ error: { code: 'unsupported' } }])
  })
})
