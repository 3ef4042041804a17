import { float32ToPcm16 } from '@parley/audio'
import { pinkNoise } from '@parley/audio/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import { createChannelPair } from '../../channel/channel-pair.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { SessionExtensions } from '../../events/extensions.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { AudioInputConfig } from '../../events/session-config.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import type { CascadeFixture } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import type { FakeStages } from '../../testing/fake-stages.ts'
import { receiveEvents, settle } from '../../testing/received-events.ts'
import { openNoiseReduction } from './noise-reduction.ts'
import { serveRealtime } from './realtime-server.ts'

/** Two seconds for the detector, less than that on the wire. */
const hiss = pinkNoise({ seed: 3, length: 32_000, amplitude: 0.3 })

// Later ones open without waiting for the file.
beforeAll(async () => (await openNoiseReduction(512))[Symbol.dispose]())

function powerOf(samples: readonly number[]): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
}

describe('openNoiseReduction', () => {
  const frames = Array.from({ length: 250 }, (_, i) => hiss.slice(i * 128, (i + 1) * 128))

  it('gives each frame as it was and without its noise, in order, and all of them at the end', async () => {
    using reduction = await openNoiseReduction(128)
    const ready = frames.flatMap((frame) => reduction.process(frame))
    // 20 ms of the network, and the resamplers on both sides.
    expect(frames.length - ready.length).toBeLessThanOrEqual(5)
    const all = [...ready, ...reduction.flush()]
    expect(all.map(({ raw }) => raw)).toEqual(frames)
    const [raw, reduced] = [
      all.slice(125).flatMap((frame) => [...frame.raw]),
      all.slice(125).flatMap((frame) => [...frame.reduced]),
    ]
    expect(powerOf(reduced)).toBeLessThan(powerOf(raw) / 30)
  })

  it('leaves a part of the noise at less than full strength', async () => {
    using reduction = await openNoiseReduction(128)
    reduction.strength = 0.5
    const all = frames.flatMap((frame) => reduction.process(frame)).slice(125)
    const [raw, reduced] = [
      all.flatMap((frame) => [...frame.raw]),
      all.flatMap((frame) => [...frame.reduced]),
    ]
    expect(powerOf(reduced) / powerOf(raw)).toBeCloseTo(0.25, 1)
  })

  it('begins anew after a reset', async () => {
    using reduction = await openNoiseReduction(128)
    const first = frames.flatMap((frame) => reduction.process(frame))
    reduction.reset()
    expect(frames.flatMap((frame) => reduction.process(frame))).toEqual(first)
  })
})

describe('a session that asks for noise reduction', () => {
  const update = (
    input: AudioInputConfig | undefined,
    extensions?: SessionExtensions,
    type: 'realtime' | 'transcription' = 'realtime',
  ): ClientEvent => ({
    type: 'session.update',
    session: { type, ...(input && { audio: { input } }), ...(extensions && { extensions }) },
  })
  const deep = { input_audio_noise_reduction: { type: 'azure_deep_noise_suppression' } }

  async function hear({ send }: CascadeFixture): Promise<void> {
    for (let at = 0; at < hiss.length; at += 480) {
      const audio = AudioPayload.fromBytes(float32ToPcm16(hiss.subarray(at, at + 480)))
      // In the pace of a caller.
      // oxlint-disable-next-line no-await-in-loop
      await send({ type: 'input_audio_buffer.append', audio })
    }
  }

  /** What the detector heard, without the beginning, in which the network listens its way in. */
  const heardBy = ({ frames }: FakeStages): number =>
    powerOf(frames.slice(20).flatMap(({ samples }) => [...samples]))

  it.each<readonly [string, readonly ClientEvent[], boolean]>([
    ['nothing', [], false],
    ['near_field', [update({ noise_reduction: { type: 'near_field' } })], true],
    ['far_field', [update({ noise_reduction: { type: 'far_field' } })], true],
    ["Voice Live's own kind", [update(undefined, deep)], true],
    ['it in a transcription', [update({ noise_reduction: {} }, undefined, 'transcription')], true],
    ["Voice Live's own in a transcription", [update(undefined, deep, 'transcription')], true],
    ['it and something else later', [update({ noise_reduction: {} }), update({ transcription: null })], true],
    [
      "Voice Live's and something else later",
      [update(undefined, deep), update({}, { temperature: 1 })],
      true,
    ],
    ['it, and takes it back', [update({ noise_reduction: {} }), update({ noise_reduction: null })], false],
    ["Voice Live's, and takes it back", [update(undefined, deep), update({ noise_reduction: null })], false],
  ])('gets it or not, asking for %s', async (_, updates, isReduced) => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages)
    await fixture.send(...updates)
    expect(fixture.all('session.updated')).toHaveLength(updates.length)
    await hear(fixture)
    if (isReduced) expect(heardBy(stages)).toBeLessThan(powerOf([...hiss]) / 30)
    else expect(heardBy(stages)).toBeGreaterThan(powerOf([...hiss]) / 3)
  })

  it('is told so', async () => {
    const { send, all } = await connectCascade(fakeStages())
    await send(update({ noise_reduction: { type: 'near_field' } }), update(undefined, deep))
    await send(update({ noise_reduction: null }))
    expect(all('session.updated').map(({ session }) => session)).toMatchObject([
      { audio: { input: { noise_reduction: { type: 'near_field' } } } },
      { extensions: deep },
      { audio: { input: { noise_reduction: null } } },
    ])
    expect(all('session.updated')[2]?.session.extensions).toBeUndefined()
  })

  it('is told when it could not be loaded, and it is not shown as on', async () => {
    const [channel, server] = createChannelPair<ServerEvent, ClientEvent>({ sizeOf: () => 1 })
    const served = serveRealtime(server, {
      stages: fakeStages(),
      name: 'local',
      model: undefined,
      transcribing: false,
      speculate: { pauseMs: 96, response: false },
      detectorLagMs: 0,
      openNoiseReduction: async () => {
        throw new Error('not there')
      },
      now: () => 0,
      newId: (prefix) => `${prefix}_1`,
    })
    const { all } = receiveEvents(channel, () => undefined)
    channel.send(update({ noise_reduction: { type: 'near_field' } }))
    channel.send(update({ transcription: null }, { ...deep, temperature: 1 }))
    await settle(6)
    expect(all('error')).toHaveLength(2)
    expect(all('session.updated').map(({ session }) => session.audio?.input?.noise_reduction)).toEqual([
      null,
      null,
    ])
    expect(all('session.updated').map(({ session }) => session.extensions)).toEqual([
      undefined,
      { temperature: 1 },
    ])
    await channel.close()
    await served
  })

  it('gives the recogniser the sound as it came', async () => {
    const stages = fakeStages({ vad: ({ answer }) => answer(0.9) })
    const fixture = await connectCascade(stages)
    await fixture.send(update({ noise_reduction: { type: 'near_field' } }))
    await hear(fixture)
    await fixture.send({ type: 'input_audio_buffer.commit' })
    const samples = [...(stages.recognitions[0]?.audio.samples ?? [])]
    expect(samples.length).toBeGreaterThan(10_000)
    expect(powerOf(samples)).toBeGreaterThan(powerOf([...hiss]) / 3)
  })
})
