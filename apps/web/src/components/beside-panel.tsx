'use client'

import { lazy, Suspense, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { EventPanel } from './event-panel.tsx'
import { Segmented } from './segmented.tsx'

/** Comes with its texts when it is looked at for the first time. */
const MemoryPanel = lazy(async () => ({ default: (await import('../memory/memory-panel.tsx')).MemoryPanel }))

/** What stands beside the conversation. */
export type BesideView = 'events' | 'memory'

/** Beside the conversation: the events on the wire, or what is remembered. */
export function BesidePanel(props: {
  readonly beside: BesideView
  readonly onChange: (beside: BesideView) => void
}): JSX.Element {
  const { beside, onChange } = props
  const { text } = usePreferences()
  const choice = (
    <div className="beside-choice">
      <Segmented<BesideView>
        testId="beside"
        label={text.views.label}
        value={beside}
        onChange={onChange}
        segments={[
          { value: 'events', content: text.views.events },
          { value: 'memory', content: text.views.memory },
        ]}
      />
    </div>
  )
  return (
    <section className="panel events" aria-labelledby={`${beside}-title`}>
      {beside === 'events' ? (
        <EventPanel choice={choice} />
      ) : (
        <>
          <div className="panel-head">
            {choice}
            <h2 id="memory-title">{text.views.memory}</h2>
          </div>
          <div className="memory-scroll" tabIndex={0} role="group" aria-labelledby="memory-title">
            <Suspense>
              <MemoryPanel />
            </Suspense>
          </div>
        </>
      )}
    </section>
  )
}
