'use client'

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Language } from '../../site/language.ts'
import { shownMs } from './recorded-turn.ts'
import { TurnPicture } from './turn-picture.tsx'
import { turnSteps } from './turn-steps.ts'
import { useClock } from './use-clock.ts'
import './turn.css'

const words = {
  en: {
    group: 'Timeline of a turn',
    back: 'Back',
    play: 'Play',
    pause: 'Pause',
    next: 'Next',
    keys: 'step',
    start: 'Play the turn, or step through its ten moments.',
  },
  de: {
    group: 'Zeitleiste eines Beitrags',
    back: 'Zurück',
    play: 'Abspielen',
    pause: 'Anhalten',
    next: 'Weiter',
    keys: 'Schritt für Schritt',
    start: 'Spielen Sie den Beitrag ab, oder gehen Sie seine zehn Momente durch.',
  },
} as const

/**
 * A recorded turn that can be played in its own time and gone through step by step. Without JavaScript it is a picture
 * with a numbered list; whoever asks for less motion steps and does not play.
 */
export function TurnTimeline({ language }: { readonly language: Language }): ReactNode {
  const own = words[language]
  const steps = turnSteps(language)
  const [isReady, setReady] = useState(false)
  const [isStill, setStill] = useState(true)
  const clock = useClock(shownMs)
  useEffect(() => {
    const query = matchMedia('(prefers-reduced-motion: reduce)')
    const read = (): void => setStill(query.matches)
    read()
    setReady(true)
    query.addEventListener('change', read)
    return () => query.removeEventListener('change', read)
  }, [])

  const at = clock.at
  const told = at === undefined ? -1 : steps.findLastIndex(({ ms }) => ms <= at)
  const stepTo = (place: number): void => clock.stopAt(steps[place]?.ms)

  // Where the picture is wider than the screen, the moment that is told is brought to its middle.
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const mark = scroll.current?.querySelector('.turn-current circle')
    if (!scroll.current || !mark) return
    const { left, width } = scroll.current.getBoundingClientRect()
    const place = mark.getBoundingClientRect()
    scroll.current.scrollBy({
      left: place.left + place.width / 2 - (left + width / 2),
      behavior: isStill ? 'instant' : 'smooth',
    })
  }, [told, isStill])
  const current = steps[told]

  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (told + by >= -1 && told + by < steps.length) stepTo(told + by)
  }

  return (
    <figure className="turn" onKeyDown={onKeyDown}>
      <p className="turn-told" aria-live={clock.isRunning ? 'off' : 'polite'} data-ready={isReady}>
        {current ? (
          <>
            <strong>
              {told + 1}. {current.title}.
            </strong>{' '}
            {current.text}
          </>
        ) : (
          own.start
        )}
      </p>
      <div ref={scroll} className="turn-scroll" role="region" aria-label={own.group} tabIndex={0}>
        <TurnPicture language={language} steps={steps} at={at} current={told < 0 ? undefined : told} />
      </div>
      <div className="turn-controls" role="group" aria-label={own.group} data-ready={isReady}>
        <button type="button" onClick={() => stepTo(told - 1)} disabled={told < 0}>
          {own.back}
        </button>
        {!isStill && (
          <button type="button" onClick={clock.isRunning ? clock.pause : clock.run}>
            {clock.isRunning ? own.pause : own.play}
          </button>
        )}
        <button type="button" onClick={() => stepTo(told + 1)} disabled={told === steps.length - 1}>
          {own.next}
        </button>
        <span className="quiet">
          <kbd>←</kbd> <kbd>→</kbd> {own.keys}
        </span>
      </div>
      <ol className="turn-steps">
        {steps.map(({ ms, title, text }, place) => (
          <li key={ms} aria-current={place === told ? 'step' : undefined}>
            <strong>{title}.</strong> {text}
          </li>
        ))}
      </ol>
    </figure>
  )
}
