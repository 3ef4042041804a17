'use client'

import type { Comparison, Scenario } from '@parley/compare'
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { firstWordsAt, shiftsOf } from '../lane-track.ts'
import type { Playhead } from './lane-canvas.tsx'
import { LaneRow, type LanePart } from './lane-row.tsx'
import { NumbersTable } from './numbers-table.tsx'
import { Ruler } from './ruler.tsx'
import type { ShownLane } from './shown-lane.ts'
import { createTimeline, zoomStep } from './timeline.ts'
import { Transport } from './transport.tsx'
import { useMixer } from './use-mixer.ts'
import { WordsPanel } from './words-panel.tsx'

/** How much is seen at least while lanes run, and at most before the picture moves along; ms. */
const liveSpan = { least: 8000, most: 30_000 } as const

/** Time before the first words and behind the last sound that is shown, ms. */
const margin = 400

/** All lanes on one axis of time, with their words and numbers. Lanes of one repeat are shown at a time. */
export function Stage(props: {
  /** As far as it is done. */
  readonly comparison: Comparison
  /** Of the repeat that is looked at, in the order in which they are shown. */
  readonly lanes: readonly ShownLane[]
  readonly scenario: Scenario | undefined
  readonly isRunning: boolean
  /** Names are hidden, and so is what would tell them. */
  readonly isBlind: boolean
  readonly repeat: number
  readonly onRepeat: (repeat: number) => void
  /** Which lane is heard while they run. */
  readonly onListen?: (label: string | undefined) => void
  /** Beside the transport: what can be done with the comparison. */
  readonly actions?: ReactNode
  /** Between the transport and the lanes. */
  readonly children?: ReactNode
}): JSX.Element {
  const { comparison, lanes, scenario, isRunning, isBlind, onListen } = props
  const { stage: text } = useCompareText()
  const [parts, setParts] = useState<ReadonlySet<LanePart>>(new Set(['words', 'numbers']))
  const tracks = lanes.map(({ track }) => track)
  const sameMoment = comparison.scenario === undefined && comparison.order === 'together'
  const shifts = shiftsOf(tracks, { sameMoment })
  const silence = useCallback(() => undefined, [])
  const mixer = useMixer(lanes, shifts, {
    isRunning,
    silent: isBlind && isRunning,
    onListen: onListen ?? silence,
  })
  const { player } = mixer

  // What the timeline asks for at each frame, without a render in between.
  const latest = useRef({ tracks, shifts, isRunning, isPlaying: mixer.isPlaying })
  latest.current = { tracks, shifts, isRunning, isPlaying: mixer.isPlaying }
  const timeline = useMemo(() => {
    const durationMs = (): number => {
      const { tracks: all, shifts: moved } = latest.current
      return Math.max(1000, ...all.map((track, place) => track.durationMs + (moved[place] ?? 0))) + margin
    }
    return createTimeline({
      durationMs,
      auto() {
        const end = durationMs()
        if (latest.current.isRunning) {
          const to = Math.max(liveSpan.least, end)
          return { from: Math.max(0, to - liveSpan.most), to }
        }
        const begin = firstWordsAt(latest.current.tracks, latest.current.shifts)
        return { from: Math.max(0, begin - margin), to: end }
      },
      moves: () => (latest.current.isRunning ? 'live' : latest.current.isPlaying ? 'playing' : 'no'),
    })
  }, [])
  useEffect(() => () => timeline[Symbol.dispose](), [timeline])
  useEffect(() => timeline.invalidate())
  const passKey = tracks.map(({ lane, repeat }) => `${lane.label} ${repeat}`).join(' ')
  useEffect(() => {
    player.pause()
    player.seek(Math.max(0, firstWordsAt(latest.current.tracks, latest.current.shifts) - margin))
    timeline.fit()
  }, [passKey, isRunning, player, timeline])
  useEffect(() => {
    if (!mixer.isPlaying) return
    return timeline.onFrame(() => timeline.reveal(player.position()))
  }, [mixer.isPlaying, player, timeline])

  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    const view = timeline.view()
    const seek = (at: number): void => {
      const to = Math.min(Math.max(0, at), timelineEnd())
      player.seek(to)
      timeline.reveal(to)
      timeline.invalidate()
    }
    const timelineEnd = (): number =>
      Math.max(0, ...tracks.map((track, place) => track.durationMs + (shifts[place] ?? 0)))
    const step = event.shiftKey ? 100 : 1000
    const actions: Readonly<Record<string, () => void>> = {
      ' ': mixer.toggle,
      ArrowLeft: () => seek(player.position() - step),
      ArrowRight: () => seek(player.position() + step),
      ArrowDown: () => seek(player.position() - step),
      ArrowUp: () => seek(player.position() + step),
      PageDown: () => seek(player.position() - 10_000),
      PageUp: () => seek(player.position() + 10_000),
      Home: () => seek(view.from > 0 ? 0 : Math.max(0, firstWordsAt(tracks, shifts) - margin)),
      End: () => seek(timelineEnd()),
      '+': () => timeline.zoom(1 / zoomStep, player.position()),
      '=': () => timeline.zoom(1 / zoomStep, player.position()),
      '-': () => timeline.zoom(zoomStep, player.position()),
      '0': () => timeline.fit(),
      a: mixer.playInTurn,
      A: mixer.playInTurn,
      ...Object.fromEntries([1, 2, 3, 4].map((digit) => [String(digit), () => mixer.soloAt(digit - 1)])),
    }
    const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }
  const playhead = useMemo<Playhead>(
    () => ({
      position: player.position,
      isPlaying: () => player.state.get().playing,
      seek(at) {
        player.seek(Math.max(0, at))
        timeline.invalidate()
      },
      onKey: (event) => keys.current(event),
    }),
    [player, timeline],
  )

  return (
    <div className="stage" data-testid="stage" data-running={isRunning}>
      <Transport
        timeline={timeline}
        position={player.position}
        isPlaying={mixer.isPlaying}
        canPlay={mixer.canPlay}
        onPlay={mixer.toggle}
        onPlayAll={() => mixer.playInTurn()}
        repeats={comparison.repeats}
        repeat={props.repeat}
        onRepeat={props.onRepeat}
        shown={parts}
        onShown={setParts}
      >
        {props.actions}
      </Transport>
      {props.children}
      <div className="lanes">
        <h2 className="visually-hidden">{text.label}</h2>
        <div className="lanes-ruler">
          <Ruler timeline={timeline} />
        </div>
        {lanes.map((lane, place) => (
          <LaneRow
            key={`${lane.label} ${lane.track.repeat}`}
            lane={lane}
            scenario={scenario}
            comparison={comparison}
            shift={shifts[place] ?? 0}
            durationMs={Math.max(0, ...tracks.map((track, other) => track.durationMs + (shifts[other] ?? 0)))}
            timeline={timeline}
            playhead={playhead}
            mix={mixer.mixOf(lane)}
            parts={parts}
            isBlind={isBlind}
          />
        ))}
      </div>
      {parts.has('words') && <WordsPanel lanes={lanes} scenario={scenario} isBlind={isBlind} />}
      {!isBlind && !isRunning && parts.has('numbers') && (
        <NumbersTable comparison={comparison} lanes={lanes} />
      )}
    </div>
  )
}
