'use client'

import { useEffect, useMemo, useState } from 'react'
import { useStore } from '../../components/use-store.ts'
import { createPlayer, type PlayableLane, type Player } from '../player.ts'
import type { LaneMix } from './lane-row.tsx'
import type { ShownLane } from './shown-lane.ts'

/** What is heard of the lanes. */
export interface Mixer {
  readonly player: Player
  readonly isPlaying: boolean
  readonly canPlay: boolean
  /** Plays what the mixer lets through, or pauses. */
  readonly toggle: () => void
  readonly playInTurn: () => void
  readonly soloAt: (place: number) => void
  readonly mixOf: (lane: ShownLane) => LaneMix
}

/** Labels of the lanes that are heard alone, and of those that are not heard. */
interface Mix {
  readonly solo: readonly string[]
  readonly muted: readonly string[]
}

/** Solo, mute and the player over the lanes that are shown. At first the first lane is heard alone. */
export function useMixer(
  lanes: readonly ShownLane[],
  shifts: readonly number[],
  options: {
    readonly isRunning: boolean
    readonly silent: boolean
    readonly onListen: (label: string | undefined) => void
  },
): Mixer {
  const { isRunning, silent, onListen } = options
  const labels = lanes.map(({ label }) => label)
  const key = labels.join(' ')
  const [mix, setMix] = useState<Mix>({
    solo: labels.slice(0, 1),
    muted: [],
  })
  const [mixKey, setMixKey] = useState(key)
  if (mixKey !== key) {
    setMixKey(key)
    setMix({ solo: labels.slice(0, 1), muted: [] })
  }
  const player = useMemo(() => createPlayer(0), [])
  useEffect(() => () => player[Symbol.dispose](), [player])
  const { playing, labels: playingLabels } = useStore(player.state)

  const isAudible = (label: string): boolean =>
    mix.solo.length > 0 ? mix.solo.includes(label) : !mix.muted.includes(label)
  const heard = silent ? undefined : labels.find(isAudible)
  useEffect(() => onListen(heard), [heard, onListen])

  const playable = lanes.map(({ label, track }, place): PlayableLane => ({
    label,
    shift: shifts[place] ?? 0,
    input: track.run?.input ?? [],
    output: track.run?.output ?? [],
    durationMs: track.durationMs,
  }))
  const canPlay = !isRunning && lanes.some(({ track }) => track.run !== undefined)
  return {
    player,
    isPlaying: playing,
    canPlay,
    toggle() {
      if (playing) player.pause()
      else if (canPlay) player.play(playable.filter(({ label }) => isAudible(label)))
    },
    playInTurn: () => canPlay && player.playInTurn(playable),
    soloAt(place) {
      const label = labels[place]
      if (label !== undefined) setMix((before) => soloed(before, label, false))
    },
    mixOf: ({ label }) => ({
      isSolo: mix.solo.includes(label),
      isMuted: mix.muted.includes(label),
      isQuiet: !isAudible(label),
      isPlaying: playing && playingLabels.length === 1 && playingLabels[0] === label,
      isHeard: isRunning && heard === label,
      canPlay: canPlay && playable.some((lane) => lane.label === label),
      solo: (add) => setMix((before) => soloed(before, label, add)),
      mute: () => setMix(({ solo, muted }) => ({ solo, muted: toggled(muted, label) })),
      play() {
        if (playing && playingLabels.includes(label)) player.pause()
        else player.play(playable.filter((lane) => lane.label === label))
      },
    }),
  }
}

/** Solo and mute are independent: solo wins while it is on, and what was muted is muted still afterwards. */
function soloed(before: Mix, label: string, add: boolean): Mix {
  if (add || before.solo.includes(label)) return { ...before, solo: toggled(before.solo, label) }
  return { ...before, solo: [label] }
}

function toggled(labels: readonly string[], label: string): readonly string[] {
  return labels.includes(label) ? labels.filter((other) => other !== label) : [...labels, label]
}
