import type { ClientEvent } from '@parley/core'

/** Says how much of an item the person has heard (`parley.playback.update`), so that the gateway need not guess. */
export interface Acknowledgements {
  /** The player has come this far; told when the last word on the item is old enough. */
  reached(place: Heard): void
  /** The player has stopped or ended here; told at once. */
  stopped(place: Heard): void
  /** A new connection knows nothing of the items before. */
  reset(): void
}

/** A place in an item; `heardMs` is what has come out of the speaker. */
export interface Heard {
  readonly itemId: string
  readonly contentIndex: number
  readonly heardMs: number
}

/** What acknowledgements need. */
export interface AcknowledgementsOptions {
  readonly send: (event: ClientEvent) => void
  /** Clock in ms. */
  readonly now: () => number
}

/** How often a sounding item is told of (ms). */
const intervalMs = 250

/** Creates the acknowledgements of one connection after another. */
export function createAcknowledgements({ send, now }: AcknowledgementsOptions): Acknowledgements {
  let last: { readonly itemId: string; readonly heardMs: number; readonly at: number } | undefined

  function tell({ itemId, contentIndex, heardMs }: Heard): void {
    // The latency of the speaker may change, what was heard cannot be taken back.
    const before = last?.itemId === itemId ? last.heardMs : 0
    const audio_ms = Math.max(before, Math.floor(heardMs))
    last = { itemId, heardMs: audio_ms, at: now() }
    const event = { type: 'parley.playback.update', item_id: itemId, content_index: contentIndex, audio_ms }
    send({ type: 'extension', dialect: 'openai-ga', event })
  }

  return {
    reached(place) {
      if (last?.itemId !== place.itemId || now() - last.at >= intervalMs) tell(place)
    },
    stopped: tell,
    reset() {
      last = undefined
    },
  }
}
