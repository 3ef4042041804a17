'use client'

import { useId, useState, type JSX, type ReactNode } from 'react'

/** A button that opens files, and the place around it to drop them. */
export function DropZone(props: {
  readonly label: string
  readonly hint: string
  /** As the `accept` of a file field. */
  readonly accept: string
  readonly multiple?: boolean
  readonly testId: string
  readonly onFiles: (files: readonly File[]) => void
  readonly children?: ReactNode
}): JSX.Element {
  const [isOver, setIsOver] = useState(false)
  const id = useId()
  return (
    <div
      className="drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setIsOver(false)
        props.onFiles([...event.dataTransfer.files])
      }}
    >
      <input
        type="file"
        id={id}
        className="visually-hidden"
        accept={props.accept}
        multiple={props.multiple}
        data-testid={props.testId}
        onChange={({ target }) => {
          props.onFiles([...(target.files ?? [])])
          // The same file again is a choice too.
          target.value = ''
        }}
      />
      <label htmlFor={id} className="button small">
        {props.label}
      </label>
      <span className="field-hint">{props.hint}</span>
      {props.children}
    </div>
  )
}
