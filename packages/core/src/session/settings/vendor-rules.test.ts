import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import type { AudioInputConfig, AudioOutputConfig } from '../../events/session-config.ts'
import type { Capabilities } from '../../providers/capabilities.ts'
import { fullCapabilities } from '../../testing/full-capabilities.ts'
import {
  openTestSession,
  speaking,
  testSession,
  toldBackend,
  toldClient,
} from '../../testing/session-fixture.ts'
import { initialState } from '../session-state.ts'
import { step } from '../step.ts'

const asks = (audio: { input?: AudioInputConfig; output?: AudioOutputConfig }): ClientEvent => ({
  type: 'session.update',
  session: { type: 'realtime', audio },
})

describe('a transcription model of another vendor', () => {
  const asked = asks({ input: { transcription: { model: 'whisper-1', language: 'de' } } })

  it("is replaced by the backend's own, with a warning", () => {
    const outputs = openTestSession({ capabilities: { transcriptionModels: ['azure-speech'] } }).client(asked)
    expect(toldClient(outputs)).toMatchObject([
      { type: 'warning', warning: { param: 'session.audio.input.transcription.model' } },
    ])
    expect(toldBackend(outputs)).toEqual([
      asks({ input: { transcription: { model: 'azure-speech', language: 'de' } } }),
    ])
  })

  it("is the backend's own where the client names none", () => {
    const unnamed = asks({ input: { transcription: { language: 'de' } } })
    const outputs = openTestSession({ capabilities: { transcriptionModels: ['azure-speech'] } }).client(
      unnamed,
    )
    expect(toldClient(outputs)).toEqual([])
    expect(toldBackend(outputs)).toEqual([
      asks({ input: { transcription: { model: 'azure-speech', language: 'de' } } }),
    ])
  })

  it.each([[['azure-speech', 'whisper-1']], [[]]])(
    'passes where the backend has %j',
    (transcriptionModels) => {
      const outputs = openTestSession({ capabilities: { transcriptionModels } }).client(asked)
      expect(toldClient(outputs)).toEqual([])
      expect(toldBackend(outputs)).toEqual([asked])
    },
  )
})

describe('the voice after the backend has spoken', () => {
  const afterSound = (capabilities: Partial<Capabilities>) => {
    const session = openTestSession({ capabilities })
    for (const event of speaking('resp_1', 'item_1', { words: 'Hi.', ms: 200 })) session.provider(event, 1)
    return session
  }

  it('is locked where the backend locks it', () => {
    const outputs = afterSound({ voiceLock: 'first-sound' }).client(asks({ output: { voice: 'bob' } }))
    expect(toldClient(outputs)).toMatchObject([
      { error: { code: 'cannot_update_voice', param: 'session.audio.output.voice' } },
    ])
    expect(toldBackend(outputs)).toEqual([])
  })

  it('may be named again', () => {
    const outputs = afterSound({ voiceLock: 'first-sound' }).client(asks({ output: { voice: 'ada' } }))
    expect(toldBackend(outputs)).toHaveLength(1)
  })

  it('may change where the backend lets it, and before the first sound', () => {
    const change = asks({ output: { voice: 'bob' } })
    expect(toldBackend(afterSound({ voiceLock: 'none' }).client(change))).toHaveLength(1)
    const fresh = openTestSession({ capabilities: { voiceLock: 'first-sound' } })
    expect(toldBackend(fresh.client(change))).toHaveLength(1)
  })
})

describe('a stored image', () => {
  const image = { type: 'input_image', image_url: 'data:image/png;base64,AA==' } as const
  const told = (inputModalities: Capabilities['inputModalities']) => {
    const sent = runOpening(inputModalities)
    return sent.flatMap((event) =>
      event.type === 'conversation.item.create' && event.item.type === 'message'
        ? [event.item.content.map(({ type }) => type)]
        : [],
    )
  }
  function runOpening(inputModalities: Capabilities['inputModalities']): readonly ClientEvent[] {
    const state = initialState({
      capabilities: { ...fullCapabilities, inputModalities },
      conversationId: 'conv_1',
      items: [
        { id: 'a', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'look' }, image] },
        { id: 'b', type: 'message', role: 'user', content: [image] },
      ],
      idSeed: 't',
    })
    const created = { type: 'session.created', event_id: 'e', session: testSession } as const
    return toldBackend(step(state, { from: 'provider', event: created, at: 0 }).outputs)
  }

  it('is shown again to a backend that sees', () => {
    expect(told(['text', 'image'])).toEqual([['input_text', 'input_image'], ['input_image']])
  })

  it('is left out for one that does not', () => {
    expect(told(['text'])).toEqual([['input_text']])
  })
})
