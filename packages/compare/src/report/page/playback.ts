import type { Segment } from '../../run/lane-run.ts'
import type { Player } from './player.ts'

/** A lane that can be played, its sound already on the shared axis. Times are ms. */
export interface PlayableLane {
  readonly startsAt: number
  readonly endsAt: number
  input(): readonly Segment[]
  output(): readonly Segment[]
}

/** What playback needs from the timeline it belongs to. */
export interface PlaybackPorts {
  readonly player: Player
  /** Lanes by their place; `undefined` for one that has no run. */
  readonly lanes: () => readonly (PlayableLane | undefined)[]
  readonly onPosition: (at: number) => void
  /** What sounds, or who may, has changed. */
  readonly onChange: () => void
}

/** Which lanes sound, from where, in which order. */
export interface Playback {
  readonly position: number
  readonly isPlaying: boolean
  /** Whether a lane sounds at this moment. */
  sounds(lane: number): boolean
  /** Whether a lane takes part when all are played. */
  isHeard(lane: number): boolean
  moveTo(at: number): void
  /** Moves; what is playing goes on from there. */
  seek(at: number): void
  toggle(): void
  /** Plays one lane by itself, or stops it. */
  toggleLane(lane: number): void
  setMode(mode: 'turn' | 'together'): void
  /** Gives whether it is soloed or muted now. */
  toggleSolo(lane: number): boolean
  toggleMute(lane: number): boolean
  stop(): void
}

/** One lane, with those that follow in turn, or all of them together. */
type Playing =
  | { readonly kind: 'turn'; readonly lane: number; readonly rest: readonly number[] }
  | { readonly kind: 'together'; readonly leader: number }

/** So near its end, playing begins from the beginning, ms. */
const nearEndMs = 10

/** Playback of a timeline; nothing plays at first, and lanes are played in turn. */
export function createPlayback({ player, lanes, onPosition, onChange }: PlaybackPorts): Playback {
  const muted = new Set<number>()
  const soloed = new Set<number>()
  let mode: 'turn' | 'together' = 'turn'
  let position = 0
  let playing: Playing | undefined

  const isHeard = (lane: number): boolean => (soloed.size > 0 ? soloed.has(lane) : !muted.has(lane))
  const present = (): readonly number[] => lanes().flatMap((lane, index) => (lane === undefined ? [] : index))
  const endOf = (parts: readonly number[]): number =>
    Math.max(0, ...parts.map((index) => lanes()[index]?.endsAt ?? 0))
  /** Together, the person is heard once, on the first lane that is: every lane was sent the same words. */
  const leader = (): number => present().find(isHeard) ?? 0

  function moveTo(at: number): void {
    position = at
    onPosition(at)
  }

  function start(next: Playing): void {
    const parts = next.kind === 'turn' ? [next.lane] : present()
    const speaker = next.kind === 'turn' ? next.lane : next.leader
    player.play({
      from: position,
      to: endOf(parts),
      lanes: parts.map((index) => {
        const lane = lanes()[index]
        return {
          segments: [...(index === speaker ? (lane?.input() ?? []) : []), ...(lane?.output() ?? [])],
          // A lane that is played by itself sounds whatever is soloed beside it.
          gain: () => ((next.kind === 'turn' ? !muted.has(index) : isHeard(index)) ? 1 : 0),
        }
      }),
      onPosition: moveTo,
      onEnd: () => goOn(next),
      onStop() {
        playing = undefined
        onChange()
      },
    })
    playing = next
    onChange()
  }

  function goOn(ended: Playing): void {
    const [lane, ...rest] = ended.kind === 'turn' ? ended.rest : []
    if (lane === undefined) return
    moveTo(lanes()[lane]?.startsAt ?? 0)
    start({ kind: 'turn', lane, rest })
  }

  function seek(at: number): void {
    const was = playing
    player.stop()
    moveTo(at)
    if (was?.kind === 'turn') start(was)
    if (was?.kind === 'together') start({ kind: 'together', leader: leader() })
  }

  function toggleIn(chosen: Set<number>, lane: number): boolean {
    if (!chosen.delete(lane)) chosen.add(lane)
    player.refresh()
    if (playing?.kind === 'together' && playing.leader !== leader()) seek(position)
    onChange()
    return chosen.has(lane)
  }

  return {
    get position() {
      return position
    },
    get isPlaying() {
      return playing !== undefined
    },
    sounds: (lane) =>
      playing?.kind === 'turn' ? playing.lane === lane : playing !== undefined && isHeard(lane),
    isHeard,
    moveTo,
    seek,
    toggle() {
      if (playing !== undefined) {
        player.stop()
        return
      }
      const parts = mode === 'turn' ? present().filter(isHeard) : present()
      const [lane, ...rest] = parts
      if (lane === undefined) return
      const end = mode === 'turn' ? endOf([lane]) : endOf(parts)
      if (position >= end - nearEndMs) moveTo(0)
      start(mode === 'turn' ? { kind: 'turn', lane, rest } : { kind: 'together', leader: leader() })
    },
    toggleLane(lane) {
      const isThis = playing?.kind === 'turn' && playing.lane === lane
      player.stop()
      if (isThis || lanes()[lane] === undefined) return
      if (position >= endOf([lane]) - nearEndMs) moveTo(0)
      start({ kind: 'turn', lane, rest: [] })
    },
    setMode(next) {
      mode = next
      player.stop()
    },
    toggleSolo: (lane) => toggleIn(soloed, lane),
    toggleMute: (lane) => toggleIn(muted, lane),
    stop: () => player.stop(),
  }
}
