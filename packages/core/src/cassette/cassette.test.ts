import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../errors.ts'
import { AudioPayload } from '../events/audio-payload.ts'
import type { ClientEvent } from '../events/client-events.ts'
import type { CassetteHeader } from './format.ts'
import { parseCassette } from './read-cassette.ts'
import { createRedactor } from './redact.ts'
import { createTape } from './tape.ts'
import type { TapeOptions } from './tape.ts'

const pcm = { type: 'audio/pcm' as const, rate: 24_000 }
const header: CassetteHeader = {
  format: 'parley.cassette/1',
  id: 'one',
  recordedAt: '2026-11-23T10:00:00.000Z',
  backend: 'test',
  dialect: 'openai-ga',
  capabilities: {
    title: 'Test',
    inputFormats: [pcm],
    outputFormats: [pcm],
    turnDetection: ['server_vad'],
    interruption: 'native',
    outputModalities: ['audio'],
    inputTranscription: 'native',
    tools: [],
  },
  audio: 'kept',
}
const sound = AudioPayload.fromBytes(Uint8Array.from({ length: 960 }, (_, index) => index % 200))
const append: ClientEvent = { type: 'input_audio_buffer.append', audio: sound }

/** A recording into memory with a clock that is set by hand. */
function record(options: Partial<TapeOptions> = {}) {
  const written: string[] = []
  const dropped: RealtimeError[] = []
  const clock = { ms: 1000 }
  let closed = false
  const tape = createTape({
    header,
    sink: {
      append: async (text) => void written.push(text),
      close: async () => void (closed = true),
    },
    redact: createRedactor([]),
    now: () => clock.ms,
    onDropped: (error) => dropped.push(error),
    ...options,
  })
  return { tape, clock, dropped, text: () => written.join(''), isClosed: () => closed }
}

describe('a tape', () => {
  it('keeps both directions with their times, so that they can be read again as they were', async () => {
    const { tape, clock, text, isClosed } = record()
    tape.record('backend', { type: 'session.created', event_id: 'e', session: { type: 'realtime' } })
    clock.ms += 20.04
    tape.record('client', append)
    clock.ms += 0.16
    const extension = {
      type: 'extension',
      dialect: 'voice-live',
      event: { type: 'new.thing', a: 1 },
    } as const
    tape.record('backend', extension)
    await tape.end()
    expect(isClosed()).toBe(true)
    const cassette = parseCassette(text())
    expect(cassette.header).toEqual(header)
    expect(cassette.entries.map(({ t, from }) => [t, from])).toEqual([
      [0, 'backend'],
      [20, 'client'],
      [20.2, 'backend'],
    ])
    expect(cassette.entries[1]?.event).toMatchObject({ audio: { base64: sound.base64 } })
    expect(cassette.entries[2]?.event).toEqual(extension)
    expect(cassette.end).toEqual({ events: 3 })
  })

  it('leaves sound out with its length, in the format of its direction, and inside of items', async () => {
    const { tape, text } = record({ header: { ...header, audio: 'left-out' } })
    const output = { format: { type: 'audio/pcmu' } } as const
    tape.record('backend', {
      type: 'session.updated',
      event_id: 'e',
      session: { type: 'realtime', audio: { output } },
    })
    tape.record('client', append)
    const place = { event_id: 'e', response_id: 'r', item_id: 'i', output_index: 0, content_index: 0 }
    tape.record('backend', { type: 'response.output_audio.delta', ...place, delta: sound })
    const content = [{ type: 'input_audio' as const, audio: sound.base64.repeat(2) }]
    tape.record('client', {
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content },
    })
    await tape.end()
    const { entries } = parseCassette(text())
    expect(entries.map(({ leftOut }) => leftOut)).toEqual([
      undefined,
      { ms: 20, bytes: 960 },
      { ms: 120, bytes: 960 },
      undefined,
    ])
    expect(text()).not.toContain(sound.base64.slice(0, 40))
  })

  it('gives up a recording the disk is too slow for, and says so in its last line', async () => {
    const disk = Promise.withResolvers<void>()
    const written: string[] = []
    const { tape, dropped } = record({
      maxPendingBytes: 10_000,
      flushMs: 0,
      sink: {
        async append(text) {
          await disk.promise
          written.push(text)
        },
        close: async () => undefined,
      },
    })
    for (let count = 0; count < 20; count++) tape.record('client', append)
    expect(dropped.map(({ code }) => code)).toEqual(['buffer_overflow'])
    disk.resolve()
    await tape.end()
    const { entries, end } = parseCassette(written.join(''))
    expect(entries).toEqual([])
    expect(end).toEqual({ events: 0, dropped: expect.stringContaining('too slow') })
  })

  it('survives a disk that fails', async () => {
    const { tape, dropped } = record({
      sink: {
        append: async () => {
          throw new Error('EIO')
        },
        close: async () => undefined,
      },
    })
    tape.record('client', append)
    await tape.end()
    tape.record('client', append)
    expect(dropped.map(({ code }) => code)).toEqual(['store_unavailable'])
  })

  it('writes nothing while an event passes', async () => {
    const { tape, text } = record({ flushMs: 1_000_000 })
    await setImmediate()
    const before = text()
    tape.record('client', append)
    await setImmediate()
    expect(text()).toBe(before)
    await tape.end()
    expect(text()).not.toBe(before)
  })
})

describe('reading a cassette', () => {
  const lines = [
    JSON.stringify(header),
    '{"t":0,"from":"client","event":{"type":"response.create"}}',
    '{"t":5.5,"from":"backend","event":{"type":"input_audio_buffer.cleared","event_id":"e"}}',
  ]

  it('reads what stands before a last line that was cut off', () => {
    const { entries, end, durationMs } = parseCassette(`${lines.join('\n')}\n{"t":7,"from":"ba`)
    expect(entries).toHaveLength(2)
    expect({ end, durationMs }).toEqual({ end: undefined, durationMs: 5.5 })
  })

  it.each([
    ['not JSON', '{'],
    ['no event', '{"t":1,"from":"client"}'],
    ['an event that breaks its rules', '{"t":1,"from":"client","event":{"type":"session.update"}}'],
    ['a time before the beginning', '{"t":-1,"from":"client","event":{"type":"response.create"}}'],
  ])('names the first bad line by its number: %s', (_name, bad) => {
    const text = [...lines.slice(0, 2), bad, 'nonsense', ''].join('\n')
    expect(() => parseCassette(text)).toThrow(/^Line 3 of the cassette/)
  })

  it('refuses another version, and what is no cassette', () => {
    const other = JSON.stringify({ ...header, format: 'parley.cassette/2' })
    expect(() => parseCassette(`${other}\n`)).toThrow(
      'parley.cassette/2; this version reads parley.cassette/1',
    )
    expect(() => parseCassette('hello\n')).toThrow(/^Line 1/)
    expect(() => parseCassette(`${JSON.stringify({ ...header, id: '../x' })}\n`)).toThrow(/^Line 1/)
  })
})
