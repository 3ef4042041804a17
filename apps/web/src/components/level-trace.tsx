'use client'

import { useEffect, useRef, type JSX } from 'react'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { usePlayground } from './playground-context.tsx'
import { useStore } from './use-store.ts'

/** Quietest level drawn, in dBFS. */
const floorDecibels = -54
/** One column of the trace, in ms. */
const columnMs = 40
const columnWidth = 3

/** Both voices over the last seconds, one above and one below a line, with the level of each as a number. */
export function LevelTrace(): JSX.Element {
  const { text, format, theme } = usePreferences()
  const { controller } = usePlayground()
  const isIdle = useStore(controller.view).connection === 'idle'
  const isMuted = useStore(controller.microphone) === 'off'
  const canvas = useRef<HTMLCanvasElement>(null)
  const input = useRef<HTMLSpanElement>(null)
  const output = useRef<HTMLSpanElement>(null)
  const isRunning = !isIdle || !isMuted

  useEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    const trace = createTrace(element)
    trace.draw()
    const observer = new ResizeObserver(() => trace.draw())
    observer.observe(element)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const redraw = (): void => trace.draw()
    scheme.addEventListener('change', redraw)
    let columns = 0
    const timer = isRunning
      ? setInterval(() => {
          const levels = controller.levels()
          trace.push(levels.input, levels.output)
          // Numbers that change more often than five times a second cannot be read.
          if (columns++ % 5 !== 0) return
          for (const [meter, level] of [
            [input.current, levels.input],
            [output.current, levels.output],
          ] as const) {
            if (!meter) continue
            const shown = Math.round(Math.max(floorDecibels, level))
            const words =
              shown <= floorDecibels ? text.talk.silent : text.talk.decibels(format.integer(shown))
            meter.setAttribute('aria-valuenow', String(shown))
            meter.setAttribute('aria-valuetext', words)
            if (meter.lastChild) meter.lastChild.textContent = shown <= floorDecibels ? '–' : words
          }
        }, columnMs)
      : undefined
    return () => {
      clearInterval(timer)
      observer.disconnect()
      scheme.removeEventListener('change', redraw)
    }
  }, [controller, format, isRunning, text, theme])

  const meter = {
    role: 'meter',
    'aria-valuemin': floorDecibels,
    'aria-valuemax': 0,
    'aria-valuenow': floorDecibels,
  }
  return (
    <div className="trace" data-running={isRunning}>
      <canvas ref={canvas} aria-hidden="true" />
      <span
        ref={input}
        className="trace-level"
        data-side="you"
        data-testid="input-level"
        {...meter}
        aria-label={text.talk.inputLevel}
      >
        <b>{text.talk.you}</b>
        <span>–</span>
      </span>
      <span
        ref={output}
        className="trace-level"
        data-side="parley"
        data-testid="output-level"
        {...meter}
        aria-label={text.talk.outputLevel}
      >
        <b>{text.talk.parley}</b>
        <span>–</span>
      </span>
    </div>
  )
}

interface Trace {
  push(input: number, output: number): void
  draw(): void
}

function createTrace(canvas: HTMLCanvasElement): Trace {
  const columns: (readonly [number, number])[] = []
  const height = (level: number): number => Math.min(1, Math.max(0, 1 - level / floorDecibels))
  const draw = (): void => {
    const context = canvas.getContext('2d')
    const { clientWidth, clientHeight } = canvas
    if (!context || clientWidth === 0) return
    const scale = devicePixelRatio
    canvas.width = clientWidth * scale
    canvas.height = clientHeight * scale
    context.scale(scale, scale)
    const style = getComputedStyle(canvas)
    const middle = clientHeight / 2
    context.fillStyle = style.getPropertyValue('--trace-line')
    context.fillRect(0, middle - 0.5, clientWidth, 1)
    const visible = columns.slice(-Math.floor(clientWidth / columnWidth))
    const start = clientWidth - visible.length * columnWidth
    for (const [side, color] of ['--trace-you', '--trace-parley'].entries()) {
      context.fillStyle = style.getPropertyValue(color)
      for (const [index, levels] of visible.entries()) {
        const size = height(levels[side] ?? floorDecibels) * (middle - 3)
        if (size < 0.5) continue
        context.fillRect(
          start + index * columnWidth,
          side === 0 ? middle - 1.5 - size : middle + 1.5,
          2,
          size,
        )
      }
    }
  }
  return {
    draw,
    push: (input, output) => {
      columns.push([input, output])
      if (columns.length > 800) columns.splice(0, 200)
      draw()
    },
  }
}
