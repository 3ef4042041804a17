'use client'

import { useCallback, useMemo, useState, type JSX } from 'react'
import { usePlayground } from '../components/playground-context.tsx'
import { useStore } from '../components/use-store.ts'
import { useMemoryText } from '../i18n/memory-messages.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { FactEditor } from './fact-editor.tsx'
import { LoadFailure } from './load-failure.tsx'
import { AnswersSection, LifeSection } from './log-sections.tsx'
import { memoryClient, type MemoryClient } from './memory-client.ts'
import { PersonSection } from './person-section.tsx'
import { RetentionSection } from './retention-section.tsx'
import { ToldSection } from './told-section.tsx'
import { useLoaded } from './use-loaded.ts'

/** What is remembered: of the open conversation, and of the person. */
export function MemoryPanel(): JSX.Element {
  const { apiUrl } = useGateway()
  const { controller, inForce, people, askForName } = usePlayground()
  const { conversationId, turns } = useStore(controller.view)
  const words = useMemoryText()
  const memory = useMemo(() => memoryClient(apiUrl), [apiUrl])
  const revision = turns.filter(({ status, role }) => status === 'done' && role !== 'notice').length
  return (
    <div className="memory" data-testid="memory">
      {conversationId === undefined ? (
        <p className="events-empty">{words.noConversation}</p>
      ) : (
        <ConversationMemory
          key={conversationId}
          memory={memory}
          conversationId={conversationId}
          revision={revision}
        />
      )}
      <PersonSection
        memory={memory}
        person={inForce.person}
        isOn={people}
        revision={revision}
        onSetName={askForName}
      />
    </div>
  )
}

function ConversationMemory(props: {
  readonly memory: MemoryClient
  readonly conversationId: string
  readonly revision: number
}): JSX.Element {
  const { memory, conversationId, revision } = props
  const { client, backendTitle } = usePlayground()
  const { pinned: words } = useMemoryText()
  const load = useCallback(() => client.conversation(conversationId), [client, conversationId, revision])
  const { value: stored, failed, reload } = useLoaded(load)
  const [pinnings, setPinnings] = useState(0)
  const pinned = useMemo(() => memory.pinned(conversationId), [memory, conversationId])
  return (
    <>
      <ToldSection memory={memory} conversationId={conversationId} revision={revision + pinnings} />
      <section aria-labelledby="pinned-title" data-testid="pinned-section">
        <h3 id="pinned-title">{words.label}</h3>
        <p className="field-hint">{words.hint}</p>
        <FactEditor
          facts={pinned}
          revision={revision}
          onChanged={() => setPinnings((times) => times + 1)}
          empty={words.empty}
          add={words.add}
          placeholder={words.placeholder}
          testId="pinned-facts"
        />
      </section>
      {failed && <LoadFailure onRetry={reload} />}
      {stored && (
        <>
          <RetentionSection
            memory={memory}
            conversationId={conversationId}
            seconds={stored.retentionSeconds}
            soundCount={stored.audio?.length ?? 0}
            onChanged={reload}
          />
          <section className="memory-logs">
            <AnswersSection answers={stored.responses ?? []} titleOf={backendTitle} />
            <LifeSection life={stored.life ?? []} titleOf={backendTitle} />
          </section>
        </>
      )}
    </>
  )
}
