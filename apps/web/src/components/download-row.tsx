'use client'

import type { JSX } from 'react'
import type { Download } from '../gateway-client.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'

/** One model to download: its size and licence, its progress, and what can be done about it. */
export function DownloadRow({ download }: { readonly download: Download }): JSX.Element {
  const { text, format } = usePreferences()
  const { downloads } = usePlayground()
  const { id, purpose, licence, source, totalBytes, doneBytes, status } = download
  const title = text.downloads.title(download.title, id)
  const isRunning = status === 'downloading'
  const action = (): string => {
    if (status === 'failed') return text.downloads.retry
    return doneBytes > 0 ? text.downloads.resume : text.downloads.start
  }
  return (
    <div className="download" data-testid="download" data-id={id} data-status={status}>
      <div className="download-head">
        <div>
          <p className="download-title">{title}</p>
          <p className="download-facts">
            {text.downloads.purposes[purpose]} · {format.megabytes(totalBytes)} ·{' '}
            <a href={source} target="_blank" rel="noreferrer" title={text.downloads.source(title)}>
              {text.downloads.licence(licence)}
            </a>
          </p>
        </div>
        {status === 'ready' && <span className="download-ready">{text.downloads.ready}</span>}
        {isRunning && (
          <button type="button" className="button small" onClick={() => downloads.cancel(id)}>
            {text.downloads.cancel}
          </button>
        )}
        {(status === 'absent' || status === 'failed') && (
          <button type="button" className="button small strong" onClick={() => downloads.start(id)}>
            {action()}
          </button>
        )}
      </div>
      {isRunning && (
        <div className="download-progress">
          <progress
            value={doneBytes}
            max={Math.max(1, totalBytes)}
            aria-label={text.downloads.progressLabel(title)}
          />
          <span>{text.downloads.progress(format.megabytes(doneBytes), format.megabytes(totalBytes))}</span>
        </div>
      )}
      {status === 'failed' && (
        <p className="download-error" role="alert">
          {text.downloads.failed} {download.error}
        </p>
      )}
    </div>
  )
}
