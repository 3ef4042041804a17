import type { LiveSound } from '../compare/live-sound.ts'
import { createStore, type Store } from '../session/store.ts'
import { createGrowingArray, type GrowingArray } from './growing-array.ts'
import type { LabPorts } from './lab-ports.ts'
import type { LabSettings } from './lab-settings.ts'
import type { HeardTurn, TurnMark } from './turn-marks.ts'
import { heardRate, type LabReport } from './worker-protocol.ts'

/** Rate at which microphones come in, Hz. */
const microphoneRate = 24_000

/** Rate at which the browser gives files that are no WAV files, Hz. */
const decodeRate = 48_000

/** Why a sound is not there, or is heard less well. */
export interface LabProblem {
  readonly code: 'unreadable' | 'too_long' | 'no_model' | 'no_microphone' | 'microphone_lost' | 'no_sample'
  /** Name of the sound, empty for the microphone. */
  readonly name: string
}

/** What is shown beside the picture. */
export interface LabState {
  readonly phase: 'empty' | 'opening' | 'reading' | 'live' | 'ready'
  /** Name of the file that is read or was, empty for the microphone. */
  readonly name: string
  /** How much of a file has been heard, in [0, 1]. */
  readonly share: number
  readonly durationMs: number
  readonly marks: readonly TurnMark[]
  readonly turns: readonly HeardTurn[]
  readonly problem: LabProblem | undefined
}

/** What is drawn; it changes in place, `changed` tells when. */
export interface LabPicture {
  readonly peaks: GrowingArray<Int8Array<ArrayBuffer>>
  readonly columns: GrowingArray<Uint8Array<ArrayBuffer>>
  readonly probabilities: GrowingArray<Float32Array<ArrayBuffer>>
  frameMs: number
  /** Ms of sound that were drawn. */
  durationMs: number
  /** Grows with each change. */
  version: number
}

/**
 * Everything behind the page: the worker that hears, the microphone, and what came of it. A sound is shown until there
 * is another: what cannot be opened leaves it there.
 */
export interface Lab extends Disposable {
  readonly state: Store<LabState>
  readonly picture: LabPicture
  openFile(file: File): Promise<void>
  /** Sound that is there already, at any rate. */
  openSound(
    name: string,
    make: () => Promise<{ readonly samples: Float32Array; readonly sampleRate: number }>,
  ): Promise<void>
  /** Call it in a click. */
  startLive(deviceId: string): Promise<void>
  stopLive(): void
  changeSettings(settings: LabSettings): void
  /** Samples as detectors heard them. */
  read(from: number, to: number): Promise<Float32Array<ArrayBuffer>>
}

const emptyState: LabState = {
  phase: 'empty',
  name: '',
  share: 0,
  durationMs: 0,
  marks: [],
  turns: [],
  problem: undefined,
}

/** A sound by its number, which grows from each to the next. */
interface NamedSound {
  readonly number: number
  readonly name: string
}

/** Starts the worker; `changed` is called when there is something new to draw. */
export function createLab(ports: LabPorts, changed: () => void): Lab {
  const worker = ports.openWorker(take)
  const state = createStore<LabState>(emptyState)
  const picture: LabPicture = {
    peaks: createGrowingArray((length) => new Int8Array(length)),
    columns: createGrowingArray((length) => new Uint8Array(length)),
    probabilities: createGrowingArray((length) => new Float32Array(length)),
    frameMs: 20,
    durationMs: 0,
    version: 0,
  }
  const reads = new Map<number, (samples: Float32Array<ArrayBuffer>) => void>()
  const names = ['']
  /** The sound that is shown, and how much of it has been heard; the worker holds it or a newer one. */
  let shown: NamedSound = { number: 0, name: '' }
  let share = 1
  /** The sound that was asked for and is not there yet. */
  let wanted: NamedSound | undefined
  /** The file that is wanted, until the browser was asked to read it. */
  let file: File | undefined
  let lastRead = 0
  let live: LiveSound | undefined

  const set = (change: Partial<LabState>): void => state.set({ ...state.get(), ...change })
  const touch = (): void => {
    picture.version += 1
    changed()
  }

  function want(name: string, phase: 'reading' | 'opening'): NamedSound {
    hangUp()
    file = undefined
    wanted = { number: names.push(name) - 1, name }
    set({ phase, name, share: 0, problem: undefined })
    return wanted
  }

  /** Shows another sound in place of the one before, from its start. */
  function show(number: number): void {
    if (number === wanted?.number) wanted = undefined
    shown = { number, name: names[number] ?? '' }
    share = 0
    picture.peaks.cut(0)
    picture.columns.cut(0)
    picture.probabilities.cut(0)
    picture.durationMs = 0
    const { problem, ...before } = state.get()
    const { phase, name } = wanted ? before : { phase: 'reading' as const, name: shown.name }
    state.set({ ...emptyState, phase, name, problem })
    touch()
  }

  function hangUp(): void {
    void live?.[Symbol.asyncDispose]()
    live = undefined
  }

  /** Goes back to the sound that is shown. */
  function settle(problem?: LabProblem): void {
    hangUp()
    wanted = undefined
    file = undefined
    const { durationMs } = picture
    const phase = durationMs === 0 ? 'empty' : share < 1 ? 'reading' : 'ready'
    set({ phase, name: shown.name, share, durationMs, problem })
  }

  function fail(code: LabProblem['code']): void {
    settle({ code, name: (wanted ?? shown).name })
  }

  /** What is no WAV file of ours may be one of the browser's many. */
  async function decode(chosen: File): Promise<void> {
    const mine = wanted
    if (!mine) return
    file = undefined
    try {
      const samples = await ports.decodeFile(await chosen.arrayBuffer(), decodeRate)
      if (mine !== wanted) return
      worker.ask({ type: 'sound', sound: mine.number, samples, sampleRate: decodeRate }, [samples.buffer])
    } catch {
      if (mine === wanted) fail('unreadable')
    }
  }

  function take(data: LabReport): void {
    if (data.type === 'samples') {
      reads.get(data.request)?.(new Float32Array(data.samples))
      reads.delete(data.request)
      return
    }
    if (data.type === 'problem' && data.sound === wanted?.number) {
      if (data.code === 'unreadable' && file) void decode(file)
      else fail(data.code)
      return
    }
    if (data.type === 'picture' && data.sound > shown.number) show(data.sound)
    if (data.sound !== shown.number) return
    switch (data.type) {
      case 'picture':
        picture.peaks.push(new Int8Array(data.peaks))
        picture.columns.push(new Uint8Array(data.columns))
        picture.durationMs = (data.samples * 1000) / heardRate
        touch()
        break
      case 'heard':
        picture.frameMs = (data.frameSamples * 1000) / heardRate
        picture.probabilities.cut(data.fromFrame)
        picture.probabilities.push(new Float32Array(data.probabilities))
        set({ marks: data.marks, turns: data.turns, durationMs: picture.durationMs })
        touch()
        break
      case 'progress':
        share = data.share
        set({ durationMs: picture.durationMs })
        if (!wanted) set({ share, phase: share < 1 ? 'reading' : 'ready' })
        break
      case 'problem':
        if (data.code === 'no_model') set({ problem: { code: data.code, name: shown.name } })
        else fail(data.code)
        break
    }
  }

  return {
    state,
    picture,
    async openFile(chosen) {
      const mine = want(chosen.name, 'reading')
      file = chosen
      try {
        const bytes = new Uint8Array(await chosen.arrayBuffer())
        if (mine === wanted) worker.ask({ type: 'wav', sound: mine.number, bytes }, [bytes.buffer])
      } catch {
        if (mine === wanted) fail('unreadable')
      }
    },
    async openSound(name, make) {
      const mine = want(name, 'reading')
      try {
        const { samples, sampleRate } = await make()
        if (mine === wanted) worker.ask({ type: 'sound', sound: mine.number, samples, sampleRate })
      } catch {
        if (mine === wanted) fail('no_sample')
      }
    },
    async startLive(deviceId) {
      const mine = want('', 'opening')
      let opened: LiveSound | undefined
      try {
        opened = await ports.createLiveSound(() => {
          if (mine === wanted || (live && live === opened)) fail('microphone_lost')
        })
        await opened?.openMicrophone(deviceId, (samples) => {
          if (live !== opened) return
          const pcm = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength).slice()
          worker.ask({ type: 'live', pcm, sampleRate: microphoneRate }, [pcm.buffer])
        })
      } catch {
        void opened?.[Symbol.asyncDispose]()
        opened = undefined
      }
      if (mine !== wanted) return void opened?.[Symbol.asyncDispose]()
      if (!opened) return fail('no_microphone')
      live = opened
      worker.ask({ type: 'begin', sound: mine.number })
      show(mine.number)
      share = 1
      set({ phase: 'live' })
    },
    stopLive: () => settle(state.get().problem),
    changeSettings: (settings) => worker.ask({ type: 'settings', settings }),
    read: (from, to) =>
      new Promise((resolve) => {
        lastRead += 1
        reads.set(lastRead, resolve)
        worker.ask({ type: 'read', request: lastRead, from, to })
      }),
    [Symbol.dispose]() {
      wanted = undefined
      hangUp()
      worker[Symbol.dispose]()
    },
  }
}
