'use client'

import { useEffect, useState } from 'react'
import { createTimeline, type Timeline } from '../compare/stage/timeline.ts'
import { createLab, type Lab } from './create-lab.ts'
import { browserPorts } from './lab-ports.ts'
import { createSoundPlayer, type SoundPlayer } from './sound-player.ts'

/** The lab with its axis of time and its player. */
export interface OpenLab {
  readonly lab: Lab
  readonly timeline: Timeline
  readonly player: SoundPlayer
}

/** Stretch that is seen while a microphone is heard, ms. */
const liveSpanMs = 12_000

/** Least stretch that is shown of a sound that is there, ms. */
const leastSpanMs = 1000

/** Opens the lab while the view is shown; `undefined` before the browser has it. */
export function useLab(): OpenLab | undefined {
  const [open, setOpen] = useState<OpenLab>()
  useEffect(() => {
    const lab = createLab(browserPorts, () => timeline.invalidate())
    const player = createSoundPlayer((from, to) => lab.read(from, to))
    const isLive = (): boolean => lab.state.get().phase === 'live'
    const timeline = createTimeline({
      durationMs: () => Math.max(leastSpanMs, lab.picture.durationMs),
      auto() {
        const { durationMs } = lab.picture
        if (!isLive()) return { from: 0, to: Math.max(leastSpanMs, durationMs) }
        const to = Math.max(liveSpanMs, durationMs)
        return { from: to - liveSpanMs, to }
      },
      moves: () => (isLive() ? 'live' : player.playing.get() ? 'playing' : 'no'),
    })
    const stops = [player.playing.subscribe(timeline.invalidate), lab.state.subscribe(timeline.invalidate)]
    setOpen({ lab, timeline, player })
    return () => {
      for (const stop of stops) stop()
      setOpen(undefined)
      timeline[Symbol.dispose]()
      player[Symbol.dispose]()
      lab[Symbol.dispose]()
    }
  }, [])
  return open
}
