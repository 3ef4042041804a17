import { createResampler, float32ToPcm16, pcm16ToFloat32 } from '@parley/audio'
import { concatFloat32, noise } from '@parley/audio/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { SessionExtensions } from '../../events/extensions.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { fliteTts } from './stages/flite/flite.ts'
import { sileroVad } from './stages/silero/silero.ts'

const rate = 24_000
const chunk = rate / 50
const story =
  'Your order was sent on Monday. It should arrive on Wednesday or Thursday. The parcel has two books and a box of pencils in it.'
/** From loudspeaker to microphone: seconds and gains, together -6 dB. */
const room = [
  [0.14, 0.35],
  [0.147, 0.2],
  [0.155, -0.15],
  [0.166, 0.12],
  [0.18, -0.1],
  [0.2, 0.08],
  [0.25, -0.05],
] as const

const vad = sileroVad()
const tts = fliteTts({ processes: 1 })
beforeAll(() => Promise.all([vad.warm(), tts.warm()]))
afterAll(() => Promise.all([vad, tts].map((stage) => stage[Symbol.asyncDispose]())))

async function spoken(text: string): Promise<Float32Array> {
  const resampler = createResampler({ from: 16_000, to: rate })
  const parts: Float32Array[] = []
  const asked = { voice: 'awb', speed: 1, signal: new AbortController().signal }
  for await (const { samples } of tts.synthesize(text, asked)) parts.push(...resampler.process(samples))
  return concatFloat32(parts)
}

/** How many times a caller who plays answers beside the open microphone interrupts each of four without a word. */
async function interruptions(extensions: SessionExtensions): Promise<readonly number[]> {
  const stages = fakeStages({
    stt: (recognition) => recognition.understand('hello'),
    llm(answer) {
      answer.text(story)
      answer.end()
    },
  })
  const fixture = await connectCascade({ ...stages, vad, tts })
  await fixture.send({ type: 'session.update', session: { type: 'realtime', extensions } })
  const question = await spoken('When does my order arrive?')
  const hum = noise({ seed: 4, length: chunk, amplitude: 0.002 })
  const starts = (): number => fixture.all('input_audio_buffer.speech_started').length
  const sound = new Float32Array(300 * rate)
  let now = 0
  let end = 0
  let taken = 0

  /** Answers are made faster than they are played, by an engine with a time of its own. */
  async function made(): Promise<void> {
    const done = (): void =>
      expect(fixture.all('response.done').length).toBe(fixture.all('response.created').length)
    await vi.waitFor(done, { timeout: 10_000 })
    await fixture.settle()
  }

  /** 20 ms go by: the loudspeaker plays what came, and the microphone hears it and the user. */
  async function listen(user?: Float32Array): Promise<void> {
    const sent = fixture.all('response.output_audio.delta')
    for (const { delta } of sent.slice(taken)) {
      const samples = pcm16ToFloat32(delta.bytes)
      end = Math.max(end, now)
      sound.set(samples, end)
      end += samples.length
    }
    taken = sent.length
    const heard = hum.map((sample, n) => sample + (user?.[n] ?? 0))
    for (const [seconds, gain] of room) {
      const from = now - Math.round(seconds * rate)
      for (let n = Math.max(0, -from); n < chunk; n += 1)
        heard[n] = (heard[n] ?? 0) + gain * (sound[from + n] ?? 0)
    }
    now += chunk
    const before = starts()
    fixture.wait(20)
    const audio = AudioPayload.fromBytes(float32ToPcm16(heard))
    await fixture.send({ type: 'input_audio_buffer.append', audio })
    // A client falls silent when speech starts.
    if (starts() > before) sound.fill(0, (end = now))
    await made()
  }

  const counts: number[] = []
  for (let answer = 0; answer < 4; answer += 1) {
    for (let at = 0; at < question.length; at += chunk) await listen(question.slice(at, at + chunk))
    const before = starts()
    for (let ms = 0; ms < 14_000; ms += 20) await listen()
    counts.push(starts() - before)
  }
  return counts
}

describe('an answer of a real voice that Silero hears back at -6 dB', () => {
  it('is never interrupted by itself where the client says that it takes no echo out', async () => {
    const extensions = { input_audio_echo_cancellation: { type: 'server_echo_cancellation' } }
    expect(await interruptions(extensions)).toEqual([0, 0, 0, 0])
  })

  it('is not any more once the echo was found, where the client says nothing', async () => {
    const counts = await interruptions({})
    expect(counts[0]).toBeGreaterThan(0)
    expect(counts.slice(2)).toEqual([0, 0])
  })
})
