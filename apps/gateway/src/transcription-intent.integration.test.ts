import { bytesToBase64 } from '@parley/audio'
import { describe, expect, it } from 'vitest'
import { useLocalGateways } from './testing/local-gateways.ts'
import { atSpeakingPace } from './testing/spoken-text.ts'
import { connect } from './testing/test-client.ts'

const gateways = useLocalGateways('What can you remember?')

describe('a session opened to write speech down', () => {
  it.each([
    ['openai-ga', { type: 'transcription' }],
    ['openai-beta', {}],
  ])('writes it down and does not answer (%s)', async (dialect, kind) => {
    using client = await connect(`${gateways.embedded}/v1/realtime?intent=transcription&dialect=${dialect}`)
    await client.next('session.created')
    if ('type' in kind) {
      client.send({ type: 'session.update', session: kind })
      await client.next('session.updated')
    }
    await atSpeakingPace(gateways.question, (frame) =>
      client.send({ type: 'input_audio_buffer.append', audio: bytesToBase64(frame) }),
    )
    const heard = await client.next('conversation.item.input_audio_transcription.completed')
    expect(heard).toMatchObject({ transcript: expect.stringMatching(/what can you remember/i) })
    expect(client.events.filter(({ type }) => /^(response\.|error)/.test(type))).toEqual([])
  })
})
