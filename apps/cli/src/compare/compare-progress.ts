import type { CompareObserver, Comparison, LaneRun, Mark } from '@parley/compare'
import { liveLines } from '../terminal/live-lines.ts'
import { isDumbTerminal } from '../terminal/live-progress.ts'
import { styledError } from '../terminal/terminal.ts'
import { failureReason } from './failure-reason.ts'
import { createTimeLeft } from './time-left.ts'

/** Shows how far a comparison is: lines that change on a terminal, one line a finished pass elsewhere. */
export interface CompareProgress extends Disposable {
  /** Says what is done before the first pass. */
  readonly say: (text: string) => void
  /** Writes a line that stays. */
  readonly log: (text: string) => void
  /** The observer for a scenario; passes of all scenarios count together. */
  readonly observerOf: (scenario: string) => CompareObserver
}

/** What the progress is about. */
export interface CompareProgressOptions {
  readonly labels: readonly string[]
  readonly scenarios: number
  readonly repeats: number
  readonly order: Comparison['order']
}

const refreshMs = 250

/** Progress on standard error. */
export function compareProgress({
  labels,
  scenarios,
  repeats,
  order,
}: CompareProgressOptions): CompareProgress {
  const lines = liveLines(process.stderr, { isDumb: isDumbTerminal() })
  const total = labels.length * scenarios * repeats
  const timeLeft = createTimeLeft({ total, parallel: order === 'together' ? labels.length : 1 })
  const width = Math.max(...labels.map(({ length }) => length))
  const states = new Map<string, string>()
  let scenario = ''
  let done = 0
  let startedAt: number | undefined

  function show(): void {
    if (startedAt === undefined) return
    const now = performance.now()
    const leftMs = timeLeft.at(now)
    const left = leftMs === undefined ? '' : `, about ${clockText(leftMs)} left`
    lines.show([
      `${styledError('bold', scenario)}  ${done} of ${total} passes, ${clockText(now - startedAt)}${left}`,
      ...labels.map(
        (label) => `  ${label.padEnd(width)}  ${states.get(label) ?? styledError('dim', 'waits')}`,
      ),
    ])
  }

  // Written rarely, so that the display does not disturb what is measured.
  const timer = lines.isLive ? setInterval(show, refreshMs) : undefined

  return {
    say: (text) => (lines.isLive ? lines.show([styledError('dim', text)]) : lines.log(text)),
    log: (text) => lines.log(text),
    observerOf(title) {
      scenario = title
      states.clear()
      return {
        onLaneStart(label, repeat) {
          startedAt ??= performance.now()
          states.set(label, `repeat ${repeat + 1}: connects`)
        },
        onMark(label, repeat, mark) {
          const text = markText(mark)
          if (text !== undefined) states.set(label, `repeat ${repeat + 1}: ${text}`)
        },
        onLaneEnd(run) {
          done += 1
          timeLeft.passEnded(run.durationMs, performance.now())
          const text = passText(run)
          states.set(run.lane.label, styledError('dim', text))
          const isBad = run.outcome === 'failed'
          if (!lines.isLive) lines.log(`[${done}/${total}] ${title}, ${run.lane.label}, ${text}`)
          else if (isBad) lines.log(`${styledError('red', 'failed')}  ${run.lane.label}, ${text}`)
        },
      }
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      lines[Symbol.dispose]()
    },
  }
}

/** What a lane does, as of one of its marks; `undefined` for those that say nothing new to who watches. */
export function markText(mark: Mark): string | undefined {
  switch (mark.type) {
    case 'session_ready':
      return 'session ready'
    case 'speech_start':
      return 'speaks'
    case 'speech_end':
      return 'has spoken, waits'
    case 'text_sent':
      return `types "${mark.text}"`
    case 'transcript':
      return `heard "${mark.text}"`
    case 'first_sound':
      return 'listens to the answer'
    case 'cut':
      return `answer cut after ${Math.round(mark.heardMs)} ms`
    case 'sound_end':
      return 'answer ended'
    case 'tool_call':
      return `calls ${mark.name}`
    case 'error':
    case 'warning':
      return `${mark.type} ${mark.code}: ${mark.text}`
    case 'connected':
    case 'session_created':
    case 'step':
    case 'speech_started':
    case 'speech_stopped':
    case 'first_transcript':
    case 'response_created':
    case 'first_text':
    case 'first_audio':
    case 'response_done':
    case 'late_frame':
    case 'underrun':
    case 'closed':
      return undefined
  }
}

/** One finished pass in a line. */
export function passText(run: LaneRun): string {
  const { repeat, outcome, durationMs, expectations } = run
  const met = expectations.filter((expectation) => expectation.met).length
  const expected = expectations.length === 0 ? '' : `, ${met} of ${expectations.length} expectations met`
  const failure = failureReason(run)
  const reason = failure === undefined ? '' : `: ${failure}`
  return `repeat ${repeat + 1}: ${outcome} after ${(durationMs / 1000).toFixed(1)} s${expected}${reason}`
}

function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
