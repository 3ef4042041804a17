import { decodeWav, float32ToPcm16 } from '@parley/audio'
import { fitTone, tone } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { AudioPayload } from '../../events/audio-payload.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import type { ItemAudio } from '../../storage/context-store.ts'
import { finished, openTestSession, speaking } from '../../testing/session-fixture.ts'
import { createKeptSound } from './kept-sound.ts'

const pcm = (frequency: number, ms: number): AudioPayload =>
  AudioPayload.fromBytes(float32ToPcm16(tone({ frequency, sampleRate: 24_000, length: ms * 24 })))

/** A session whose sound is kept by a store that may refuse. */
function start(refuses: (audio: ItemAudio) => boolean = () => false) {
  const session = openTestSession()
  const stored: ItemAudio[] = []
  const kept = createKeptSound(
    {
      putAudio: (id, audio) => {
        expect(id).toBe('conv_1')
        if (refuses(audio)) return Promise.reject(new Error('full'))
        stored.push(audio)
        return Promise.resolve()
      },
    },
    'conv_1',
  )
  const perform = (outputs: ReturnType<typeof session.provider>): void => {
    for (const output of outputs) {
      if (output.to === 'client') kept.told(output.event, session.state())
      if (output.to === 'provider') kept.said(output.event, session.state())
    }
  }
  return {
    kept,
    stored,
    client: (event: ClientEvent) => perform(session.client(event)),
    provider: (event: ServerEvent) => perform(session.provider(event)),
    answer(itemId: string, sounds: readonly AudioPayload[], conversation: string | null = 'conv_1') {
      const place = { event_id: 'e', response_id: 'r', item_id: itemId, output_index: 0, content_index: 0 }
      for (const event of speaking('r', itemId, { words: 'Hi', ms: 0, conversation }).slice(0, -1))
        perform(session.provider(event))
      for (const delta of sounds)
        perform(session.provider({ ...place, type: 'response.output_audio.delta', delta }))
      for (const event of finished('r', itemId, { words: 'Hi', conversation }))
        perform(session.provider(event))
    },
  }
}

const say = (audio: AudioPayload): ClientEvent => ({ type: 'input_audio_buffer.append', audio })

describe('kept sound', () => {
  it('of an answer is one WAV file of all its pieces', async () => {
    const { answer, kept, stored } = start()
    answer('a', [pcm(440, 100), pcm(440, 150)])
    await kept.close()
    expect(stored).toMatchObject([{ itemId: 'a', contentIndex: 0, mediaType: 'audio/wav', durationMs: 250 }])
    const { samples, sampleRate } = decodeWav(stored[0]?.bytes ?? new Uint8Array())
    expect([samples.length, sampleRate]).toEqual([6_000, 24_000])
    expect(fitTone(samples.subarray(0, 2_400), 440, 24_000).amplitude).toBeCloseTo(0.5, 2)
  })

  it('of a turn is what was said in it, and not what came before or after', async () => {
    const { client, provider, kept, stored } = start()
    const speech = { event_id: 'e', item_id: 'u' }
    client(say(pcm(300, 500)))
    client(say(pcm(440, 700)))
    provider({ ...speech, type: 'input_audio_buffer.speech_started', audio_start_ms: 500 })
    client(say(pcm(300, 400)))
    provider({ ...speech, type: 'input_audio_buffer.speech_stopped', audio_end_ms: 1_200 })
    provider({ ...speech, type: 'input_audio_buffer.committed', previous_item_id: null })
    await kept.close()
    expect(stored).toMatchObject([{ itemId: 'u', durationMs: 700 }])
    const { samples } = decodeWav(stored[0]?.bytes ?? new Uint8Array())
    expect(fitTone(samples.subarray(100, 16_700), 440, 24_000).residual.length).toBe(16_600)
    expect(fitTone(samples, 440, 24_000).amplitude).toBeCloseTo(0.5, 2)
  })

  it('of a turn the client ended itself goes back to the commit before', async () => {
    const { client, provider, kept, stored } = start()
    for (const [id, ms] of [['u1', 300] as const, ['u2', 500] as const]) {
      client(say(pcm(440, ms)))
      client({ type: 'input_audio_buffer.commit' })
      provider({ type: 'input_audio_buffer.committed', event_id: 'e', item_id: id, previous_item_id: null })
    }
    await kept.close()
    expect(stored).toMatchObject([
      { itemId: 'u1', durationMs: 300 },
      { itemId: 'u2', durationMs: 500 },
    ])
  })

  it('leaves out answers that belong to no conversation', async () => {
    const { answer, kept, stored } = start()
    answer('a', [pcm(440, 100)], null)
    await kept.close()
    expect(stored).toEqual([])
  })

  it('waits for the entries before it, and is tried once more at the end', async () => {
    let isFull = true
    const { answer, kept, stored } = start(() => isFull)
    const entries = Promise.withResolvers<void>()
    kept.after(entries.promise)
    answer('a', [pcm(440, 100)])
    await Promise.resolve()
    expect(stored).toEqual([])
    isFull = false
    const closed = kept.close()
    entries.resolve()
    await closed
    expect(stored).toMatchObject([{ itemId: 'a' }])
  })

  it('stores what was refused before', async () => {
    let refused = 0
    const { answer, kept, stored } = start(() => (refused += 1) === 1)
    answer('a', [pcm(440, 100)])
    await kept.close()
    expect(stored).toMatchObject([{ itemId: 'a' }])
  })

  it('keeps no more than it can hold while the store does not answer', async () => {
    const { answer, kept, stored } = start()
    const entries = Promise.withResolvers<void>()
    kept.after(entries.promise)
    const minute = AudioPayload.fromBytes(new Uint8Array(60_000 * 48))
    for (let index = 0; index < 20; index += 1) answer(`i${index}`, [minute])
    entries.resolve()
    await kept.close()
    expect(stored.length).toBe(11)
  })
})
