'use client'

import { useState, type FormEvent, type JSX, type KeyboardEvent, type PointerEvent } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { activityOf, isAnswering } from '../session/view.ts'
import { Icon } from './icons.tsx'
import { LevelTrace } from './level-trace.tsx'
import { usePlayground } from './playground-context.tsx'
import { useStore } from './use-store.ts'

/** The talk button, the sound of both sides, and the field to type in. */
export function TalkDock(): JSX.Element {
  const { text } = usePreferences()
  const { controller } = usePlayground()
  const view = useStore(controller.view)
  const activity = activityOf(view)
  const canStop = activity === 'speaking' || isAnswering(view)
  return (
    <div className="dock">
      <LevelTrace />
      <div className="dock-row">
        <TalkButton />
        <div className="dock-state" role="status" data-testid="activity" data-activity={activity}>
          <Hint />
        </div>
        {canStop && (
          <button
            type="button"
            className="button"
            data-testid="stop"
            aria-keyshortcuts="Escape"
            onClick={() => controller.stopAnswer()}
          >
            <Icon name="stop" size={16} />
            <span className="stop-label">{text.talk.stopAnswer}</span>
            <kbd>Esc</kbd>
          </button>
        )}
        {view.connection !== 'idle' && (
          <button
            type="button"
            className="button"
            data-testid="hang-up"
            aria-label={text.talk.hangUpLong}
            onClick={() => void controller.hangUp()}
          >
            {text.talk.hangUp}
          </button>
        )}
      </div>
      <Composer />
    </div>
  )
}

function Hint(): JSX.Element {
  const { text } = usePreferences()
  const { controller, settings } = usePlayground()
  const view = useStore(controller.view)
  const microphone = useStore(controller.microphone)
  const isPushToTalk = settings.turnMode === 'push-to-talk'
  const activity = activityOf(view)
  const hint = (): string => {
    if (view.connection === 'reconnecting') return text.talk.hintReconnecting
    switch (microphone) {
      case 'opening':
        return text.talk.opening
      case 'talking':
        return text.talk.hintTalking
      case 'open':
        return text.talk.hintOpen
      case 'ready':
        return text.talk.hintHold
      case 'off':
        if (isPushToTalk) return text.talk.hintHold
        return view.connection === 'idle' ? text.talk.hintIdle : text.talk.hintMuted
    }
  }
  const isLive = view.connection === 'open'
  return (
    <>
      {isLive && <strong>{text.activity[activity]}</strong>}
      <span>{hint()}</span>
    </>
  )
}

function TalkButton(): JSX.Element {
  const { text } = usePreferences()
  const { controller, settings } = usePlayground()
  const microphone = useStore(controller.microphone)
  const { connection } = useStore(controller.view)
  if (settings.turnMode === 'push-to-talk') {
    return (
      <button
        type="button"
        className="talk"
        data-testid="microphone"
        data-state={microphone}
        data-connection={connection}
        data-talk-key
        aria-label={microphone === 'talking' ? text.talk.release : text.talk.hold}
        aria-pressed={microphone === 'talking'}
        onPointerDown={(event: PointerEvent<HTMLButtonElement>) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          void controller.startTalking()
        }}
        onPointerUp={() => controller.stopTalking()}
        onPointerCancel={() => controller.stopTalking()}
        onContextMenu={(event) => event.preventDefault()}
      >
        <Icon name="microphone" size={28} />
      </button>
    )
  }
  const isOff = microphone === 'off'
  return (
    <button
      type="button"
      className="talk"
      data-testid="microphone"
      data-state={microphone}
      data-connection={connection}
      aria-label={isOff ? text.talk.start : text.talk.stop}
      aria-pressed={!isOff}
      onClick={() => (isOff ? void controller.openMicrophone() : controller.closeMicrophone())}
    >
      <Icon name="microphone" size={28} />
    </button>
  )
}

function Composer(): JSX.Element {
  const { text } = usePreferences()
  const { controller } = usePlayground()
  const [draft, setDraft] = useState('')
  const submit = (event?: FormEvent): void => {
    event?.preventDefault()
    const words = draft.trim()
    if (words === '') return
    setDraft('')
    void controller.say(words)
  }
  return (
    <form className="composer" onSubmit={submit}>
      <textarea
        rows={1}
        value={draft}
        placeholder={text.talk.type}
        aria-label={text.talk.type}
        data-testid="composer-input"
        enterKeyHint="send"
        onChange={({ target }) => setDraft(target.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          submit(event)
        }}
      />
      <button
        type="submit"
        className="send"
        data-testid="composer-send"
        aria-label={text.talk.send}
        disabled={draft.trim() === ''}
      >
        <Icon name="send" />
      </button>
    </form>
  )
}
