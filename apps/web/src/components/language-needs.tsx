'use client'

import type { LanguageCapability } from '@parley/core'
import type { JSX } from 'react'
import type { Download } from '../gateway-client.ts'
import type { Messages } from '../i18n/en.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'

/** Says what the chosen language needs on this backend, and offers what can be downloaded for it. */
export function LanguageNeeds({ language }: { readonly language: LanguageCapability }): JSX.Element | null {
  const { text, format } = usePreferences()
  const { downloads } = usePlayground()
  const name = format.languageName(language.code)
  const offered = language.downloads.flatMap(
    (id) => downloads.all.find((download) => download.id === id) ?? [],
  )
  const isReady = language.recognition === 'ready' && language.speech === 'ready'
  if (isReady && offered.length === 0) return null
  return (
    <div
      className="needs"
      role="group"
      aria-label={text.needs.label}
      data-ready={isReady}
      data-testid="language-needs"
    >
      {sentences(language, name, text.needs).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {offered.map((download) => (
        <DownloadRow key={download.id} download={download} />
      ))}
    </div>
  )
}

function sentences(language: LanguageCapability, name: string, text: Messages['needs']): readonly string[] {
  const { recognition, speech } = language
  const missing = [
    ...(recognition === 'none' ? [text.noRecognition(name)] : []),
    ...(speech === 'none' ? [text.noSpeech(name)] : []),
  ]
  if (recognition === 'download' && speech === 'download') return [text.downloadBoth(name)]
  if (recognition === 'download') return [...missing, text.downloadRecognition(name)]
  if (speech === 'download') return [...missing, text.downloadSpeech(name)]
  return missing.length > 0 ? missing : [text.ready(name)]
}

function DownloadRow({ download }: { readonly download: Download }): JSX.Element {
  const { text, format } = usePreferences()
  const { downloads } = usePlayground()
  const { id, title, purpose, licence, source, totalBytes, doneBytes, status } = download
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
