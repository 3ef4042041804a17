import { float32ToPcm16 } from '@parley/audio'
import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import { cascade } from '../providers/cascade/cascade.ts'
import type { CascadeOptions } from '../providers/cascade/cascade.ts'
import type { ConnectRequest, ProviderChannel } from '../providers/provider.ts'
import type { FakeStages } from './fake-stages.ts'
import { receiveEvents, settle, type ReceivedEvents } from './received-events.ts'

/** A connected cascade with a clock that only sound and the test move. */
export interface CascadeFixture extends ReceivedEvents {
  readonly channel: ProviderChannel
  /** Sends and lets everything that can happen happen. */
  send(...events: readonly ClientEvent[]): Promise<void>
  /** Sound in chunks of 20 ms as time goes by: a tone. */
  say(ms: number): Promise<void>
  /** Silence in chunks of 20 ms as time goes by. */
  hush(ms: number): Promise<void>
  /** A second of speech, and the silence that ends the turn. */
  takeTurn(): Promise<void>
  /** Time goes by without sound. */
  wait(ms: number): void
  /** Lets everything that can happen without time or the test's hand happen. */
  settle(): Promise<void>
  close(): Promise<void>
  /** True once the iteration ended. */
  readonly ended: boolean
}

/** How a spoken message and its response end. */
export const spokenEnd = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
] as const

/** Turns of the event loop after which fakes have nothing left to do. */
const turns = 6

/** Connects to a cascade over `stages`; the detector is taken to have no lag unless told otherwise. */
export async function connectCascade(
  stages: FakeStages,
  { intent, ...options }: Partial<CascadeOptions & Pick<ConnectRequest, 'intent'>> = {},
): Promise<CascadeFixture> {
  let time = 10_000
  const counts = new Map<string, number>()
  const provider = cascade({
    name: 'local',
    title: 'Local',
    description: 'A cascade under test.',
    stages,
    detectorLagMs: 0,
    now: () => time,
    newId(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1
      counts.set(prefix, count)
      return `${prefix}_${count}`
    },
    ...options,
  })
  const channel = await provider.connect({
    model: undefined,
    signal: new AbortController().signal,
    ...(intent && { intent }),
  })
  let ended = false
  const received = receiveEvents(channel, (error) => {
    if (error !== undefined) throw error
    ended = true
  })

  async function append(ms: number, level: number): Promise<void> {
    for (let at = 0; at < ms; at += 20) {
      time += 20
      const audio = AudioPayload.fromBytes(float32ToPcm16(new Float32Array(480).fill(level)))
      channel.send({ type: 'input_audio_buffer.append', audio })
      await settle(2)
    }
    await settle(turns)
  }

  await settle(turns)
  return {
    channel,
    ...received,
    async send(...sent) {
      for (const event of sent) channel.send(event)
      await settle(turns)
    },
    say: (ms) => append(ms, 0.5),
    hush: (ms) => append(ms, 0),
    async takeTurn() {
      await append(1000, 0.5)
      await append(700, 0)
    },
    wait(ms) {
      time += ms
    },
    settle: () => settle(turns),
    close: () => channel.close(),
    get ended() {
      return ended
    },
  }
}
