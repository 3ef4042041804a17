'use client'

import { useId, useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'

/** The title of a run, which can be changed in place. */
export function RunTitle(props: {
  readonly title: string
  readonly isEditing: boolean
  readonly onEdit: (editing: boolean) => void
  readonly onRename: (title: string) => void
}): JSX.Element {
  const { title, isEditing, onEdit } = props
  const { run: text, actions } = useRunsText()
  if (isEditing) return <TitleForm {...props} />
  return (
    <h1>
      {title}
      <button
        type="button"
        className="quiet-button square run-rename"
        aria-label={text.rename}
        title={actions.rename}
        data-testid="rename"
        onClick={() => onEdit(true)}
      >
        <Icon name="pencil" size={17} />
      </button>
    </h1>
  )
}

function TitleForm(props: {
  readonly title: string
  readonly onEdit: (editing: boolean) => void
  readonly onRename: (title: string) => void
}): JSX.Element {
  const { run: text, actions } = useRunsText()
  const [draft, setDraft] = useState(props.title)
  const id = useId()
  return (
    <form
      className="run-title-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (draft.trim() !== '') props.onRename(draft.trim())
        props.onEdit(false)
      }}
      onKeyDown={({ key }) => {
        if (key === 'Escape') props.onEdit(false)
      }}
    >
      <h1 className="visually-hidden">{props.title}</h1>
      <label className="visually-hidden" htmlFor={id}>
        {text.title}
      </label>
      <input
        id={id}
        className="input"
        value={draft}
        maxLength={200}
        required
        // The person has just asked to type here.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        data-testid="title"
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setDraft(target.value)}
      />
      <button type="submit" className="button">
        {text.save}
      </button>
      <button type="button" className="quiet-button" onClick={() => props.onEdit(false)}>
        {actions.cancel}
      </button>
    </form>
  )
}
