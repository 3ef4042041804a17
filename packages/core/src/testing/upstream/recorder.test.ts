import { describe, expect, it } from 'vitest'
import { recordingNames } from './recorded-scenarios.ts'
import { createRecorder, parseRecording, readRecording } from './recorder.ts'
import { doors } from './raw-scene.ts'
import type { WireName } from './wire.ts'

describe('a recorder', () => {
  it('takes down who said what when, and how it ended', () => {
    let now = 100
    const recorder = createRecorder(() => now)
    recorder.onEvent('server', { type: 'session.created' })
    now += 7.4
    recorder.onEvent('client', { type: 'response.create' })
    now += 3
    recorder.onClose(1006, '')
    expect(parseRecording(recorder.text())).toEqual({
      events: [
        { at: 0, from: 'server', event: { type: 'session.created' } },
        { at: 7, from: 'client', event: { type: 'response.create' } },
      ],
      close: { at: 10, code: 1006, reason: '' },
    })
  })

  it('shortens sound, wherever it is, and nothing else', () => {
    const long = 'A'.repeat(1000)
    const recorder = createRecorder(() => 0)
    recorder.onEvent('server', { type: 'response.audio.delta', delta: long })
    recorder.onEvent('server', { type: 'response.audio_transcript.delta', delta: long })
    recorder.onEvent('client', { type: 'x', item: { content: [{ type: 'input_audio', audio: long }] } })
    expect(parseRecording(recorder.text()).events.map(({ event }) => event)).toEqual([
      { type: 'response.audio.delta', delta: 'A'.repeat(64) },
      { type: 'response.audio_transcript.delta', delta: long },
      { type: 'x', item: { content: [{ type: 'input_audio', audio: 'A'.repeat(64) }] } },
    ])
  })

  it('names the line that is no recorded event', () => {
    expect(() => parseRecording('{"at":0,"from":"server","event":{}}\n{"at":1}')).toThrow(/Line 2/)
  })
})

describe('the recordings', () => {
  const wires = Object.keys(doors) as readonly WireName[]

  it.each(wires.flatMap(recordingNames))('%s begins with a session and runs forwards', async (name) => {
    const { events } = await readRecording(name)
    const times = events.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(events.find(({ from }) => from === 'client')).toBeDefined()
    expect(events.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({
        type: 'session.created',
        session: expect.objectContaining({ id: expect.any(String) }),
      }),
    )
  })

  it('hold at least four conversations of each wire', () => {
    expect(wires.map((wire) => recordingNames(wire).length).every((count) => count >= 4)).toBe(true)
  })
})
