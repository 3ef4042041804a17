import { describe, expect, it } from 'vitest'
import { comparable } from '../testing/dialect-laws.ts'
import { recordingNames } from '../testing/upstream/recorded-scenarios.ts'
import { readRecording } from '../testing/upstream/recorder.ts'
import type { Dialect } from './dialect.ts'
import { openaiBeta } from './openai-beta/index.ts'
import { openaiGa } from './openai-ga/index.ts'
import { voiceLive } from './voice-live/index.ts'

const dialects = [openaiGa, openaiBeta, voiceLive]
const spoken = [
  ['openai', openaiGa],
  ['azure-openai', openaiGa],
  ['azure-openai-preview', openaiBeta],
  ['voice-live', voiceLive],
] as const
const recordings: readonly (readonly [string, Dialect])[] = spoken.flatMap(([wire, dialect]) =>
  recordingNames(wire).map((name) => [name, dialect] as const),
)

describe('the recording', () => {
  it.each(recordings)('%s is written again frame by frame as it was', async (name, dialect) => {
    const { events } = await readRecording(name)
    const [client, server] = [dialect.connector(), dialect.acceptor()]
    for (const { from, event } of events) {
      const text = JSON.stringify(event)
      const frames =
        from === 'server'
          ? client.decode(text).flatMap((read) => server.encode(read))
          : server.decode(text).flatMap((read) => client.encode(read))
      expect(frames.map((frame): unknown => JSON.parse(String(frame)))).toEqual([event])
    }
    expect(events.length).toBeGreaterThan(10)
  })

  it.each(recordings)('%s can be told to clients of every dialect', async (name, dialect) => {
    const { events } = await readRecording(name)
    for (const other of dialects) {
      const [backend, client, reader] = [dialect.connector(), other.acceptor(), other.connector()]
      const heard = events
        .filter(({ from }) => from === 'server')
        .flatMap(({ event }) => backend.decode(JSON.stringify(event)))
      const told = heard.flatMap((event) => client.encode(event)).flatMap((frame) => reader.decode(frame))
      expect(told.filter(isSound).map(comparable)).toEqual(heard.filter(isSound).map(comparable))
      expect(told.filter(isEnd)).toHaveLength(heard.filter(isEnd).length)
    }
  })

  it.each(recordings)('%s: every backend can be told what its client says', async (name, dialect) => {
    const { events } = await readRecording(name)
    for (const other of dialects) {
      const [client, backend, reader] = [dialect.acceptor(), other.connector(), other.acceptor()]
      const said = events
        .filter(({ from }) => from === 'client')
        .flatMap(({ event }) => client.decode(JSON.stringify(event)))
        .filter(({ type }) => type !== 'extension' && type !== 'session.update')
      const told = said.flatMap((event) => backend.encode(event)).flatMap((frame) => reader.decode(frame))
      expect(told.map(({ type }) => type)).toEqual(said.map(({ type }) => type))
    }
  })
})

function isSound({ type }: { readonly type: string }): boolean {
  return type === 'response.output_audio.delta' || type === 'response.output_audio_transcript.delta'
}

function isEnd({ type }: { readonly type: string }): boolean {
  return type === 'response.done' || type === 'conversation.item.done'
}
