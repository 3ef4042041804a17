import { powerToDb } from '../level.ts'
import { pcm16ToFloat32 } from '../pcm.ts'
import { createResampler, type Resampler } from '../resampler.ts'
import { workletSampleRate, type PlaybackReport } from './index.ts'

/** Options of a playback queue. */
export interface PlaybackQueueOptions {
  /** Rate in Hz at which `render` is heard. */
  readonly contextRate: number
  /** Takes the reports, in order. */
  readonly post: (report: PlaybackReport) => void
  /** Sound to have before an item starts, or starts again after it ran dry; default 40 ms. */
  readonly startBufferMs?: number
}

/** Items played in order, rendered in quanta of any length. */
export interface PlaybackQueue {
  append(itemId: string, pcm: ArrayBuffer): void
  finish(itemId: string): void
  clear(): void
  /** Fills `output`, with silence where there is nothing to play. Allocates only to report. */
  render(output: Float32Array): void
}

interface Item {
  readonly itemId: string
  readonly resampler: Resampler
  readonly chunks: Float32Array[]
  /** Samples of `chunks[0]` that were played. */
  offset: number
  queued: number
  played: number
  heard: boolean
  finished: boolean
}

const reportMs = 50
const fadeMs = 5

/** Queue at the head of which an item waits for its start buffer, plays, and ends. */
export function createPlaybackQueue(options: PlaybackQueueOptions): PlaybackQueue {
  const { contextRate, post, startBufferMs = 40 } = options
  const samplesOf = (ms: number): number => Math.round((ms * contextRate) / 1000)
  const msOf = (samples: number): number => (samples * 1000) / contextRate
  const startBuffer = samplesOf(startBufferMs)
  const reportSamples = samplesOf(reportMs)
  const fade = new Float32Array(samplesOf(fadeMs))

  let items: Item[] = []
  let running = false
  /** Samples the head has waited since it had something to play. */
  let waited = 0
  let fadeAt = fade.length
  let reported = 0
  let energy = 0

  function enqueue(item: Item, samples: readonly Float32Array[]): void {
    for (const chunk of samples) {
      item.chunks.push(chunk)
      item.queued += chunk.length
    }
  }

  function finishItem(item: Item): void {
    if (item.finished) return
    item.finished = true
    enqueue(item, item.resampler.flush())
  }

  function itemFor(itemId: string): Item {
    const known = items.find((item) => item.itemId === itemId)
    if (known !== undefined) {
      known.finished = false
      return known
    }
    const resampler = createResampler({ from: workletSampleRate, to: contextRate })
    const item: Item = {
      itemId,
      resampler,
      chunks: [],
      offset: 0,
      queued: 0,
      played: 0,
      heard: false,
      finished: false,
    }
    items.push(item)
    return item
  }

  function report(item: Item): void {
    const queuedMs = msOf(items.reduce((sum, { queued }) => sum + queued, 0))
    const level = powerToDb(energy / Math.max(1, reported))
    post({ type: 'position', itemId: item.itemId, playedMs: msOf(item.played), queuedMs, level })
    reported = 0
    energy = 0
  }

  /** Copies from the first chunk of `item` and gives the number of samples. */
  function take(item: Item, output: Float32Array, at: number): number {
    const chunk = item.chunks[0]
    if (chunk === undefined) return 0
    const length = Math.min(chunk.length - item.offset, output.length - at)
    for (let i = 0; i < length; i++) output[at + i] = chunk[item.offset + i] ?? 0
    item.offset += length
    item.queued -= length
    if (item.offset === chunk.length) {
      item.chunks.shift()
      item.offset = 0
    }
    return length
  }

  /** Drops items that are over; true when the head may sound now. */
  function ready(quantum: number): boolean {
    for (let head = items[0]; head !== undefined; head = items[0]) {
      if (head.queued > 0) {
        if (running || head.finished || head.queued >= startBuffer || waited >= startBuffer) return true
        waited += quantum
        return false
      }
      if (!head.finished) {
        if (items.length === 1) break
        // A later item says that this one is complete; the end of its sound may still come out.
        finishItem(head)
        continue
      }
      items.shift()
      if (head.heard) report(head)
      post({ type: 'ended', itemId: head.itemId, playedMs: msOf(head.played) })
    }
    running = false
    return false
  }

  function play(head: Item, output: Float32Array, at: number): number {
    running = true
    waited = 0
    if (!head.heard) {
      head.heard = true
      post({ type: 'started', itemId: head.itemId })
    }
    const length = take(head, output, at)
    head.played += length
    reported += length
    for (let i = at; i < at + length; i++) energy += (output[i] ?? 0) ** 2
    if (reported >= reportSamples) report(head)
    return length
  }

  return {
    append(itemId, pcm) {
      const item = itemFor(itemId)
      enqueue(item, item.resampler.process(pcm16ToFloat32(new Uint8Array(pcm))))
    },
    finish(itemId) {
      const item = items.find((candidate) => candidate.itemId === itemId)
      if (item !== undefined) finishItem(item)
    },
    clear() {
      const head = items[0]
      if (head !== undefined && running) {
        fade.fill(0)
        for (let at = 0; at < fade.length && head.queued > 0;) at += take(head, fade, at)
        for (let i = 0; i < fade.length; i++) fade[i] = (fade[i] ?? 0) * (1 - (i + 1) / (fade.length + 1))
        fadeAt = 0
      }
      items = []
      running = false
      waited = 0
      reported = 0
      energy = 0
      post({ type: 'cleared', itemId: head?.itemId, playedMs: msOf(head?.played ?? 0) })
    },
    render(output) {
      output.fill(0)
      let at = 0
      while (at < output.length && fadeAt < fade.length) output[at++] = fade[fadeAt++] ?? 0
      while (at < output.length && ready(output.length)) {
        const head = items[0]
        if (head !== undefined) at += play(head, output, at)
      }
    },
  }
}
