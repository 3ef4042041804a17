import type { Timeline } from './timeline.ts'

/** Keys work on the timeline that holds the focus, or on the first one in sight. Fields and buttons keep theirs. */
export function listenToKeys(timelines: readonly Timeline[]): void {
  document.addEventListener('keydown', (event) => {
    const { target, key, shiftKey } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
    if (target.closest('select, textarea, input:not([type="range"])') !== null) return
    const presses = target.closest('button, summary, a') !== null
    if (presses && (key === ' ' || key === 'Enter')) return
    if (target.closest('.scroll') !== null && key.startsWith('Arrow')) return
    const timeline =
      timelines.find(({ root }) => root.contains(target)) ?? timelines.find(isInSight) ?? timelines[0]
    if (timeline === undefined || !act(timeline, key, shiftKey)) return
    event.preventDefault()
  })
}

function act(timeline: Timeline, key: string, shiftKey: boolean): boolean {
  const second = shiftKey ? 5000 : 1000
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => timeline.togglePlay(),
    ArrowLeft: () => timeline.seekBy(-second),
    ArrowRight: () => timeline.seekBy(second),
    '+': () => timeline.zoom(0.5),
    '=': () => timeline.zoom(0.5),
    '-': () => timeline.zoom(2),
    '0': () => timeline.zoomAll(),
    Home: () => timeline.seek(0),
    '[': () => timeline.changeRepeat(-1),
    ']': () => timeline.changeRepeat(1),
    ...Object.fromEntries([1, 2, 3, 4].map((lane) => [String(lane), () => timeline.playLane(lane - 1)])),
  }
  const action = Object.hasOwn(actions, key) ? actions[key] : undefined
  action?.()
  return action !== undefined
}

function isInSight({ root }: Timeline): boolean {
  const { top, bottom } = root.getBoundingClientRect()
  return bottom > 0 && top < innerHeight
}
