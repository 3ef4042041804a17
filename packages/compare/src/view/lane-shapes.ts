import { createPeaks, type Peaks } from '@parley/audio'
import { answersOf } from '../measures/answers.ts'
import { isEarly, turnsOf, utterancesIn } from '../measures/turns.ts'
import { trackRate, type LaneRun } from '../run/lane-run.ts'
import type { Mark, MarkType } from '../run/mark.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { xOf, type AxisView } from './axis.ts'
import { placeLabels } from './place-labels.ts'

/** What of a lane is drawn, and how large. */
export interface LaneView extends AxisView {
  /** Height of one track, px. */
  readonly trackHeight: number
  /** Rows for labels of marks. */
  readonly labelRows: number
  /** Mean width of a letter of a label, px. */
  readonly letterWidth: number
  /** What a mark is called; `undefined` leaves it without a label. */
  readonly labelOf: (mark: Mark) => string | undefined
  /** Peaks of the tracks when they are known already; otherwise they are computed once for each run. */
  readonly peaks?: { readonly input: Peaks; readonly output: Peaks }
}

/** A stretch of speech or of an answer. */
export interface BandShape {
  readonly x: number
  readonly width: number
  readonly from: number
  readonly to: number
  readonly kind: 'speech' | 'backchannel' | 'answer' | 'cut'
}

/** A track: what was sent, or what was heard. */
export interface TrackShape {
  /** Path of the waveform, mirrored at half the track's height; empty for silence. */
  readonly wave: string
  readonly bands: readonly BandShape[]
}

/** One moment. Its label, if it has one and there is room, is in `row`. */
export interface MarkShape {
  readonly x: number
  readonly mark: Mark
  readonly label: string | undefined
  readonly row: number | undefined
  /** The label ends at `x` and does not begin there. */
  readonly flipped: boolean
}

/** The wait for an answer, from the end of a turn to its first sound (or text). */
export interface WaitShape {
  readonly x: number
  readonly width: number
  readonly from: number
  readonly ms: number
}

/** A lane as numbers and paths, in px; nothing in it knows how it is drawn. */
export interface LaneShapes {
  readonly input: TrackShape
  readonly output: TrackShape
  readonly marks: readonly MarkShape[]
  readonly waits: readonly WaitShape[]
}

/** Marks that are drawn, with how much their labels matter. */
const priorities: Readonly<Partial<Record<MarkType, number>>> = {
  error: 100,
  closed: 95,
  first_sound: 90,
  cut: 88,
  tool_call: 80,
  speech_end: 70,
  text_sent: 70,
  first_text: 50,
  first_transcript: 45,
  warning: 40,
  underrun: 30,
  late_frame: 20,
  session_ready: 15,
  connected: 10,
}

/** Quiet speech stays visible: heights go with this power of the magnitude. */
const wavePower = 0.7

/** Magnitudes below this are drawn as silence. */
const silence = 0.002

const peaksOfRun = new WeakMap<LaneRun, { readonly input: Peaks; readonly output: Peaks }>()

/** Geometry of one lane in a view: both waveforms, bands, marks with labels that do not collide, waits. */
export function laneShapes(run: LaneRun, scenario: Scenario | undefined, view: LaneView): LaneShapes {
  const { input, output } = view.peaks ?? cachedPeaks(run)
  const band = (kind: BandShape['kind'], from: number, to: number): readonly BandShape[] => {
    const x = Math.max(0, xOf(from, view))
    const width = Math.min(view.width, xOf(to, view)) - x
    return width <= 0 ? [] : [{ x, width, from, to, kind }]
  }
  return {
    input: {
      wave: wavePath(input, view, view.trackHeight),
      bands: utterancesIn(run, scenario).flatMap(({ kind, startedAt, endedAt }) =>
        kind === 'text' ? [] : band(kind, startedAt, endedAt),
      ),
    },
    output: {
      wave: wavePath(output, view, view.trackHeight),
      bands: answersOf(run).flatMap(({ firstSoundAt, silentAt, cutAt }) =>
        firstSoundAt === undefined
          ? []
          : band(cutAt === undefined ? 'answer' : 'cut', firstSoundAt, silentAt ?? run.durationMs),
      ),
    },
    marks: markShapes(run, view),
    waits: turnsOf(run, scenario).flatMap((turn) => {
      const began = turn.answers.find(
        (answer) => answer.beganAt !== undefined && !isEarly(turn, answer),
      )?.beganAt
      if (began === undefined) return []
      return band('speech', turn.endedAt, began).map(({ x, width, from, to }) => ({
        x,
        width,
        from,
        ms: to - from,
      }))
    }),
  }
}

/** Filled path of a waveform: loudest magnitude of each px column, mirrored at half the height; empty for silence. */
export function wavePath(peaks: Peaks, view: AxisView, height: number): string {
  const columns = Math.max(1, Math.round(view.width))
  const perColumn = (view.to - view.from) / columns
  const middle = height / 2
  let path = ''
  let top = ''
  let bottom = ''
  for (let column = 0; column <= columns; column += 1) {
    const from = view.from + column * perColumn
    const loud = column === columns ? 0 : peaks.loudest(from, from + perColumn)
    if (loud >= silence) {
      const half = Math.max(0.5, middle * loud ** wavePower)
      top += `L${column} ${round(middle - half)}`
      bottom = `L${column} ${round(middle + half)}${bottom}`
    } else if (top !== '') {
      path += `M${top.slice(1)}${bottom}Z`
      top = ''
      bottom = ''
    }
  }
  return path
}

function markShapes(run: LaneRun, view: LaneView): readonly MarkShape[] {
  const shown = run.marks.flatMap((mark) => {
    const priority = priorities[mark.type]
    const x = xOf(mark.at, view)
    if (priority === undefined || x < 0 || x > view.width) return []
    const label = view.labelOf(mark)
    return [{ x, mark, label, priority }]
  })
  const labelled = shown.filter(({ label }) => label !== undefined)
  const places = placeLabels(
    labelled.map(({ x, label = '', priority }) => ({ x, width: label.length * view.letterWidth, priority })),
    { rows: view.labelRows, width: view.width },
  )
  const placeOf = new Map(labelled.map((shape, index) => [shape, places[index]]))
  return shown.map((shape) => ({
    x: shape.x,
    mark: shape.mark,
    label: shape.label,
    row: placeOf.get(shape)?.row,
    flipped: placeOf.get(shape)?.flipped ?? false,
  }))
}

function cachedPeaks(run: LaneRun): { readonly input: Peaks; readonly output: Peaks } {
  const known = peaksOfRun.get(run)
  if (known !== undefined) return known
  const peaks = { input: createPeaks(run.input, trackRate), output: createPeaks(run.output, trackRate) }
  peaksOfRun.set(run, peaks)
  return peaks
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
