'use client'

import { memo, useDeferredValue, useEffect, useMemo, useState, type JSX, type ReactNode } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { filterLog, logText, type LogEntry, type LogFilter } from '../session/event-log.ts'
import { usePlayground } from './playground-context.tsx'
import { Segmented } from './segmented.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'
import { useStore } from './use-store.ts'

/** What went over the wire, in both directions. */
export function EventPanel(props: {
  /** Stands where its title does in wide windows. */
  readonly choice: ReactNode
}): JSX.Element {
  const { text } = usePreferences()
  const { controller } = usePlayground()
  const log = useDeferredValue(useStore(controller.log))
  const [filter, setFilter] = useState<LogFilter>({ text: '', direction: 'both', audio: false })
  const [isCopied, setIsCopied] = useState(false)
  const shown = useMemo(() => filterLog(log, filter), [log, filter])
  const { ref, onScroll } = useStickToEnd(shown)
  useEffect(() => {
    if (!isCopied) return undefined
    const timer = setTimeout(() => setIsCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [isCopied])

  return (
    <>
      <div className="panel-head">
        {props.choice}
        <h2 id="events-title">{text.events.label}</h2>
        <div className="panel-actions">
          <button
            type="button"
            className="button small"
            disabled={shown.length === 0}
            onClick={() => void navigator.clipboard?.writeText(logText(shown)).then(() => setIsCopied(true))}
          >
            {isCopied ? text.events.copied : text.events.copy}
          </button>
          <button
            type="button"
            className="button small"
            disabled={log.length === 0}
            onClick={() => controller.clearLog()}
          >
            {text.events.clear}
          </button>
        </div>
      </div>
      <div className="events-filter">
        <input
          type="search"
          value={filter.text}
          placeholder={text.events.filter}
          aria-label={text.events.filter}
          data-testid="event-filter"
          onChange={({ target }) => setFilter({ ...filter, text: target.value })}
        />
        <Segmented<LogFilter['direction']>
          label={text.events.direction}
          value={filter.direction}
          onChange={(direction) => setFilter({ ...filter, direction })}
          segments={[
            { value: 'both', content: text.events.both },
            { value: 'sent', content: text.events.sent },
            { value: 'received', content: text.events.received },
          ]}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={filter.audio}
            onChange={({ target }) => setFilter({ ...filter, audio: target.checked })}
          />
          {text.events.audio}
        </label>
      </div>
      <div
        className="events-scroll"
        ref={ref}
        tabIndex={0}
        role="group"
        aria-label={text.events.label}
        onScroll={onScroll}
      >
        {shown.length === 0 && (
          <p className="events-empty">{log.length === 0 ? text.events.empty : text.events.nothingFound}</p>
        )}
        {shown.map((entry) => (
          <EventRow key={entry.id} entry={entry} />
        ))}
      </div>
    </>
  )
}

const EventRow = memo(function EventRow({ entry }: { readonly entry: LogEntry }): JSX.Element {
  const { text, format } = usePreferences()
  const [isOpen, setIsOpen] = useState(false)
  const direction = entry.direction === 'sent' ? text.events.sent : text.events.received
  return (
    <details
      className="event"
      data-direction={entry.direction}
      data-type={entry.type}
      data-testid="event"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <span className="event-direction" aria-hidden="true">
          {entry.direction === 'sent' ? '↑' : '↓'}
        </span>
        <span className="visually-hidden">{direction}</span>
        <span className="event-type">{entry.type}</span>
        {(entry.audioBytes > 0 || entry.count > 1) && (
          <span className="event-count">
            ×{format.integer(entry.count)}{' '}
            {entry.audioBytes > 0 && text.events.bytes(format.integer(entry.audioBytes / 1000))}
          </span>
        )}
        <time className="event-time">{format.preciseTime(entry.at)}</time>
      </summary>
      {isOpen && <pre tabIndex={0}>{JSON.stringify(entry.event, null, 2)}</pre>}
    </details>
  )
})
