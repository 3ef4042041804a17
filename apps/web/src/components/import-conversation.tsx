'use client'

import { useRef, useState, type JSX } from 'react'
import { GatewayError, reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useGateway } from '../shell/gateway-context.tsx'
import { Icon } from './icons.tsx'
import { usePlayground } from './playground-context.tsx'

interface ImportFailure {
  readonly file: string
  /** Field of the file that does not fit, where that is known. */
  readonly field: string | undefined
  readonly reason: string
}

/** Takes in a conversation from a file and opens it; says which field of the file does not fit. */
export function ImportConversation({ onOpen }: { readonly onOpen: () => void }): JSX.Element {
  const { text } = usePreferences()
  const { apiUrl } = useGateway()
  const { openConversation, conversations } = usePlayground()
  const input = useRef<HTMLInputElement>(null)
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
        field: error instanceof GatewayError ? error.param : undefined,
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
        <p className="conversation-failure import-failure" role="alert" data-testid="import-failure">
          {words.importFailed(failure.file)}{' '}
          {failure.field !== undefined && <code>{words.importField(failure.field)}</code>} {failure.reason}
        </p>
      )}
    </>
  )
}
