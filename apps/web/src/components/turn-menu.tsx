'use client'

import { useEffect, useState, type JSX } from 'react'
import { reasonOf } from '../gateway-request.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { MemoryClient } from '../memory/memory-client.ts'
import type { Turn } from '../session/turns.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { Icon } from './icons.tsx'
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
  /** Set while the kept sound plays. */
  const [stop, setStop] = useState<() => void>()
  useEffect(() => stop, [stop])
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
    const stopIt = await playSound(sound, () => setStop(undefined))
    setStop(() => stopIt)
    return undefined
  })
  const remember = attempt(async (memory) => {
    await memory.pinned(conversationId).add(turn.heard ?? turn.text)
    return words.remembered
  })
  // Typed messages have none; of those said a moment ago, only the gateway knows.
  const isSoundSure = turn.sound !== undefined || (inForce.keepAudio && turn.role === 'assistant')
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
      {isSoundSure && (
        <button
          type="button"
          className="quiet-button square turn-sound"
          data-testid="turn-play"
          data-playing={stop !== undefined}
          aria-label={stop ? words.stopSound : words.playSound}
          title={stop ? words.stopSound : words.playSound}
          onClick={stop ?? play}
        >
          <Icon name={stop ? 'stop' : 'play'} size={16} />
        </button>
      )}
      <MenuButton
        label={words.turnActions(name)}
        testId="turn-menu"
        actions={[
          { label: words.continueFrom, testId: 'turn-fork', act: fork },
          ...(inForce.keepAudio && !isSoundSure
            ? [{ label: words.playSound, testId: 'turn-play-said', act: play }]
            : []),
          ...(turn.text === '' ? [] : [{ label: words.remember, testId: 'turn-remember', act: remember }]),
        ]}
      />
    </>
  )
}
