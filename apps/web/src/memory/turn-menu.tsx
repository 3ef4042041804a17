'use client'

import { Menu } from '@base-ui/react/menu'
import { useMemo, useState, type JSX, type RefObject } from 'react'
import { usePlayground } from '../components/playground-context.tsx'
import { usePreferences } from '../i18n/page-preferences.tsx'
import type { Turn } from '../session/turns.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { memoryClient } from './memory-client.ts'
import { playSound } from './play-sound.ts'
import { reasonOf } from './reason-of.ts'

/** Goes on from a turn in a new conversation, plays its kept sound, or pins its words as a fact. */
export function TurnMenu(props: {
  readonly turn: Turn
  readonly conversationId: string
  readonly anchor: RefObject<HTMLButtonElement | null>
  readonly isOpen: boolean
  readonly onClose: () => void
}): JSX.Element {
  const { turn, conversationId, anchor, isOpen, onClose } = props
  const { text } = usePreferences()
  const { apiUrl } = useGateway()
  const { inForce, conversations, openConversation } = usePlayground()
  const memory = useMemo(() => memoryClient(apiUrl), [apiUrl])
  const [outcome, setOutcome] = useState<{ readonly words: string; readonly failed: boolean }>()
  const attempt = (action: () => Promise<string | undefined>): void => {
    setOutcome(undefined)
    action().then(
      (words) => setOutcome(words === undefined ? undefined : { words, failed: false }),
      (error: unknown) => setOutcome({ words: reasonOf(error), failed: true }),
    )
  }
  const fork = async (): Promise<undefined> => {
    await openConversation(await memory.fork(conversationId, turn.itemId))
    conversations.refresh()
  }
  const play = async (): Promise<string | undefined> => {
    const part = await memory.soundOf(conversationId, turn.itemId, turn.sound ?? 0)
    if (!part) return text.session.noSound
    await playSound(part)
    return undefined
  }
  const remember = async (): Promise<string> => {
    await memory.pinned(conversationId).add(turn.heard ?? turn.text)
    return text.session.remembered
  }
  return (
    <>
      <Menu.Root open={isOpen} modal={false} onOpenChange={(open) => !open && onClose()}>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" anchor={anchor} align="end" sideOffset={4}>
            <Menu.Popup className="menu" finalFocus={anchor}>
              <Menu.Item className="menu-item" data-testid="turn-fork" onClick={() => attempt(fork)}>
                {text.session.continueFrom}
              </Menu.Item>
              {(turn.sound !== undefined || inForce.keepAudio) && (
                <Menu.Item className="menu-item" data-testid="turn-play" onClick={() => attempt(play)}>
                  {text.session.playSound}
                </Menu.Item>
              )}
              {turn.text !== '' && (
                <Menu.Item
                  className="menu-item"
                  data-testid="turn-remember"
                  onClick={() => attempt(remember)}
                >
                  {text.session.remember}
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
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
    </>
  )
}
