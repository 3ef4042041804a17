import { createLiveSound, type LiveSound } from '../compare/live-sound.ts'
import { decodeFile } from '../audio/decode-file.ts'
import { createStore, type Store } from '../session/store.ts'
import { createGrowingArray, type GrowingArray } from './growing-array.ts'
import type { LabSettings } from './lab-settings.ts'
import type { HeardTurn, TurnMark } from './turn-marks.ts'
import { heardRate, longestSeconds, type LabReport, type LabRequest } from './worker-protocol.ts'

/** Rate at which microphones come in, Hz. */
const microphoneRate = 24_000

/** Rate at which the browser gives files that are no WAV files, Hz. */
const decodeRate = 48_000

/** Why there is no sound, or a lesser one. */
export type LabProblem =
  | 'unreadable'
  | 'too_long'
  | 'no_model'
  | 'no_microphone'
  | 'microphone_lost'
  | 'no_sample'

/** What is shown beside the picture. */
export interface LabState {
  readonly phase: 'empty' | 'opening' | 'reading' | 'live' | 'ready'
  /** Name of a file, empty for the microphone. */
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

/** Everything behind the page: the worker that hears, the microphone, and what came of it. */
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

/** Starts the worker; `changed` is called when there is something new to draw. */
export function createLab(changed: () => void): Lab {
  const worker = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' })
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
  let sound = 0
  let lastRead = 0
  let live: LiveSound | undefined
  let file: File | undefined

  const ask = (request: LabRequest, transfer: Transferable[] = []): void =>
    worker.postMessage(request, transfer)
  const set = (change: Partial<LabState>): void => state.set({ ...state.get(), ...change })
  const touch = (): void => {
    picture.version += 1
    changed()
  }

  function begin(next: Partial<LabState>): number {
    hangUp()
    sound += 1
    file = undefined
    picture.peaks.cut(0)
    picture.columns.cut(0)
    picture.probabilities.cut(0)
    picture.durationMs = 0
    ask({ type: 'begin', sound })
    state.set({ ...emptyState, ...next })
    touch()
    return sound
  }

  function hangUp(): void {
    void live?.[Symbol.asyncDispose]()
    live = undefined
  }

  function fail(problem: LabProblem): void {
    set({ phase: picture.durationMs > 0 ? 'ready' : 'empty', problem })
  }

  /** What is no WAV file of ours may be one of the browser's many. */
  async function decode(chosen: File): Promise<void> {
    const mine = sound
    try {
      const samples = await decodeFile(await chosen.arrayBuffer(), decodeRate)
      if (mine !== sound) return
      if (samples.length > longestSeconds * decodeRate) return fail('too_long')
      ask({ type: 'sound', samples, sampleRate: decodeRate }, [samples.buffer])
    } catch {
      if (mine === sound) fail('unreadable')
    }
  }

  worker.onmessage = ({ data }: MessageEvent<LabReport>) => {
    if (data.type === 'samples') {
      reads.get(data.request)?.(new Float32Array(data.samples))
      reads.delete(data.request)
      return
    }
    if (data.sound !== sound) return
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
        set({
          share: data.share,
          phase: data.share < 1 ? 'reading' : 'ready',
          durationMs: picture.durationMs,
        })
        break
      case 'problem':
        if (data.code === 'unreadable' && file) void decode(file)
        else if (data.code === 'no_model') set({ problem: 'no_model' })
        else {
          hangUp()
          fail(data.code)
        }
        break
    }
  }

  return {
    state,
    picture,
    async openFile(chosen) {
      const mine = begin({ phase: 'reading', name: chosen.name })
      file = chosen
      const bytes = new Uint8Array(await chosen.arrayBuffer())
      if (mine === sound) ask({ type: 'wav', bytes }, [bytes.buffer])
    },
    async openSound(name, make) {
      const mine = begin({ phase: 'reading', name })
      try {
        const { samples, sampleRate } = await make()
        if (mine === sound) ask({ type: 'sound', samples, sampleRate })
      } catch {
        if (mine === sound) fail('no_sample')
      }
    },
    async startLive(deviceId) {
      const mine = begin({ phase: 'opening' })
      let opened: LiveSound | undefined
      try {
        opened = await createLiveSound(() => {
          hangUp()
          fail('microphone_lost')
        })
        if (!opened) return fail('no_microphone')
        await opened.openMicrophone(deviceId, (samples) => {
          if (mine !== sound) return
          const pcm = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength).slice()
          ask({ type: 'live', pcm, sampleRate: microphoneRate }, [pcm.buffer])
        })
      } catch {
        void opened?.[Symbol.asyncDispose]()
        if (mine === sound) fail('no_microphone')
        return
      }
      if (mine !== sound) return void opened[Symbol.asyncDispose]()
      live = opened
      set({ phase: 'live' })
    },
    stopLive() {
      hangUp()
      set({ phase: picture.durationMs > 0 ? 'ready' : 'empty', durationMs: picture.durationMs })
    },
    changeSettings: (settings) => ask({ type: 'settings', settings }),
    read: (from, to) =>
      new Promise((resolve) => {
        lastRead += 1
        reads.set(lastRead, resolve)
        ask({ type: 'read', request: lastRead, from, to })
      }),
    [Symbol.dispose]() {
      hangUp()
      worker.terminate()
    },
  }
}
