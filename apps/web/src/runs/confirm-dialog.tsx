'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { JSX } from 'react'
import { useRunsText } from '../i18n/runs-messages.ts'

/** Something that cannot be taken back, before it is done. */
export interface Question {
  readonly title: string
  readonly text: string
  /** What is done, as its button says. */
  readonly does: string
  readonly act: () => void
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: {
  readonly question: Question | undefined
  readonly onClose: () => void
}): JSX.Element {
  const { question, onClose } = props
  const { actions } = useRunsText()
  return (
    <AlertDialog.Root open={question !== undefined} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-backdrop" />
        <AlertDialog.Popup className="dialog confirm" data-testid="confirm">
          <AlertDialog.Title render={<h2 />}>{question?.title}</AlertDialog.Title>
          <AlertDialog.Description>{question?.text}</AlertDialog.Description>
          <div className="confirm-actions">
            <AlertDialog.Close className="button">{actions.cancel}</AlertDialog.Close>
            <AlertDialog.Close
              className="button danger"
              data-testid="confirm-act"
              onClick={() => question?.act()}
            >
              {question?.does}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
