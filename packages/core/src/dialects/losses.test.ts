import { describe, expect, it } from 'vitest'
import { ResponseExtensions, SessionExtensions } from '../events/extensions.ts'
import { voiceLiveClientSamples } from '../testing/voice-live-samples.ts'
import { losses } from './losses.ts'

describe('the table of losses', () => {
  it('has a row for every extension', () => {
    const fields = [
      ...Object.keys(SessionExtensions.shape).map((key) => `session.${key}`),
      ...Object.keys(ResponseExtensions.shape).map((key) => `response.${key}`),
    ]
    const rows = losses.filter(({ dialect }) => dialect === 'voice-live').map(({ what }) => what)
    expect(fields.filter((field) => !rows.includes(field))).toEqual([])
  })

  it.each([
    ['session.avatar', 'unsupported'],
    ['session.interim_response', 'warning'],
    ['session.voice', 'supplied'],
    ['response.pre_generated_assistant_message', 'unsupported'],
    ['conversation.item.done', 'omitted'],
  ])('says of %s that it is %s', (what, outcome) => {
    expect(losses.find((loss) => loss.what === what)?.outcome).toBe(outcome)
  })

  it('says each thing once', () => {
    const keys = losses.map(({ dialect, what }) => `${dialect} ${what}`)
    expect(keys).toEqual([...new Set(keys)])
  })

  it('has the client events that are passed on', () => {
    const types = ['session.avatar.connect', 'input_audio.turn.append', 'input_text.delta']
    expect(voiceLiveClientSamples.map(({ type }) => type)).toEqual(expect.arrayContaining(types))
    expect(losses.map(({ what }) => what)).toEqual(expect.arrayContaining(types))
  })
})
