'use client'

import type { Comparison, Scenario } from '@parley/compare'
import type { JSX } from 'react'
import { Icon } from '../../components/icons.tsx'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { LaneCanvas, type Playhead } from './lane-canvas.tsx'
import { LaneMarks } from './lane-marks.tsx'
import { LaneNumbers } from './lane-numbers.tsx'
import type { ShownLane } from './shown-lane.ts'
import type { Timeline } from './timeline.ts'

/** Which parts of a lane are shown below its picture. */
export type LanePart = 'words' | 'marks' | 'numbers'

/** What the mixer does to a lane. */
export interface LaneMix {
  readonly isSolo: boolean
  readonly isMuted: boolean
  /** Muted, or another lane is heard alone. */
  readonly isQuiet: boolean
  readonly isPlaying: boolean
  /** Heard from the loudspeaker while it runs. */
  readonly isHeard: boolean
  readonly canPlay: boolean
  /** With `add` the other solos stay. */
  readonly solo: (add: boolean) => void
  readonly mute: () => void
  readonly play: () => void
}

/** What a socket says that ended without a close: RFC 6455, section 7.1.5. */
const brokeOff = /^The connection closed with code 1006\b/

/** One lane: who it is, its picture, and what it said. */
export function LaneRow(props: {
  readonly lane: ShownLane
  readonly scenario: Scenario | undefined
  readonly comparison: Comparison
  readonly shift: number
  readonly durationMs: number
  readonly timeline: Timeline
  readonly playhead: Playhead
  readonly mix: LaneMix
  readonly parts: ReadonlySet<LanePart>
  readonly isBlind: boolean
}): JSX.Element {
  const { lane, mix, parts, scenario } = props
  const { stage: text } = useCompareText()
  const { track, name } = lane
  const { status } = track
  return (
    <section
      className="lane"
      aria-label={name}
      data-lane={lane.color}
      data-testid="lane"
      data-label={props.isBlind ? undefined : lane.label}
      data-status={status}
      data-quiet={mix.isQuiet || undefined}
    >
      <div className="lane-head">
        <div className="lane-title">
          <span className="lane-letter" aria-hidden="true">
            {lane.letter}
          </span>
          <div className="lane-names">
            <h3>{name}</h3>
            {lane.about !== '' && <p>{lane.about}</p>}
          </div>
        </div>
        <div className="lane-mix">
          <button
            type="button"
            className="quiet-button square lane-play"
            disabled={!mix.canPlay}
            aria-label={mix.isPlaying ? text.pauseLane(name) : text.playLane(name)}
            data-testid="play-lane"
            onClick={mix.play}
          >
            <Icon name={mix.isPlaying ? 'pause' : 'play'} size={18} />
          </button>
          <button
            type="button"
            className="toggle"
            aria-pressed={mix.isSolo}
            aria-label={text.solo(name)}
            data-testid="solo"
            onClick={({ ctrlKey, shiftKey, metaKey }) => mix.solo(ctrlKey || shiftKey || metaKey)}
          >
            {text.soloShort}
          </button>
          <button
            type="button"
            className="toggle"
            aria-pressed={mix.isMuted}
            aria-label={text.mute(name)}
            data-testid="mute"
            onClick={mix.mute}
          >
            {text.muteShort}
          </button>
        </div>
        <p className="lane-state" data-testid="lane-state">
          <LaneState lane={lane} scenario={scenario} isHeard={mix.isHeard} isBlind={props.isBlind} />
        </p>
      </div>
      <div className="lane-body">
        <LaneCanvas
          name={name}
          track={track}
          scenario={scenario}
          shift={props.shift}
          timeline={props.timeline}
          playhead={props.playhead}
          durationMs={props.durationMs}
          isBlind={props.isBlind}
        />
        {track.run?.problem && (
          <p className="lane-failure" role="alert">
            <b>{text.failed}.</b>{' '}
            {!props.isBlind &&
              (brokeOff.test(track.run.problem.message) ? text.brokeOff : track.run.problem.message)}
          </p>
        )}
        {parts.has('numbers') && !props.isBlind && (
          <LaneNumbers comparison={props.comparison} label={lane.label} run={track.run} />
        )}
        {!props.isBlind && <LaneMarks lane={lane} shift={props.shift} isShown={parts.has('marks')} />}
      </div>
    </section>
  )
}

function LaneState(props: {
  readonly lane: ShownLane
  readonly scenario: Scenario | undefined
  readonly isHeard: boolean
  readonly isBlind: boolean
}): JSX.Element {
  const { stage: text, run } = useCompareText()
  const { track } = props.lane
  const step = track.marks.findLast((mark) => mark.type === 'step')
  switch (track.status) {
    case 'waiting':
      return <>{text.waiting}</>
    case 'running':
      return (
        <>
          {step && props.scenario && !props.isBlind
            ? run.step(String(step.step + 1), String(props.scenario.steps.length))
            : text.runningLane}
          {props.isHeard && ` · ${text.listening}`}
        </>
      )
    case 'completed': {
      if (props.isBlind) return <></>
      const { expectations = [] } = track.run ?? {}
      const met = expectations.filter((result) => result.met).length
      return <>{expectations.length > 0 && text.expectations(String(met), String(expectations.length))}</>
    }
    case 'stopped':
      return <>{text.stoppedLane}</>
    case 'failed':
      return <>{text.failed}</>
  }
}
