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
  const [mix, setMix] = useState<{ solo: readonly string[]; muted: readonly string[] }>({
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
      mute: () =>
        setMix((before) => {
          // Muting what sounds ends its solo; unmuting brings it in beside the others.
          const audible = labels.filter((other) =>
            before.solo.length > 0 ? before.solo.includes(other) : !before.muted.includes(other),
          )
          const next = audible.includes(label)
            ? audible.filter((other) => other !== label)
            : [...audible, label]
          return { solo: [], muted: labels.filter((other) => !next.includes(other)) }
        }),
      play() {
        if (playing && playingLabels.includes(label)) player.pause()
        else player.play(playable.filter((lane) => lane.label === label))
      },
    }),
  }
}

function soloed(
  before: { readonly solo: readonly string[]; readonly muted: readonly string[] },
  label: string,
  add: boolean,
): { solo: readonly string[]; muted: readonly string[] } {
  if (before.solo.includes(label)) return { solo: before.solo.filter((other) => other !== label), muted: [] }
  return { solo: add ? [...before.solo, label] : [label], muted: [] }
}
