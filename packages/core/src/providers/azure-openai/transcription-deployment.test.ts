import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import { nameTranscription } from './transcription-deployment.ts'

function update(
  model: string | null | undefined,
  type: 'realtime' | 'transcription' = 'realtime',
): ClientEvent {
  const transcription = { language: 'de', ...(model === undefined ? {} : { model }) }
  return {
    type: 'session.update',
    event_id: 'e1',
    session: { type, audio: { input: { transcription, turn_detection: null } } },
  }
}

describe('naming the transcription deployment', () => {
  it.each(['whisper-1', 'gpt-4o-transcribe', null, undefined])('replaces %s', (model) => {
    expect(nameTranscription(update(model), 'mine')).toEqual(update('mine'))
    expect(nameTranscription(update(model, 'transcription'), 'mine')).toEqual(update('mine', 'transcription'))
  })

  it('keeps the name of another deployment', () => {
    expect(nameTranscription(update('theirs'), 'mine')).toEqual(update('theirs'))
  })

  it('leaves everything else alone', () => {
    const off: ClientEvent = {
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { transcription: null } } },
    }
    expect(nameTranscription(off, 'mine')).toBe(off)
    const cancel: ClientEvent = { type: 'response.cancel' }
    expect(nameTranscription(cancel, 'mine')).toBe(cancel)
  })
})
