import { int16ToFloat32 } from '@parley/audio'
import { trackRate, type Segment } from '../../run/lane-run.ts'

/** One lane as it is played: its sound, already on the shared axis. */
export interface PlayedLane {
  readonly segments: readonly Segment[]
  /** 0 for a muted lane; it is asked again whenever `refresh` is called. */
  readonly gain: () => number
}

/** Where sound is, and what is told of it. */
export interface PlayRequest {
  readonly lanes: readonly PlayedLane[]
  /** Ms on the shared axis. */
  readonly from: number
  readonly to: number
  readonly onPosition: (at: number) => void
  /** `to` was reached; not called after `stop`. */
  readonly onEnd: () => void
  /** Something else is played or nothing any more. */
  readonly onStop: () => void
}

/** Plays one request at a time; every source is scheduled on the sound card's clock, so lanes stay together. */
export interface Player {
  play(request: PlayRequest): void
  stop(): void
  /** Asks every lane for its gain again. */
  refresh(): void
}

/** Time from a click until sound begins, so that the first sources are not late, s. */
const leadTime = 0.04

/** A player; it opens the sound card when it first plays. */
export function createPlayer(): Player {
  let context: AudioContext | undefined
  let current:
    | { readonly request: PlayRequest; readonly gains: readonly GainNode[]; end: () => void }
    | undefined

  function stop(): void {
    const playing = current
    current = undefined
    playing?.end()
    playing?.request.onStop()
  }

  return {
    play(request) {
      stop()
      context ??= new AudioContext()
      const { currentTime } = context
      const output = context
      void output.resume()
      const begins = currentTime + leadTime
      const nodes = request.lanes.map((lane) => scheduleLane(output, lane, { from: request.from, begins }))
      let frame = 0
      const tell = (): void => {
        const at = request.from + (output.currentTime - begins) * 1000
        if (at >= request.to) {
          const { onEnd } = request
          request.onPosition(request.to)
          stop()
          onEnd()
          return
        }
        request.onPosition(Math.max(request.from, at))
        frame = requestAnimationFrame(tell)
      }
      current = {
        request,
        gains: nodes.map(({ gain }) => gain),
        end() {
          cancelAnimationFrame(frame)
          for (const { gain } of nodes) gain.disconnect()
          for (const source of nodes.flatMap(({ sources }) => sources)) source.stop()
        },
      }
      frame = requestAnimationFrame(tell)
    },
    stop,
    refresh() {
      for (const [index, gain] of (current?.gains ?? []).entries()) {
        gain.gain.value = current?.request.lanes[index]?.gain() ?? 0
      }
    },
  }
}

function scheduleLane(
  context: AudioContext,
  lane: PlayedLane,
  { from, begins }: { readonly from: number; readonly begins: number },
): { readonly gain: GainNode; readonly sources: readonly AudioBufferSourceNode[] } {
  const gain = context.createGain()
  gain.gain.value = lane.gain()
  gain.connect(context.destination)
  const sources = lane.segments.flatMap(({ at, samples }) => {
    const lengthMs = (samples.length / trackRate) * 1000
    if (samples.length === 0 || at + lengthMs <= from) return []
    const source = context.createBufferSource()
    source.buffer = bufferOf(context, samples)
    source.connect(gain)
    source.start(begins + Math.max(0, at - from) / 1000, Math.max(0, from - at) / 1000)
    return [source]
  })
  return { gain, sources }
}

/** Sound that was played before is not converted again. */
const buffers = new WeakMap<Int16Array, AudioBuffer>()

function bufferOf(context: AudioContext, samples: Int16Array): AudioBuffer {
  const known = buffers.get(samples)
  if (known !== undefined) return known
  const buffer = context.createBuffer(1, samples.length, trackRate)
  buffer.copyToChannel(int16ToFloat32(samples), 0)
  buffers.set(samples, buffer)
  return buffer
}
