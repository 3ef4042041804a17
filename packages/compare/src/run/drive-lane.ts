import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { createLaneLink, toFailure, type LaneFailure, type LaneLink } from './lane-link.ts'
import type { ExpectationResult, LaneRun } from './lane-run.ts'
import type { Mark } from './mark.ts'
import type { Microphone } from './microphone.ts'
import type { CompareObserver, ComparePorts } from './ports.ts'

/** One pass of a lane. */
export interface DriveOptions {
  readonly lane: Lane
  readonly scenario: Scenario | undefined
  readonly repeat: number
  readonly signal: AbortSignal
  readonly observer: CompareObserver
  readonly microphone: Microphone
  /** Why the lane cannot even be opened. */
  readonly obstacle?: LaneFailure | undefined
  /** Has the conversation; its session is open. It pushes what came of expectations. */
  readonly drive: (link: LaneLink, expectations: ExpectationResult[]) => Promise<void>
}

/** Opens a lane, has its conversation, closes it, and gives what happened; never rejects. */
export async function driveLane(
  ports: ComparePorts,
  { lane, scenario, repeat, signal, observer, microphone, obstacle, drive }: DriveOptions,
): Promise<LaneRun> {
  const marks: Mark[] = []
  const expectations: ExpectationResult[] = []
  observer.onLaneStart?.(lane.label, repeat)
  const startedAt = ports.wallClock()
  const link = createLaneLink(ports, {
    lane,
    scenario,
    microphone,
    signal,
    observer,
    mark(mark) {
      marks.push(mark)
      observer.onMark?.(lane.label, repeat, mark)
    },
  })
  const opened = obstacle ? Promise.reject(obstacle) : link.open()
  const ending = await opened
    .then(() => drive(link, expectations))
    .then(
      () => ({ outcome: 'completed' as const }),
      (error: unknown) => {
        if (signal.aborted) return { outcome: 'stopped' as const }
        const { code, message } = toFailure(error, 'internal_error')
        return { outcome: 'failed' as const, problem: { code, message } }
      },
    )
  const durationMs = link.at()
  await link.close()
  const run: LaneRun = {
    lane,
    repeat,
    startedAt,
    durationMs,
    ...ending,
    marks: marks.toSorted((a, b) => a.at - b.at),
    input: microphone.segments,
    output: link.player.heard(durationMs),
    expectations,
    usage: link.conversation.usage,
    price: ports.priceOf(lane),
    model: link.conversation.model === '' ? lane.model : link.conversation.model,
  }
  observer.onLaneEnd?.(run)
  return run
}
