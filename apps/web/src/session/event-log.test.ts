import { describe, expect, it } from 'vitest'
import { filterLog, logEvent, logText, maxLogEntries, type LogEntry } from './event-log.ts'

type Seen = Omit<LogEntry, 'id' | 'count'>
const append: Seen = {
  at: 1,
  direction: 'sent',
  type: 'input_audio_buffer.append',
  audioBytes: 960,
  event: {},
}
const created: Seen = {
  at: 2,
  direction: 'received',
  type: 'response.created',
  audioBytes: 0,
  event: { response: { id: 'resp_Xy' } },
}
const fill = (events: readonly Seen[]): readonly LogEntry[] =>
  events.reduce<readonly LogEntry[]>(logEvent, [])
const all = { text: '', direction: 'both', audio: true } as const

describe('the event log', () => {
  it('makes one line of a run of audio and keeps its size', () => {
    expect(fill([append, append, created, append])).toMatchObject([
      { id: 1, count: 2, audioBytes: 1920 },
      { id: 2, count: 1, audioBytes: 0 },
      { id: 3, count: 1, audioBytes: 960 },
    ])
  })

  it('forgets the oldest lines', () => {
    const log = fill(Array.from({ length: maxLogEntries + 5 }, () => created))
    expect([log.length, log[0]?.id, log.at(-1)?.id]).toEqual([maxLogEntries, 6, maxLogEntries + 5])
  })

  it('finds by type and by content, whatever the case', () => {
    const log = fill([append, created])
    expect(filterLog(log, { ...all, text: 'RESPONSE.' })).toHaveLength(1)
    expect(filterLog(log, { ...all, text: 'resp_xy' })).toHaveLength(1)
    expect(filterLog(log, { ...all, text: 'nothing' })).toHaveLength(0)
  })

  it('filters by direction and leaves audio out when asked', () => {
    const log = fill([append, created])
    expect(filterLog(log, { ...all, direction: 'sent' })).toMatchObject([{ type: append.type }])
    expect(filterLog(log, { ...all, audio: false })).toMatchObject([{ type: created.type }])
  })

  it('copies as one JSON object a line', () => {
    const lines = logText(fill([append, created])).split('\n')
    expect(lines.map((line) => JSON.parse(line).direction)).toEqual(['sent', 'received'])
  })
})
