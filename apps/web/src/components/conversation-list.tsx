'use client'

import { useState, type JSX } from 'react'
import type { ConversationSummary, ExportFormat } from '../gateway-client.ts'
import { reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { exportName } from './export-name.ts'
import { focusAfter } from './focus-after.ts'
import { Icon } from './icons.tsx'
import { ImportConversation } from './import-conversation.tsx'
import { MenuButton } from './menu-button.tsx'
import { usePlayground } from './playground-context.tsx'
import { saveFile } from './save-file.ts'
import { useStore } from './use-store.ts'

/** Everything that was ever talked about: continue it, keep a copy, delete it. */
export function ConversationList({ onOpen }: { readonly onOpen: () => void }): JSX.Element {
  const { text } = usePreferences()
  const { controller, conversations } = usePlayground()
  const { conversationId } = useStore(controller.view)
  return (
    <section className="panel history" aria-labelledby="history-title" data-testid="conversations">
      <div className="panel-head wrapping">
        <h2 id="history-title">{text.history.label}</h2>
        <ImportConversation onOpen={onOpen} />
        <button
          type="button"
          className="button small"
          data-testid="new-conversation"
          aria-label={text.history.newLong}
          onClick={() => {
            void controller.show(undefined, []).then(conversations.refresh)
            onOpen()
          }}
        >
          <Icon name="plus" size={16} />
          {text.history.new}
        </button>
      </div>
      {conversations.status === 'failed' && (
        <p className="history-empty">
          {text.history.failed}{' '}
          <button type="button" className="link-button" onClick={conversations.refresh}>
            {text.history.retry}
          </button>
        </p>
      )}
      {conversations.status === 'loaded' && conversations.all.length === 0 && (
        <p className="history-empty">{text.history.empty}</p>
      )}
      <ul className="conversations">
        {conversations.all.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            isCurrent={conversation.id === conversationId}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {conversations.hasMore && (
        <button type="button" className="button small" onClick={conversations.loadMore}>
          {text.history.more}
        </button>
      )}
    </section>
  )
}

/** The question stands below what it asks about, which may be at the very edge. */
const intoView = (element: Element | null): void => element?.scrollIntoView({ block: 'nearest' })

const fileEnds: Readonly<Record<ExportFormat, string>> = { json: 'json', markdown: 'md', html: 'html' }

function ConversationRow(props: {
  readonly conversation: ConversationSummary
  readonly isCurrent: boolean
  readonly onOpen: () => void
}): JSX.Element {
  const { conversation, isCurrent, onOpen } = props
  const { id, updatedAt, itemCount } = conversation
  const { text, format, language } = usePreferences()
  const { controller, client, conversations, openConversation } = usePlayground()
  const [isAsking, setIsAsking] = useState(false)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const title = conversation.title || text.history.untitled

  const attempt = (action: () => Promise<void>): void => {
    setFailure(undefined)
    action().catch((error: unknown) => setFailure(reasonOf(error)))
  }
  const open = (): void =>
    attempt(async () => {
      await openConversation(id)
      onOpen()
    })
  const remove = (button: Element): void =>
    attempt(async () => {
      const next = focusAfter(button, '.conversation-open', '[data-testid=new-conversation]')
      if (isCurrent) await controller.show(undefined, [])
      await conversations.remove(id)
      next?.focus()
    })
  const save = (format: ExportFormat): void =>
    attempt(async () => {
      const file = await client.exportConversation(id, format, language)
      saveFile(file, `${exportName(conversation.title, updatedAt)}.${fileEnds[format]}`)
    })

  return (
    <li className="conversation" data-current={isCurrent} data-testid="conversation" data-id={id}>
      <button
        type="button"
        className="conversation-open"
        title={text.history.continue(title)}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={open}
      >
        <span className="conversation-title">{title}</span>
        <span className="conversation-facts">
          <span>{format.date(updatedAt)}</span>
          <span>{text.history.items(itemCount)}</span>
        </span>
      </button>
      <div
        ref={isAsking ? intoView : undefined}
        className="conversation-actions"
        data-asking={isAsking}
        role="group"
        aria-label={text.history.actions(title)}
      >
        {isAsking ? (
          <>
            <button
              type="button"
              className="button small danger"
              data-testid="delete-sure"
              onClick={({ currentTarget }) => remove(currentTarget)}
            >
              {text.history.confirmDelete}
            </button>
            <button type="button" className="button small" autoFocus onClick={() => setIsAsking(false)}>
              {text.history.keep}
            </button>
          </>
        ) : (
          <MenuButton
            label={text.history.actions(title)}
            testId="conversation-menu"
            actions={[
              {
                label: text.history.exportMarkdown,
                testId: 'export-markdown',
                act: () => save('markdown'),
              },
              { label: text.history.exportHtml, testId: 'export-html', act: () => save('html') },
              { label: text.history.exportJson, testId: 'export-json', act: () => save('json') },
              {
                label: text.history.delete,
                testId: 'delete-conversation',
                isDanger: true,
                act: () => setIsAsking(true),
              },
            ]}
          />
        )}
      </div>
      {failure !== undefined && (
        <p className="conversation-failure" role="alert">
          {failure}
        </p>
      )}
    </li>
  )
}
