import type { Lane } from '../lane.ts'
import type { Comparison } from './comparison.ts'
import { driveLane } from './drive-lane.ts'
import type { LaneLink } from './lane-link.ts'
import { createLiveMicrophone, type LiveMicrophone } from './microphone.ts'
import type { ComparePorts } from './ports.ts'
import { checkLanes, type ComparisonOptions } from './run-comparison.ts'
import { typeWords } from './steps.ts'
import { endOfAnswers } from './turn.ts'

/** What a live comparison is called and who takes part. */
export interface CapturePlan {
  readonly title: string
  readonly lanes: readonly Lane[]
}

/** A person speaks or types once, every lane hears it. */
export interface Capture {
  /** Every lane is ready or has failed; rejects with the first problem when none is ready. What comes earlier is not heard. */
  readonly ready: Promise<void>
  /** PCM16 mono at 24 kHz, any size, as recorded; a whole file may be pushed at once and is sent in real time. */
  push(samples: Int16Array): void
  type(text: string): void
  /** Takes no more sound, waits until what was pushed is sent and answered, or nothing came of an answer for 15 s; gives the comparison. */
  finish(): Promise<Comparison>
}

interface LiveLane {
  readonly microphone: LiveMicrophone
  link: LaneLink | undefined
}

/** Opens the lanes at once. Throws `RangeError` for lanes that cannot be told apart, or none. */
export function startCapture(
  { title, lanes }: CapturePlan,
  ports: ComparePorts,
  { signal = new AbortController().signal, observer = {} }: ComparisonOptions = {},
): Capture {
  checkLanes(lanes)
  const createdAt = ports.wallClock()
  let isFinishing = false
  const live = lanes.map((lane) => {
    const own: LiveLane = { microphone: createLiveMicrophone(), link: undefined }
    const opened = Promise.withResolvers<void>()
    const run = driveLane(ports, {
      lane,
      scenario: undefined,
      repeat: 0,
      signal,
      observer,
      microphone: own.microphone,
      async drive(link) {
        own.link = link
        opened.resolve()
        // Frames and events go on meanwhile; a lane that breaks ends here.
        await link.until(() => isFinishing && !own.microphone.hasWaiting)
        await endOfAnswers(link)
      },
    })
    void run.then(({ problem }) => opened.reject(new Error(problem?.message ?? 'The lane was stopped.')))
    opened.promise.catch(() => undefined)
    return { own, opened: opened.promise, run }
  })
  const ready = Promise.allSettled(live.map(({ opened }) => opened)).then((results) => {
    const [first] = results
    if (results.every(({ status }) => status === 'rejected') && first?.status === 'rejected')
      throw first.reason
  })
  ready.catch(() => undefined)

  return {
    ready,
    push(samples) {
      if (isFinishing) return
      for (const { own } of live) if (own.link) own.microphone.push(samples)
    },
    type(text) {
      for (const { own } of live) if (own.link) void typeWords(text, own.link).catch(() => undefined)
    },
    async finish() {
      isFinishing = true
      const runs = await Promise.all(live.map(({ run }) => run))
      return {
        id: ports.newId('cmp'),
        title,
        createdAt,
        scenario: undefined,
        lanes,
        repeats: 1,
        order: 'together',
        status: signal.aborted ? 'stopped' : 'completed',
        runs,
      }
    },
  }
}
