'use client'

import Link from 'next/link'
import { useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { saveFile } from '../components/save-file.ts'
import { Segmented } from '../components/segmented.tsx'
import { useListenText } from '../i18n/listen-messages.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { defaultSettings, loadSettings, saveSettings } from '../session/settings.ts'
import type { LabSettings } from './lab-settings.ts'
import { inPlayground } from './playground-settings.ts'
import { formsOf, sessionUpdateOf, unsentSettings, type WireForm } from './session-json.ts'

/** The settings as a client sends them, to copy, to save, or to talk with at once. */
export function ExportSection(props: {
  readonly settings: LabSettings
  readonly form: WireForm
  readonly onForm: (form: WireForm) => void
}): JSX.Element {
  const { settings, form } = props
  const { export: text, settings: names } = useListenText()
  const { format, language } = usePreferences()
  const [copied, setCopied] = useState('')
  const json = JSON.stringify(sessionUpdateOf(settings, form), null, 2)
  const unsent = unsentSettings(settings, form).flatMap(
    (name) => (name in names.numbers ? [names.numbers[name as keyof typeof names.numbers].label] : []), // `in` has just checked it.
  )
  const taken = inPlayground(settings)
  return (
    <section className="lab-part lab-export" aria-labelledby="lab-export">
      <div className="lab-part-head">
        <h2 id="lab-export">{text.title}</h2>
        <Segmented
          testId="export-form"
          label={text.form}
          value={form}
          segments={formsOf(settings).map((value) => ({ value, content: text.forms[value] }))}
          onChange={props.onForm}
        />
      </div>
      <pre className="lab-json" tabIndex={0} aria-label={text.title} data-testid="session-json">
        {json}
      </pre>
      <div className="lab-actions">
        <button
          type="button"
          className="button"
          data-testid="copy-json"
          onClick={() => void navigator.clipboard?.writeText(json).then(() => setCopied(json))}
        >
          {copied === json ? text.copied : text.copy}
        </button>
        <button
          type="button"
          className="button"
          data-testid="save-json"
          onClick={() =>
            saveFile(new Blob([json], { type: 'application/json' }), 'parley-turn-detection.json')
          }
        >
          <Icon name="download" size={16} />
          {text.save}
        </button>
        {taken && (
          <Link
            className="button"
            href="/"
            prefetch={false}
            data-testid="use-in-playground"
            onClick={() => saveSettings({ ...loadSettings(defaultSettings(language)), ...taken })}
          >
            {text.use}
          </Link>
        )}
      </div>
      <p className="field-hint">
        {text.unsent(new Intl.ListFormat(language).format(unsent))}{' '}
        {taken &&
          'silenceMs' in taken &&
          taken.silenceMs !== settings.silenceMs &&
          text.nearest(names.milliseconds(format.integer(taken.silenceMs)))}
      </p>
    </section>
  )
}
