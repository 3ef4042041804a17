import type { Peaks } from '@parley/audio'
import { answersOf } from '../../measures/answers.ts'
import { formatValue } from '../../measures/format-value.ts'
import { turnErrorsOf } from '../../measures/measures.ts'
import { isEarly, turnsOf, type Turn } from '../../measures/turns.ts'
import type { LaneRun } from '../../run/lane-run.ts'
import type { Mark } from '../../run/mark.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import type { AxisView } from '../../view/axis.ts'
import { laneShapes, type LaneShapes, type TrackShape } from '../../view/lane-shapes.ts'
import type { ReportTexts } from '../texts.ts'
import { svg } from './draw.ts'

/** Height of one track and of a row of labels, px. */
const trackHeight = 52
const rowHeight = 17
const labelRows = 3
const letterWidth = 7.2

/** Height of the mark of a frame that was sent late, px; there may be many. */
const lateHeight = 5

/** Height of a lane's drawing, px. */
export const laneHeight = trackHeight * 2 + rowHeight * labelRows + 6

/** What is drawn of a lane. */
export interface LaneDrawing {
  readonly run: LaneRun
  readonly scenario: Scenario | undefined
  readonly peaks: { readonly input: Peaks; readonly output: Peaks }
  readonly view: AxisView
  readonly texts: ReportTexts
  readonly language: string
}

/** Waits of a run for people, in the order of its turns. */
export function waitsText(run: LaneRun, scenario: Scenario | undefined, language: string): string {
  return turnsOf(run, scenario)
    .flatMap((turn) => waitOf(turn)?.ms ?? [])
    .map((ms) => formatValue(ms, 'ms', language))
    .join(', ')
}

/** The elements of a lane's drawing. */
export function drawLane({
  run,
  scenario,
  peaks,
  view,
  texts,
  language,
}: LaneDrawing): readonly SVGElement[] {
  const turns = turnsOf(run, scenario)
  const wrong = new Map(
    turnErrorsOf(run, turns).flatMap(({ kind, at }) =>
      kind === 'missing' ? [] : [[at, kind === 'early' ? texts.early : texts.second] as const],
    ),
  )
  const waits = new Map(
    turns.flatMap((turn) => {
      const wait = waitOf(turn)
      return wait === undefined ? [] : [[wait.responseId, formatValue(wait.ms, 'ms', language)] as const]
    }),
  )
  const cuts = new Map(
    answersOf(run).flatMap(({ responseId, firstSoundAt, cutAt }) =>
      firstSoundAt === undefined || cutAt === undefined
        ? []
        : [[responseId, formatValue(cutAt - firstSoundAt, 'ms', language)] as const],
    ),
  )
  const shapes = laneShapes(run, scenario, {
    ...view,
    trackHeight,
    labelRows,
    letterWidth,
    labelOf: (mark) => labelOf(mark, { texts, waits, wrong, cuts }),
    peaks,
  })
  return [
    ...shapes.waits.map(({ x, width, ms }) =>
      svg(
        'g',
        { class: 'wait' },
        svg('title', {}, `${texts.wait} ${formatValue(ms, 'ms', language)}`),
        svg('rect', { x, y: 0, width, height: trackHeight * 2 }),
      ),
    ),
    track(shapes.input, 'person', 0),
    track(shapes.output, 'answer', trackHeight),
    svg('line', { class: 'middle', x1: 0, x2: view.width, y1: trackHeight, y2: trackHeight }),
    ...markElements(shapes, wrong),
  ]
}

function track({ wave, bands }: TrackShape, kind: 'person' | 'answer', y: number): SVGElement {
  return svg(
    'g',
    { class: `track ${kind}`, transform: `translate(0 ${y})` },
    ...bands.map((band) =>
      svg('rect', {
        class: `band ${band.kind}`,
        x: band.x,
        y: 2,
        width: band.width,
        height: trackHeight - 4,
        rx: 3,
      }),
    ),
    svg('path', { d: wave }),
  )
}

function markElements({ marks }: LaneShapes, wrong: ReadonlyMap<number, string>): readonly SVGElement[] {
  return marks.map(({ x, mark, label, row, flipped }) => {
    if (mark.type === 'late_frame') {
      return svg('line', { class: 'late', x1: x, x2: x, y1: 0, y2: lateHeight })
    }
    const bottom = trackHeight * 2
    const foot = row === undefined ? bottom + 3 : bottom + 6 + row * rowHeight + 9
    const onInput = mark.type === 'speech_end' || mark.type === 'text_sent'
    return svg(
      'g',
      { class: `mark ${mark.type} ${mark.type === 'first_sound' && wrong.has(mark.at) ? 'wrong' : ''}` },
      svg('title', {}, label ?? mark.type.replaceAll('_', ' ')),
      svg('line', { x1: x, x2: x, y1: onInput ? 0 : trackHeight, y2: foot }),
      ...(row === undefined || label === undefined
        ? []
        : [
            svg(
              'text',
              {
                x: x + (flipped ? -4 : 4),
                y: bottom + 6 + row * rowHeight + 9,
                'text-anchor': flipped ? 'end' : 'start',
              },
              label,
            ),
          ]),
    )
  })
}

function labelOf(
  mark: Mark,
  {
    texts,
    waits,
    wrong,
    cuts,
  }: {
    texts: ReportTexts
    waits: ReadonlyMap<string, string>
    wrong: ReadonlyMap<number, string>
    cuts: ReadonlyMap<string, string>
  },
): string | undefined {
  switch (mark.type) {
    case 'first_sound':
      return wrong.get(mark.at) ?? waits.get(mark.responseId) ?? texts.marks.sound
    case 'cut':
      return cuts.has(mark.responseId) ? texts.cutAfter(cuts.get(mark.responseId) ?? '') : texts.cut
    case 'tool_call':
      return `${texts.tool}: ${mark.name}`
    case 'text_sent':
      return texts.marks.typed
    case 'first_text':
      return texts.marks.text
    case 'first_transcript':
      return texts.marks.transcript
    case 'session_ready':
      return texts.marks.ready
    case 'connected':
      return texts.marks.connected
    case 'closed':
      return texts.marks.closed
    case 'underrun':
      return texts.marks.gap
    case 'error':
    case 'warning':
      return mark.code
    case 'late_frame':
    case 'session_created':
    case 'step':
    case 'speech_start':
    case 'speech_end':
    case 'speech_started':
    case 'speech_stopped':
    case 'transcript':
    case 'response_created':
    case 'first_audio':
    case 'sound_end':
    case 'response_done':
      return undefined
  }
}

function waitOf(turn: Turn): { readonly responseId: string; readonly ms: number } | undefined {
  const answer = turn.answers.find((other) => other.beganAt !== undefined && !isEarly(turn, other))
  if (answer?.beganAt === undefined) return undefined
  return { responseId: answer.responseId, ms: answer.beganAt - turn.endedAt }
}
