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
  return (
    <svg className="turn-picture" viewBox="0 0 720 330" role="img" aria-label={own.title}>
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

      <text className="turn-heading" x={0} y={186}>
        {own.enlarged}
      </text>
      <Row y={202} title={own.you} />
      <Bar kind="you" x={part} y={202} from={enlarged.from} to={turn.speechEnd} />
      <Row y={228} title={own.window} />
      <Bar kind="window" x={part} y={228} from={turn.speechEnd} to={turn.turnEnd} />
      <Row y={254} title={own.ahead} />
      <Bar kind="ahead" x={part} y={254} from={turn.aheadFrom} to={turn.firstText} />
      <Row y={280} title={own.heard} />
      <Bar kind="answer" x={part} y={280} from={turn.firstSound} to={enlarged.to} />
      <Axis x={part} y={306} every={100} from={2100} to={2800} language={language} />

      {steps.map(({ ms }, place) => (
        <Mark
          key={ms}
          number={place + 1}
          x={isInPart(ms) ? part(ms) : whole(ms)}
          y={isInPart(ms) ? (markRows[place % markRows.length] ?? 0) : 22}
          foot={isInPart(ms) ? 300 : 120}
          isCurrent={place === current}
        />
      ))}
      {at !== undefined && <line className="turn-playhead" x1={whole(at)} x2={whole(at)} y1={30} y2={130} />}
      {at !== undefined && isInPart(at) && (
        <line className="turn-playhead" x1={part(at)} x2={part(at)} y1={196} y2={302} />
      )}
    </svg>
  )
}

/** Numbers that lie close together stand in rows. */
const markRows = [184, 184, 184, 184, 166, 184, 166, 184] as const

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

function Mark(props: {
  readonly number: number
  readonly x: number
  readonly y: number
  readonly foot: number
  readonly isCurrent: boolean
}): ReactNode {
  const { number, x, y, foot, isCurrent } = props
  return (
    <g className={isCurrent ? 'turn-mark turn-current' : 'turn-mark'}>
      <line x1={x} x2={x} y1={y + 8} y2={foot} />
      <circle cx={x} cy={y} r={8} />
      <text x={x} y={y + 3.5} textAnchor="middle">
        {number}
      </text>
    </g>
  )
}
