import { int16ToFloat32 } from '@parley/audio'
import { trackRate, type Segment } from '@parley/compare'
import { createStore, type Store } from '../session/store.ts'

/** Sound of one lane on the common axis. */
export interface PlayableLane {
  readonly label: string
  /** Where the common axis has the lane's 0, ms. */
  readonly shift: number
  readonly input: readonly Segment[]
  readonly output: readonly Segment[]
  readonly durationMs: number
}

/** What the player does. */
export interface PlayerState {
  readonly playing: boolean
  /** Lanes that sound, or would. */
  readonly labels: readonly string[]
}

/** Plays finished lanes; where it is can be asked at any time. */
export interface Player extends Disposable {
  readonly state: Store<PlayerState>
  /** Ms on the common axis. */
  readonly position: () => number
  seek(at: number): void
  /** Plays these lanes together from where it is, what was said once; from the start when it is at the end. */
  play(lanes: readonly PlayableLane[]): void
  /** Plays lanes one after the other, each from where it is. */
  playInTurn(lanes: readonly PlayableLane[]): void
  pause(): void
}

/** A player at `start`. Its sound begins with the first call in a click. */
export function createPlayer(start: number): Player {
  const state = createStore<PlayerState>({ playing: false, labels: [] })
  let context: AudioContext | undefined
  let sources: AudioBufferSourceNode[] = []
  let at = start
  let begun: { readonly contextTime: number; readonly from: number; readonly to: number } | undefined
  let current: readonly PlayableLane[] = []
  let queue: readonly PlayableLane[] = []
  let turnStart = start

  const position = (): number => {
    if (!begun || !context) return at
    return Math.min(begun.to, begun.from + Math.max(0, context.currentTime - begun.contextTime) * 1000)
  }
  const silence = (): void => {
    for (const source of sources) {
      source.onended = null
      source.stop()
    }
    sources = []
  }
  const halt = (): void => {
    at = position()
    begun = undefined
    silence()
  }
  const schedule = (output: AudioContext, segment: Segment, shift: number, from: number): void => {
    const startMs = segment.at + shift
    const skipMs = Math.max(0, from - startMs)
    if (segment.samples.length === 0 || skipMs * (trackRate / 1000) >= segment.samples.length) return
    const buffer = output.createBuffer(1, segment.samples.length, trackRate)
    buffer.copyToChannel(int16ToFloat32(segment.samples), 0)
    const source = new AudioBufferSourceNode(output, { buffer })
    source.connect(output.destination)
    source.start(output.currentTime + Math.max(0, startMs - from) / 1000, skipMs / 1000)
    sources.push(source)
  }
  const begin = (lanes: readonly PlayableLane[], from: number): void => {
    context ??= new AudioContext({ latencyHint: 'interactive' })
    void context.resume()
    current = lanes
    const to = Math.max(from, ...lanes.map(({ durationMs, shift }) => durationMs + shift))
    begun = { contextTime: context.currentTime, from, to }
    for (const [place, lane] of lanes.entries()) {
      // Everybody heard the same words: once is enough, and twice would sound like a comb.
      const segments = place === 0 ? [...lane.input, ...lane.output] : lane.output
      for (const segment of segments) schedule(context, segment, lane.shift, from)
    }
    // A silent source marks the end, so that no timer has to agree with the sound.
    const end = new ConstantSourceNode(context, { offset: 0 })
    end.connect(context.destination)
    end.onended = () => onEnd(end)
    end.start()
    end.stop(context.currentTime + (to - from) / 1000)
    ending = end
    state.set({ playing: true, labels: lanes.map(({ label }) => label) })
  }
  let ending: ConstantSourceNode | undefined
  const onEnd = (end: ConstantSourceNode): void => {
    if (end !== ending) return
    halt()
    const [next, ...rest] = queue
    queue = rest
    if (next) {
      at = turnStart
      begin([next], turnStart)
    } else {
      ending = undefined
      state.set({ playing: false, labels: [] })
    }
  }
  const endOf = (lanes: readonly PlayableLane[]): number =>
    Math.max(start, ...lanes.map(({ durationMs, shift }) => durationMs + shift))
  const stop = (): void => {
    ending = undefined
    halt()
  }

  return {
    state,
    position,
    seek(to) {
      const playing = state.get().playing
      stop()
      at = to
      if (playing) begin(current, to)
    },
    play(lanes) {
      stop()
      queue = []
      if (at >= endOf(lanes) - 20) at = start
      begin(lanes, at)
    },
    playInTurn(lanes) {
      const [first, ...rest] = lanes
      if (!first) return
      stop()
      if (at >= endOf(lanes) - 20) at = start
      turnStart = at
      queue = rest
      begin([first], at)
    },
    pause() {
      stop()
      queue = []
      state.set({ playing: false, labels: [] })
    },
    [Symbol.dispose]() {
      stop()
      void context?.close()
      context = undefined
    },
  }
}
