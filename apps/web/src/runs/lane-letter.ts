import { laneLetters } from '../compare/lane-track.ts'

/** Letter of a lane by its place: a run of the command line may have more lanes than the page compares at once. */
export function laneLetter(place: number): string {
  return laneLetters[place] ?? String.fromCharCode('A'.charCodeAt(0) + (place % 26))
}

/** Colour of a lane by its place, as `data-lane` has it; from the fifth lane on colours come again. */
export function laneTone(place: number): string {
  return (laneLetters[place % laneLetters.length] ?? 'A').toLowerCase()
}
