import { describeLane, type Lane } from '@parley/compare'
import { laneLetters, type LaneTrack } from '../lane-track.ts'
import type { ShownLane } from './shown-lane.ts'

/** The tracks of a repeat as they are shown, in this order of labels; without names while they are `hidden`. */
export function shownLanes(
  tracks: readonly LaneTrack[],
  options: {
    readonly order: readonly string[]
    /** Places are numbered, so that they do not tell the lanes of the setup. */
    readonly blind?: boolean
    readonly hidden: boolean
    readonly nameOf: (letter: string) => string
    /** Backend and model for people. */
    readonly aboutOf: (lane: Lane, model: string) => string
  },
): readonly ShownLane[] {
  return options.order.flatMap((label, place) => {
    const track = tracks.find(({ lane }) => lane.label === label)
    const own = laneLetters[place] ?? ''
    const letter = options.blind === true ? String(place + 1) : own
    if (!track) return []
    return {
      track,
      label,
      letter,
      color: own.toLowerCase(),
      name: options.hidden ? options.nameOf(letter) : label,
      about: options.hidden ? '' : options.aboutOf(track.lane, track.run?.model ?? track.lane.model),
    }
  })
}

/** Backend, model and what is tuned, in a line. */
export function aboutLane(
  lane: Lane,
  {
    model,
    title,
    language,
  }: { readonly model: string; readonly title: string; readonly language: 'en' | 'de' },
): string {
  const shown = { ...lane, label: lane.backend, model: model === lane.backend ? '' : model }
  return [title, describeLane(shown, language)].filter((part) => part !== '').join(' · ')
}
