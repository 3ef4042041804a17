'use client'

import { useRef, useState, type JSX } from 'react'
import { GatewayError, reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useGateway } from '../shell/gateway-context.tsx'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'

interface ImportFailure {
  readonly file: string
  /** The gateway read it and found no conversation in it. */
  readonly isOther: boolean
  /** The gateway's own words; they name the field that does not fit, where there is one. */
  readonly reason: string
}

/** Takes in a conversation from a file and opens it; says so where it is none. */
export function ImportConversation({ onOpen }: { readonly onOpen: () => void }): JSX.Element {
  const { text } = usePreferences()
  const { apiUrl } = useGateway()
  const { openConversation, conversations } = usePlayground()
  const input = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ImportFailure>()
  const words = text.history
  const take = async (file: File): Promise<void> => {
    setFailure(undefined)
    setIsBusy(true)
    try {
      const { memoryClient } = await import('../memory/memory-client.ts')
      const id = await memoryClient(apiUrl).importConversation(file)
      conversations.refresh()
      await openConversation(id)
      onOpen()
    } catch (error) {
      setFailure({
        file: file.name,
        isOther: error instanceof GatewayError && error.status === 400,
        reason: reasonOf(error),
      })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        data-testid="import-conversation-file"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) void take(file)
          // The same file again is a choice too.
          target.value = ''
        }}
      />
      <button
        type="button"
        ref={button}
        className="quiet-button square"
        aria-label={words.importLong}
        title={words.importLong}
        disabled={isBusy}
        data-testid="import-conversation"
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" size={18} />
      </button>
      {failure && (
        <div className="conversation-failure import-failure" role="alert" data-testid="import-failure">
          <div>
            <p>
              {failure.isOther ? words.importOther : words.importFailed} <b>{failure.file}</b>
            </p>
            <details>
              <summary>{text.session.details}</summary>
              <p>{failure.reason}</p>
            </details>
          </div>
          <button
            type="button"
            className="quiet-button square"
            aria-label={text.problems.dismiss}
            title={text.problems.dismiss}
            data-testid="import-failure-close"
            onClick={() => {
              setFailure(undefined)
              button.current?.focus()
            }}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      )}
    </>
  )
}
