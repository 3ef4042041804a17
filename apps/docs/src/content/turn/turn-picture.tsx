import type { ReactNode } from 'react'
import type { Language } from '../../site/language.ts'
import { enlarged, recordedTurn as turn, shownMs } from './recorded-turn.ts'
import type { TurnStep } from './turn-steps.ts'

const words = {
  en: {
    title: 'A turn on a time axis',
    you: 'You',
    sent: 'Answer sent',
    heard: 'Answer heard',
    unheard: 'not heard',
    enlarged: 'The end of the turn, enlarged',
    window: 'Silence window',
    ahead: 'Reading ahead',
  },
  de: {
    title: 'Ein Beitrag auf einer Zeitachse',
    you: 'Sie',
    sent: 'Antwort gesendet',
    heard: 'Antwort gehört',
    unheard: 'nicht gehört',
    enlarged: 'Das Ende des Beitrags, vergrößert',
    window: 'Stillefenster',
    ahead: 'Im Voraus',
  },
} as const

const left = 132
const right = 708
const barHeight = 18

const whole = scale(0, shownMs)
const part = scale(enlarged.from, enlarged.to)

function scale(from: number, to: number): (ms: number) => number {
  return (ms) => left + ((Math.min(Math.max(ms, from), to) - from) / (to - from)) * (right - left)
}

/** The turn drawn; `at` (ms) sets the playhead, `undefined` leaves it out. `current` is the step that is told. */
export function TurnPicture(props: {
  readonly language: Language
  readonly steps: readonly TurnStep[]
  readonly at: number | undefined
  readonly current: number | undefined
}): ReactNode {
  const { language, steps, at, current } = props
  const own = words[language]
  const isInPart = (ms: number): boolean => ms >= enlarged.from && ms <= enlarged.to
  const numbered = steps.map(({ ms }, place) => ({ ms, place }))
  const outside = numbered.filter(({ ms }) => !isInPart(ms))
  const inside = numbered.filter(({ ms }) => isInPart(ms))
  return (
    <svg className="turn-picture" viewBox="0 0 720 332" role="img" aria-label={own.title}>
      <rect
        className="turn-part"
        x={whole(enlarged.from)}
        y={34}
        width={spanOf(whole, enlarged.from, enlarged.to)}
        height={92}
      />
      <Row y={42} title={own.you} />
      <Bar kind="you" x={whole} y={42} from={0} to={turn.speechEnd} />
      <Bar kind="you" x={whole} y={42} from={turn.interruption} to={turn.interruptionEnd} />
      <Row y={70} title={own.sent} />
      <Bar kind="answer" x={whole} y={70} from={turn.firstText} to={turn.sent} />
      <Row y={98} title={own.heard} />
      <Bar kind="answer" x={whole} y={98} from={turn.firstSound} to={turn.silence} />
      <Bar kind="unheard" x={whole} y={98} from={turn.silence} to={shownMs} />
      <text className="turn-inside" x={whole(turn.silence) + 8} y={111}>
        {own.unheard}
      </text>
      <Axis x={whole} y={134} every={1000} from={0} to={shownMs} language={language} />

      <text className="turn-heading" x={0} y={166}>
        {own.enlarged}
      </text>
      <Row y={212} title={own.you} />
      <Bar kind="you" x={part} y={212} from={enlarged.from} to={turn.speechEnd} />
      <Row y={238} title={own.window} />
      <Bar kind="window" x={part} y={238} from={turn.speechEnd} to={turn.turnEnd} />
      <Row y={264} title={own.ahead} />
      <Bar kind="ahead" x={part} y={264} from={turn.aheadFrom} to={turn.firstText} />
      <Row y={290} title={own.heard} />
      <Bar kind="answer" x={part} y={290} from={turn.firstSound} to={enlarged.to} />
      <Axis x={part} y={316} every={100} from={2100} to={2800} language={language} />

      <Marks steps={outside} x={whole} y={12} foot={120} current={current} />
      <Marks steps={inside} x={part} y={190} foot={308} current={current} />
      {at !== undefined && <line className="turn-playhead" x1={whole(at)} x2={whole(at)} y1={30} y2={130} />}
      {at !== undefined && isInPart(at) && (
        <line className="turn-playhead" x1={part(at)} x2={part(at)} y1={206} y2={310} />
      )}
    </svg>
  )
}

function spanOf(x: (ms: number) => number, from: number, to: number): number {
  return x(to) - x(from)
}

function Row({ y, title }: { readonly y: number; readonly title: string }): ReactNode {
  return (
    <text className="turn-row" x={0} y={y + 13}>
      {title}
    </text>
  )
}

function Bar(props: {
  readonly kind: 'you' | 'window' | 'ahead' | 'answer' | 'unheard'
  readonly x: (ms: number) => number
  readonly y: number
  readonly from: number
  readonly to: number
}): ReactNode {
  const { kind, x, y, from, to } = props
  return (
    <rect
      className={`turn-${kind}`}
      x={x(from)}
      y={y}
      width={spanOf(x, from, to)}
      height={barHeight}
      rx={3}
    />
  )
}

function Axis(props: {
  readonly x: (ms: number) => number
  readonly y: number
  readonly every: number
  readonly from: number
  readonly to: number
  readonly language: Language
}): ReactNode {
  const { x, y, every, from, to, language } = props
  const ticks = Array.from(
    { length: Math.floor((to - from) / every) + 1 },
    (_, place) => from + place * every,
  )
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: every < 1000 ? 1 : 0 })
  return (
    <g className="turn-axis">
      <line x1={left} x2={right} y1={y - 6} y2={y - 6} />
      {ticks.map((ms) => (
        <text key={ms} x={x(ms)} y={y + 9} textAnchor={ms === shownMs ? 'end' : 'middle'}>
          {format.format(ms / 1000)}
          {ms === from ? ' s' : ''}
        </text>
      ))}
    </g>
  )
}

/** Centres of two numbers are at least so far apart. */
const markGap = 18

/** Numbers in a row, each with a line to its moment; where moments are close together the numbers make room. */
function Marks(props: {
  readonly steps: readonly { readonly ms: number; readonly place: number }[]
  readonly x: (ms: number) => number
  readonly y: number
  readonly foot: number
  readonly current: number | undefined
}): ReactNode {
  const { steps, x, y, foot, current } = props
  const centres: number[] = []
  for (const { ms } of steps) centres.push(Math.max(x(ms), (centres.at(-1) ?? 0) + markGap))
  return steps.map(({ ms, place }, index) => {
    const centre = centres[index] ?? x(ms)
    return (
      <g key={ms} className={place === current ? 'turn-mark turn-current' : 'turn-mark'}>
        <path d={`M${centre} ${y + 8}L${x(ms)} ${y + 20}V${foot}`} />
        <circle cx={centre} cy={y} r={8} />
        <text x={centre} y={y + 3.5} textAnchor="middle">
          {place + 1}
        </text>
      </g>
    )
  })
}
