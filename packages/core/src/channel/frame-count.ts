/** Counts received frames and the events they held: a refused frame holds none. */
export interface FrameCount {
  readonly frames: number
  /** One more frame. */
  add(events: number): void
  /** The last frame of which nothing but the first `events` events came. */
  framesOf(events: number): number
  /** It will be asked for no fewer events. */
  forget(events: number): void
}

/** A count that begins after `frames` frames, with no event yet. */
export function createFrameCount(frames: number): FrameCount {
  let events = 0
  // From `events` on, that many frames are ahead of the events; nearly always one entry.
  let leads: { readonly events: number; readonly lead: number }[] = [{ events: 0, lead: frames }]

  return {
    get frames() {
      return frames
    },
    add(held) {
      // Until its last event is there, a frame counts as not come.
      for (let part = 1; part < held; part += 1)
        leads.push({ events: events + part, lead: frames - events - part })
      frames += 1
      events += held
      const lead = frames - events
      if (lead !== leads.at(-1)?.lead) leads.push({ events, lead })
    },
    framesOf(asked) {
      const { lead = 0 } = leads.findLast((entry) => entry.events <= asked) ?? {}
      return Math.min(frames, Math.min(asked, events) + lead)
    },
    forget(past) {
      leads = leads.slice(
        Math.max(
          0,
          leads.findLastIndex((entry) => entry.events <= past),
        ),
      )
    },
  }
}
