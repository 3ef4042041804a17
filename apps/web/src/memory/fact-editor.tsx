'use client'

import { useCallback, useEffect, useRef, useState, type FormEvent, type JSX, type KeyboardEvent } from 'react'
import { focusAfter } from '../components/focus-after.ts'
import { reasonOf } from '../gateway-request.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { IconButton } from './icon-button.tsx'
import type { Fact, FactList } from './memory-client.ts'
import { LoadFailure } from './load-failure.tsx'
import { useLoaded } from './use-loaded.ts'

/** Facts that can be added, changed and deleted, one by one. */
export function FactEditor(props: {
  readonly facts: FactList
  /** They are loaded again when it changes. */
  readonly revision: number
  /** Something was added, changed or deleted. */
  readonly onChanged?: () => void
  /** Told how many there are, each time they were loaded. */
  readonly onCount?: (count: number) => void
  readonly empty: string
  readonly add: string
  readonly placeholder: string
  readonly testId: string
}): JSX.Element {
  const { facts, revision, onChanged, onCount, empty, add, placeholder, testId } = props
  const load = useCallback(() => facts.list(), [facts, revision])
  const { value, failed, reload } = useLoaded(load)
  const count = value?.length
  useEffect(() => {
    if (count !== undefined) onCount?.(count)
  }, [count, onCount])
  const [failure, setFailure] = useState<string>()
  const attempt = async (action: Promise<void>): Promise<boolean> => {
    setFailure(undefined)
    try {
      await action
      reload()
      onChanged?.()
      return true
    } catch (error) {
      setFailure(reasonOf(error))
      return false
    }
  }
  return (
    <div className="fact-editor" data-testid={testId}>
      {failed && <LoadFailure onRetry={reload} />}
      {value?.length === 0 && <p className="field-hint">{empty}</p>}
      {value !== undefined && value.length > 0 && (
        <ul className="fact-list">
          {value.map((fact) => (
            <FactRow
              key={fact.id}
              fact={fact}
              onChange={(text) => attempt(facts.change({ ...fact, text }))}
              onRemove={() => attempt(facts.remove(fact.id))}
            />
          ))}
        </ul>
      )}
      <FactForm
        label={add}
        placeholder={placeholder}
        text=""
        onSave={(text) => attempt(facts.add(text))}
        onCancel={undefined}
      />
      {failure !== undefined && (
        <p className="fact-failure" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}

function FactRow(props: {
  readonly fact: Fact
  readonly onChange: (text: string) => Promise<boolean>
  readonly onRemove: () => Promise<boolean>
}): JSX.Element {
  const { fact, onChange, onRemove } = props
  const words = useMemoryText().facts
  const [isEdited, setIsEdited] = useState(false)
  const edit = useRef<HTMLButtonElement>(null)
  const trash = useRef<HTMLButtonElement>(null)
  const remove = async (): Promise<void> => {
    const next =
      trash.current && focusAfter(trash.current, '[data-testid=fact-delete]', '[data-testid=fact-input]')
    if (await onRemove()) next?.focus()
  }
  const close = (): void => {
    setIsEdited(false)
    // The button is back with the next frame.
    requestAnimationFrame(() => edit.current?.focus())
  }
  if (isEdited) {
    return (
      <li>
        <FactForm
          label={words.save}
          placeholder=""
          text={fact.text}
          onCancel={close}
          onSave={async (text) => {
            const saved = await onChange(text)
            if (saved) close()
            return saved
          }}
        />
      </li>
    )
  }
  return (
    <li className="fact" data-testid="fact" data-id={fact.id}>
      <p className="fact-text">{fact.text}</p>
      <IconButton
        icon="pencil"
        ref={edit}
        label={words.edit(fact.text)}
        testId="fact-edit"
        onClick={() => setIsEdited(true)}
      />
      <IconButton
        icon="trash"
        label={words.delete(fact.text)}
        testId="fact-delete"
        ref={trash}
        onClick={() => void remove()}
      />
    </li>
  )
}

function FactForm(props: {
  readonly label: string
  readonly placeholder: string
  readonly text: string
  readonly onSave: (text: string) => Promise<boolean>
  /** `undefined` for a form that is always there. */
  readonly onCancel: (() => void) | undefined
}): JSX.Element {
  const { label, placeholder, text, onSave, onCancel } = props
  const words = useMemoryText().facts
  const [draft, setDraft] = useState(text)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (draft.trim() === '' || !(await onSave(draft.trim()))) return
    if (!onCancel) setDraft('')
  }
  return (
    <form className="fact-form" onSubmit={(event) => void submit(event)}>
      <input
        className="text-input"
        value={draft}
        aria-label={onCancel ? words.edit(text) : label}
        placeholder={placeholder}
        autoFocus={onCancel !== undefined}
        data-testid="fact-input"
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Escape' || !onCancel) return
          // The key would stop an answer as well.
          event.stopPropagation()
          onCancel()
        }}
      />
      <button type="submit" className="button small" disabled={draft.trim() === ''} data-testid="fact-save">
        {label}
      </button>
      {onCancel && (
        <button type="button" className="button small" onClick={onCancel}>
          {words.cancel}
        </button>
      )}
    </form>
  )
}
