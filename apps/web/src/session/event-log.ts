/** One line of the log: an event, or a run of audio events of one kind. */
export interface LogEntry {
  readonly id: number
  /** Unix ms of the last event of the line. */
  readonly at: number
  readonly direction: 'sent' | 'received'
  readonly type: string
  /** 1, or how many events of one kind the line stands for. */
  readonly count: number
  /** Audio bytes of the run, 0 for other events. */
  readonly audioBytes: number
  readonly event: unknown
}

/** Events kept; the oldest make room. */
export const maxLogEntries = 500

const audioTypes: ReadonlySet<string> = new Set([
  'input_audio_buffer.append',
  'response.output_audio.delta',
  'parley.playback.update',
  'parley.session.progress',
])

/** True for events that carry audio, or come and go with it. */
export function isAudio(entry: Pick<LogEntry, 'type'>): boolean {
  return audioTypes.has(entry.type)
}

/** What comes many times a second. */
function isFrequent(entry: Pick<LogEntry, 'type'>): boolean {
  return isAudio(entry) || entry.type === 'parley.playback.update'
}

/** The log with one event more. A frequent one joins the line before when that is of the same kind. */
export function logEvent(
  log: readonly LogEntry[],
  entry: Omit<LogEntry, 'id' | 'count'>,
): readonly LogEntry[] {
  const last = log.at(-1)
  if (last && isFrequent(entry) && last.type === entry.type) {
    const { count, audioBytes, id } = last
    return [
      ...log.slice(0, -1),
      { ...entry, id, count: count + 1, audioBytes: audioBytes + entry.audioBytes },
    ]
  }
  return [...log.slice(1 - maxLogEntries), { ...entry, id: (last?.id ?? 0) + 1, count: 1 }]
}

/** What a person asked to see of the log. */
export interface LogFilter {
  readonly text: string
  readonly direction: 'both' | LogEntry['direction']
  readonly audio: boolean
}

/** Lines that pass the filter; its text is looked for in the type and in the JSON. */
export function filterLog(log: readonly LogEntry[], filter: LogFilter): readonly LogEntry[] {
  const text = filter.text.trim().toLowerCase()
  return log.filter(
    (entry) =>
      (filter.audio || !isAudio(entry)) &&
      (filter.direction === 'both' || filter.direction === entry.direction) &&
      (text === '' || entry.type.includes(text) || JSON.stringify(entry.event).toLowerCase().includes(text)),
  )
}

/** Lines as newline-delimited JSON, for a bug report. */
export function logText(log: readonly LogEntry[]): string {
  return log
    .map(({ at, direction, count, audioBytes, event }) =>
      JSON.stringify({
        at: new Date(at).toISOString(),
        direction,
        ...(audioBytes > 0 && { count, audioBytes }),
        event,
      }),
    )
    .join('\n')
}
