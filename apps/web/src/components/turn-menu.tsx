'use client'

import { useState, type JSX } from 'react'
import { reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { MemoryClient } from '../memory/memory-client.ts'
import type { Turn } from '../session/turns.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { MenuButton } from './menu-button.tsx'
import { usePlayground } from './playground-context.tsx'

const maxNamed = 40

/** What can be done at a turn that is kept: go on from it, hear it again, pin its words as a fact. */
export function TurnMenu(props: { readonly turn: Turn; readonly conversationId: string }): JSX.Element {
  const { turn, conversationId } = props
  const { text } = usePreferences()
  const { apiUrl } = useGateway()
  const { inForce, conversations, openConversation } = usePlayground()
  const [outcome, setOutcome] = useState<{ readonly words: string; readonly failed: boolean }>()
  const words = text.session
  /** Does something with what is remembered, and says how it went where that is not seen. */
  const attempt = (action: (memory: MemoryClient) => Promise<string | undefined>) => (): void => {
    setOutcome(undefined)
    import('../memory/memory-client.ts')
      .then(({ memoryClient }) => action(memoryClient(apiUrl)))
      .then(
        (said) => setOutcome(said === undefined ? undefined : { words: said, failed: false }),
        (error: unknown) => setOutcome({ words: reasonOf(error), failed: true }),
      )
  }
  const fork = attempt(async (memory) => {
    await openConversation(await memory.fork(conversationId, turn.itemId))
    conversations.refresh()
    return undefined
  })
  const play = attempt(async (memory) => {
    const sound = await memory.soundOf(conversationId, turn.itemId, turn.sound ?? 0)
    if (!sound) return words.noSound
    const { playSound } = await import('../memory/play-sound.ts')
    await playSound(sound)
    return undefined
  })
  const remember = attempt(async (memory) => {
    await memory.pinned(conversationId).add(turn.heard ?? turn.text)
    return words.remembered
  })
  const name = turn.text.length > maxNamed ? `${turn.text.slice(0, maxNamed)}…` : turn.text
  return (
    <>
      {outcome && (
        <span
          className="turn-outcome"
          role={outcome.failed ? 'alert' : 'status'}
          data-testid="turn-outcome"
          data-failed={outcome.failed}
        >
          {outcome.words}
        </span>
      )}
      <MenuButton
        label={words.turnActions(name)}
        testId="turn-menu"
        actions={[
          { label: words.continueFrom, testId: 'turn-fork', act: fork },
          ...(turn.sound !== undefined || inForce.keepAudio
            ? [{ label: words.playSound, testId: 'turn-play', act: play }]
            : []),
          ...(turn.text === '' ? [] : [{ label: words.remember, testId: 'turn-remember', act: remember }]),
        ]}
      />
    </>
  )
}
