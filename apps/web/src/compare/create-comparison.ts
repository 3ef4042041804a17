import {
  runComparison,
  startCapture,
  type CompareObserver,
  type ComparePorts,
  type Comparison,
  type Lane,
  type Mark,
} from '@parley/compare'
import type { PriceModel } from '@parley/core'
import { RunStoreError, type RunStore } from '../runs/run-store.ts'
import { loadWire } from '../session/connect.ts'
import { problemOfMicrophone, type Problem } from '../session/problem.ts'
import { createStore, type Store } from '../session/store.ts'
import { createLaneClock, type LaneClock } from './clock.ts'
import { nothingCompared, type ComparisonState } from './comparison-state.ts'
import { emptyTrack, trackOf, type LaneTrack } from './lane-track.ts'
import { createLiveSound, type LiveSound } from './live-sound.ts'
import { passesOf, typedScenario, type Plan } from './plan.ts'
import { browserPorts } from './ports.ts'

/** Who looks is told this seldom, ms: drawing must not keep the machine from sending sound in time. */
const tellMs = 200

/** Length of the frames in which sound is sent, ms. */
const frameMs = 20

/** What comparisons need of the page. */
export interface ComparisonOptions {
  readonly gatewayUrl: string
  readonly needsSecret: boolean
  readonly store: RunStore
  readonly deleteConversation: (id: string) => Promise<void>
  readonly priceOf: (lane: Lane) => PriceModel
  readonly describe: (problem: Problem) => string
}

/** Runs comparisons, one at a time, and tells how far they are. */
export interface ComparisonControl {
  readonly state: Store<ComparisonState>
  /** Call it in a click: browsers let no page sound without one. Does nothing while one runs. */
  start(plan: Plan): Promise<void>
  /** Ends what is said; the answers are waited for. Only for a microphone. */
  finishSpeaking(): void
  /** Stops; what is done is kept. */
  stop(): void
  /** Listens to one lane while it runs; `undefined` to none. */
  readonly listenTo: (label: string | undefined) => void
  readonly showRepeat: (repeat: number) => void
  /** Shows a comparison that was kept. */
  show(comparison: Comparison): void
  dismissProblem(): void
}

/** The microphone could not be opened. */
class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof MicrophoneError) return error.problem
  return { code: 'backend_unavailable', detail: error instanceof Error ? error.message : undefined }
}

/** A control without a comparison. */
export function createComparison(options: ComparisonOptions): ComparisonControl {
  const state = createStore<ComparisonState>(nothingCompared)
  let abort: AbortController | undefined
  let speaking: AbortController | undefined
  let sound: LiveSound | undefined
  let pendingTold = false

  const set = (change: Partial<ComparisonState>): void => state.set({ ...state.get(), ...change })
  /** Tracks grow many times a second; those who look are told less often, and in a hidden page too. */
  const tell = (): void => {
    if (pendingTold) return
    pendingTold = true
    setTimeout(() => {
      pendingTold = false
      set({})
    }, tellMs)
  }
  const trackFor = (label: string, repeat: number): LaneTrack | undefined =>
    state.get().tracks.find((track) => track.lane.label === label && track.repeat === repeat)
  /** A lane runs one pass at a time. */
  const running = (label: string): LaneTrack | undefined =>
    state.get().tracks.find((track) => track.lane.label === label && track.status === 'running')

  const observerOf = (repeatOf: (repeat: number) => number): CompareObserver => ({
    onLaneStart(label, repeat) {
      const track = trackFor(label, repeatOf(repeat))
      if (!track) return
      track.status = 'running'
      track.startedAt = Date.now()
      if (state.get().repeat < track.repeat) set({ repeat: track.repeat })
      tell()
    },
    onMark(label, repeat, mark: Mark) {
      const track = trackFor(label, repeatOf(repeat))
      track?.marks.push(mark)
      if (track) track.durationMs = Math.max(track.durationMs, mark.at)
      tell()
    },
    onSound(label, at, samples) {
      running(label)?.output.add(at, samples)
      sound?.append(label, samples)
    },
    onCut(label, at) {
      running(label)?.output.cut(at)
      sound?.cut(label)
    },
    onLaneEnd(run) {
      const finished = trackOf({ ...run, repeat: repeatOf(run.repeat) })
      set({
        tracks: state
          .get()
          .tracks.map((track) =>
            track.lane.label === run.lane.label && track.repeat === finished.repeat ? finished : track,
          ),
      })
    },
  })

  async function run(plan: Plan, clock: LaneClock, signal: AbortSignal): Promise<Comparison> {
    const { source, lanes, repeats, order, title } = plan
    const ports = browserPorts({
      ...options,
      clock,
      files: source.kind === 'scenario' ? source.files : new Map(),
      onSent(lane, at, samples) {
        const track = running(lane.label)
        track?.input.add(Math.max(0, at - frameMs), samples)
        if (track) track.durationMs = Math.max(track.durationMs, at)
      },
    })
    const observer = observerOf((repeat) => repeat)
    switch (source.kind) {
      case 'scenario':
        return runComparison({ title, scenario: source.scenario, lanes, repeats, order }, ports, {
          signal,
          observer,
        })
      case 'type': {
        const scenario = typedScenario(source.text, { title, language: source.language })
        return runComparison({ title, scenario, lanes, repeats, order }, ports, { signal, observer })
      }
      case 'file':
        return repeatCaptures(plan, source.samples, { ports, signal })
      case 'speak': {
        const capture = startCapture({ title, lanes }, ports, { signal, observer })
        speaking = new AbortController()
        await capture.ready
        await sound
          ?.openMicrophone(source.deviceId, (samples) => capture.push(samples))
          .catch((error: unknown) => {
            throw new MicrophoneError(problemOfMicrophone(error))
          })
        set({ recording: true })
        await new Promise<void>((resolve) => {
          const end = AbortSignal.any([signal, speaking?.signal ?? signal])
          if (end.aborted) resolve()
          end.addEventListener('abort', () => resolve(), { once: true })
        })
        set({ recording: false })
        sound?.closeMicrophone()
        return capture.finish()
      }
    }
  }

  /** Says a file to the lanes as often as it is planned, and makes one comparison of it. */
  async function repeatCaptures(
    plan: Plan,
    samples: Int16Array,
    { ports, signal }: { readonly ports: ComparePorts; readonly signal: AbortSignal },
  ): Promise<Comparison> {
    const groups = plan.order === 'together' ? [plan.lanes] : plan.lanes.map((lane) => [lane])
    const parts: { readonly comparison: Comparison; readonly repeat: number }[] = []
    for (let repeat = 0; repeat < plan.repeats; repeat += 1) {
      for (const lanes of groups) {
        if (signal.aborted && parts.length > 0) break
        const capture = startCapture({ title: plan.title, lanes }, ports, {
          signal,
          observer: observerOf(() => repeat),
        })
        await capture.ready
        capture.push(samples)
        parts.push({ comparison: await capture.finish(), repeat })
      }
    }
    const [first] = parts
    if (!first) throw new Error('Nothing was compared.')
    return {
      ...first.comparison,
      lanes: plan.lanes,
      repeats: plan.repeats,
      order: plan.order,
      status: signal.aborted ? 'stopped' : 'completed',
      runs: parts.flatMap(({ comparison, repeat }) => comparison.runs.map((pass) => ({ ...pass, repeat }))),
    }
  }

  async function keep(comparison: Comparison): Promise<void> {
    if (comparison.runs.length === 0) return
    set({ kept: 'keeping' })
    await options.store.save(comparison).then(
      () => set({ kept: 'kept' }),
      (error: unknown) => set({ kept: error instanceof RunStoreError ? error.problem : 'failed' }),
    )
  }

  return {
    state,
    async start(plan) {
      if (abort) return
      abort = new AbortController()
      const { signal } = abort
      const repeats = passesOf(plan) / plan.lanes.length
      const tracks = Array.from({ length: repeats }, (_, repeat) =>
        plan.lanes.map((lane) => emptyTrack(lane, repeat)),
      ).flat()
      state.set({ ...nothingCompared, phase: 'running', plan, tracks })
      await using stack = new AsyncDisposableStack()
      try {
        const clock = stack.use(createLaneClock())
        // Loading is no part of what is measured.
        await loadWire()
        if (!plan.blind || plan.source.kind === 'speak') {
          sound = await createLiveSound(() => speaking?.abort()).catch(() => undefined)
          if (sound) stack.use(sound)
          if (!plan.blind) sound?.listenTo(plan.lanes[0]?.label)
        }
        if (plan.source.kind === 'speak' && !sound) {
          const isInsecure = !isSecureContext
          set({
            phase: 'idle',
            problem: { code: isInsecure ? 'insecure_context' : 'audio_unsupported', detail: undefined },
          })
          return
        }
        const comparison = await run(plan, clock, signal)
        set({ phase: 'done', comparison, tracks: comparison.runs.map(trackOf), repeat: 0 })
        await keep(comparison)
      } catch (error) {
        abort.abort()
        set({ phase: 'idle', problem: problemOf(error), tracks: [], recording: false })
      } finally {
        abort = undefined
        speaking = undefined
        sound = undefined
      }
    },
    finishSpeaking: () => speaking?.abort(),
    stop() {
      if (!abort) return
      set({ phase: 'stopping' })
      abort.abort()
    },
    listenTo: (label) => sound?.listenTo(label),
    showRepeat: (repeat) => set({ repeat }),
    show: (comparison) =>
      state.set({
        ...nothingCompared,
        phase: 'done',
        comparison,
        tracks: comparison.runs.map(trackOf),
        kept: 'kept',
      }),
    dismissProblem: () => set({ problem: undefined }),
  }
}
