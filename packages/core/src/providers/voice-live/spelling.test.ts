import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import { nameNativeVoice } from './native-voice.ts'
import { nameImagesAsBefore } from './old-images.ts'

const ava = { type: 'azure-realtime-native', name: 'ava' }

describe('the voices of azure-realtime', () => {
  it('are said with their type in a session and in a response', () => {
    const session = { type: 'realtime', audio: { output: { voice: 'ava' } } } as const
    expect(nameNativeVoice({ type: 'session.update', session })).toMatchObject({
      session: { audio: { output: { voice: 'ava' } }, extensions: { voice: ava } },
    })
    const response = { audio: { output: { voice: 'ava' } }, extensions: { temperature: 1 } }
    expect(nameNativeVoice({ type: 'response.create', response })).toMatchObject({
      response: { extensions: { temperature: 1, voice: ava } },
    })
  })

  it('leave other voices, and one that is said in full, alone', () => {
    const events: readonly ClientEvent[] = [
      { type: 'session.update', session: { type: 'realtime', audio: { output: { voice: 'marin' } } } },
      {
        type: 'session.update',
        session: {
          type: 'realtime',
          audio: { output: { voice: 'ava' } },
          extensions: { voice: { ...ava, rate: '1.2' } },
        },
      },
      { type: 'response.cancel' },
    ]
    expect(events.map(nameNativeVoice)).toEqual(events)
  })
})

describe('images for an old version', () => {
  const image = { type: 'input_image', image_url: 'data:image/png;base64,AA==', detail: 'low' } as const
  const item = { type: 'message', role: 'user', content: [image] } as const
  const old = {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_image', url: image.image_url, detail: 'low' }],
  }

  it('have their old name in an item and in the input of a response', () => {
    expect(
      nameImagesAsBefore({ type: 'conversation.item.create', item: { ...item, content: [image] } }),
    ).toEqual({
      type: 'conversation.item.create',
      item: old,
    })
    const reference = { type: 'item_reference', id: 'item_1' } as const
    expect(
      nameImagesAsBefore({
        type: 'response.create',
        response: { input: [reference, { ...item, content: [image] }] },
      }),
    ).toEqual({ type: 'response.create', response: { input: [reference, old] } })
  })
})
