import { createStore, type Store } from '../session/store.ts'
import { heardRate } from './worker-protocol.ts'

/** Plays parts of the sound; where it is can be asked at any time. */
export interface SoundPlayer extends Disposable {
  readonly playing: Store<boolean>
  /** Ms from the start of the sound. */
  readonly position: () => number
  seek(at: number): void
  /** Plays from `from` to `to`; call it in a click. */
  play(from: number, to: number): Promise<void>
  pause(): void
}

/** A player of what `read` gives: samples at the rate of the detectors. */
export function createSoundPlayer(
  read: (fromSample: number, toSample: number) => Promise<Float32Array<ArrayBuffer>>,
): SoundPlayer {
  const playing = createStore(false)
  let context: AudioContext | undefined
  let source: AudioBufferSourceNode | undefined
  let at = 0
  let begun: { readonly contextTime: number; readonly from: number; readonly to: number } | undefined
  let call = 0

  const position = (): number => {
    if (!begun || !context) return at
    return Math.min(begun.to, begun.from + Math.max(0, context.currentTime - begun.contextTime) * 1000)
  }
  const halt = (): void => {
    call += 1
    at = position()
    begun = undefined
    if (source) {
      source.onended = null
      source.stop()
      source = undefined
    }
  }
  return {
    playing,
    position,
    seek(to) {
      halt()
      at = to
      playing.set(false)
    },
    async play(from, to) {
      halt()
      const mine = call
      at = from
      playing.set(true)
      const output = (context ??= new AudioContext({ latencyHint: 'interactive' }))
      void output.resume()
      const sampleOf = (ms: number): number => Math.round((ms * heardRate) / 1000)
      const samples = await read(sampleOf(from), sampleOf(to))
      if (mine !== call) return
      if (samples.length === 0) return playing.set(false)
      const buffer = output.createBuffer(1, samples.length, heardRate)
      buffer.copyToChannel(samples, 0)
      const node = new AudioBufferSourceNode(output, { buffer })
      node.connect(output.destination)
      node.onended = () => {
        halt()
        playing.set(false)
      }
      node.start()
      source = node
      begun = { contextTime: output.currentTime, from, to: from + (samples.length * 1000) / heardRate }
    },
    pause() {
      halt()
      playing.set(false)
    },
    [Symbol.dispose]() {
      halt()
      void context?.close()
      context = undefined
    },
  }
}
