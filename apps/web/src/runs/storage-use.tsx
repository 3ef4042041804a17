'use client'

import { useEffect, useState, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import { formatBytes } from './format-bytes.ts'
import type { RunSummary } from './run-summary.ts'

/** Share of the quota from which on the storage is nearly full. */
const nearlyFull = 0.9

/** What the runs take of the browser's storage, and how to get it back. */
export function StorageUse(props: {
  readonly runs: readonly RunSummary[]
  readonly onDropSound: (runs: readonly RunSummary[]) => void
}): JSX.Element {
  const { runs } = props
  const { storage: text } = useRunsText()
  const { language } = usePreferences()
  const [estimate, setEstimate] = useState<{ readonly usage: number; readonly quota: number }>()
  const [persistence, setPersistence] = useState<'unknown' | 'persisted' | 'offered' | 'refused'>('unknown')
  useEffect(() => {
    let isCurrent = true
    // Browsers tell neither in an insecure context.
    void navigator.storage?.estimate().then(({ usage = 0, quota = 0 }) => {
      if (isCurrent) setEstimate({ usage, quota })
    })
    void navigator.storage?.persisted().then((persisted) => {
      if (isCurrent)
        setPersistence((before) => (before === 'refused' ? before : persisted ? 'persisted' : 'offered'))
    })
    return () => {
      isCurrent = false
    }
  }, [runs])
  const withSound = runs.filter(({ soundBytes }) => soundBytes > 0)
  const sound = withSound.reduce((sum, { soundBytes }) => sum + soundBytes, 0)
  const share = estimate && estimate.quota > 0 ? estimate.usage / estimate.quota : 0
  return (
    <section className="storage" aria-label={text.label} data-testid="storage">
      {estimate && estimate.quota > 0 && (
        <>
          <div className="storage-bar" aria-hidden="true" data-full={share > nearlyFull}>
            <span style={{ inlineSize: `${Math.max(0.5, share * 100)}%` }} />
          </div>
          <p>{text.use(formatBytes(estimate.usage, language), formatBytes(estimate.quota, language))}</p>
        </>
      )}
      {sound > 0 && (
        <p>
          {text.sound(formatBytes(sound, language))}{' '}
          <button
            type="button"
            className="link-button"
            data-testid="drop-all"
            onClick={() => props.onDropSound(withSound)}
          >
            {text.dropAll}
          </button>
        </p>
      )}
      {persistence === 'offered' && (
        <p>
          <button
            type="button"
            className="link-button"
            title={text.persistHint}
            onClick={() =>
              void navigator.storage
                .persist()
                .then((granted) => setPersistence(granted ? 'persisted' : 'refused'))
            }
          >
            {text.persist}
          </button>
        </p>
      )}
      {(persistence === 'persisted' || persistence === 'refused') && (
        <p role="status">{persistence === 'persisted' ? text.persisted : text.refused}</p>
      )}
      {share > nearlyFull && <p role="alert">{text.nearlyFull}</p>}
    </section>
  )
}
