'use client'

import { useRef, useState, type DragEvent, type JSX } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'
import { importRuns, type ImportOutcome } from './import-runs.ts'
import type { RunStore } from './run-store.ts'
import { problemOf } from './use-kept.ts'

/** An import as the page goes through it. */
export interface Importing {
  /** Name of the file that is read at this moment. */
  readonly reading: string | undefined
  readonly outcome: ImportOutcome | undefined
  /** Files are held over the page. */
  readonly isOver: boolean
  readonly dropTarget: {
    readonly onDragOver: (event: DragEvent) => void
    readonly onDragLeave: (event: DragEvent) => void
    readonly onDrop: (event: DragEvent) => void
  }
  readonly take: (files: readonly File[]) => void
  readonly dismiss: () => void
}

/** Imports files from the button and from whatever is dropped on the page. */
export function useImport(store: RunStore): Importing {
  const [reading, setReading] = useState<string>()
  const [outcome, setOutcome] = useState<ImportOutcome>()
  const [isOver, setIsOver] = useState(false)
  const isBusy = useRef(false)
  const take = (files: readonly File[]): void => {
    if (files.length === 0 || isBusy.current) return
    isBusy.current = true
    setOutcome(undefined)
    void importRuns(files, store, setReading)
      .catch((error: unknown): ImportOutcome => {
        const problem = { kind: 'storage', problem: problemOf(error) } as const
        return {
          imported: 0,
          replaced: 0,
          failures: files.map(({ name }) => ({ name, line: undefined, problem })),
        }
      })
      .then(setOutcome)
      .finally(() => {
        isBusy.current = false
        setReading(undefined)
      })
  }
  return {
    reading,
    outcome,
    isOver,
    dropTarget: {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setIsOver(true)
      },
      onDragLeave(event) {
        const to = event.relatedTarget
        if (!(to instanceof Node && event.currentTarget.contains(to))) setIsOver(false)
      },
      onDrop(event) {
        event.preventDefault()
        setIsOver(false)
        take([...event.dataTransfer.files])
      },
    },
    take,
    dismiss: () => setOutcome(undefined),
  }
}

/** Opens files to import. */
export function ImportButton({ importing }: { readonly importing: Importing }): JSX.Element {
  const { import: text } = useRunsText()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,.jsonl,.ndjson,application/json"
        data-testid="import-file"
        onChange={({ target }) => {
          importing.take([...(target.files ?? [])])
          // The same file again is a choice too.
          target.value = ''
        }}
      />
      <button
        type="button"
        className="button"
        title={text.hint}
        disabled={importing.reading !== undefined}
        data-testid="import"
        onClick={() => input.current?.click()}
      >
        {text.button}
      </button>
    </>
  )
}
