import type { Segment } from '../../run/lane-run.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { align, type Alignment } from '../../view/align.ts'
import { panned, timeTicks, xOf, zoomed, type AxisView } from '../../view/axis.ts'
import type { ReportTexts } from '../texts.ts'
import { drawLane, laneHeight, waitsText } from './draw-lane.ts'
import { drawAxis, part, svg } from './draw.ts'
import { listenToPointers } from './pointers.ts'
import type { LoadedRun } from './loaded-run.ts'
import { createPlayback, type PlayableLane } from './playback.ts'
import type { Player } from './player.ts'
import type { Timeline } from './timeline.ts'
import { saveLane } from './save-lane.ts'

/** What a timeline shows. */
export interface TimelineOptions {
  readonly runs: readonly LoadedRun[]
  readonly labels: readonly string[]
  readonly scenario: Scenario | undefined
  readonly player: Player
  readonly texts: ReportTexts
  readonly language: string
}

/** Height of the axis above the lanes, px. */
const axisHeight = 24

/** How much of the axis is shown before the first words, ms. */
const leadInMs = 300

/** Wires the markup of one comparison's timeline. */
export function createTimeline(root: HTMLElement, options: TimelineOptions): Timeline {
  const { runs, labels, scenario, player, texts, language } = options
  const stage = part(root, 'stage', HTMLElement)
  const seekInput = part(root, 'seek', HTMLInputElement)
  const clock = part(root, 'clock', HTMLOutputElement)
  const playhead = part(root, 'playhead', HTMLElement)
  const axis = part(root, 'axis', SVGSVGElement)
  const laneElements = [...root.querySelectorAll<HTMLElement>('[data-lane]')]
  const repeatSelect = root.querySelector<HTMLSelectElement>('[data-part="repeat"]')
  const repeats = [...new Set(runs.map(({ run }) => run.repeat))].toSorted((a, b) => a - b)
  const seconds = new Intl.NumberFormat(language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'negative',
  })

  let repeat = repeats[0] ?? 0
  let alignBy: 'speech' | 'connection' = 'speech'
  let loaded: readonly (LoadedRun | undefined)[] = []
  let playable: readonly (PlayableLane | undefined)[] = []
  let alignment: Alignment = { offsets: [], origin: 0, durationMs: 1 }
  let view: AxisView = { from: 0, to: 1, width: 1 }

  const playback = createPlayback({
    player,
    lanes: () => playable,
    onPosition: showPosition,
    onChange: showPlaying,
  })

  function load(): void {
    loaded = labels.map((label) => runs.find(({ run }) => run.lane.label === label && run.repeat === repeat))
    for (const block of root.querySelectorAll<HTMLElement>('[data-repeat]')) {
      block.hidden = block.dataset['repeat'] !== String(repeat)
    }
    if (repeatSelect !== null) repeatSelect.value = String(repeat)
    realign()
  }

  function realign(): void {
    playback.stop()
    const present = loaded.filter((lane) => lane !== undefined)
    const aligned = align(
      present.map(({ run }) => run),
      alignBy,
    )
    const offsets = loaded.map((lane) =>
      lane === undefined ? 0 : (aligned.offsets[present.indexOf(lane)] ?? 0),
    )
    alignment = { ...aligned, offsets }
    playable = loaded.map((lane, index) => lane && playableLane(lane, offsets[index] ?? 0))
    view = { ...view, from: 0, to: Math.max(1, aligned.durationMs) }
    seekInput.max = String(Math.ceil(aligned.durationMs))
    for (const [index, element] of laneElements.entries()) {
      const run = loaded[index]?.run
      const waits = run === undefined ? '' : waitsText(run, scenario, language)
      const turns = waits === '' ? 0 : waits.split(', ').length
      part(element, 'waits', HTMLElement).textContent = waits
      const shape = texts.shape(labels[index] ?? '', turns, waits)
      part(element, 'tracks', SVGSVGElement).setAttribute('aria-label', shape)
    }
    seek(alignBy === 'speech' ? aligned.origin - leadInMs : 0)
    draw()
  }

  function seek(at: number): void {
    playback.seek(Math.max(0, Math.min(at, alignment.durationMs)))
  }

  function draw(): void {
    const { from, to, width } = view
    const { origin, offsets } = alignment
    const ticks = timeTicks({ from: from - origin, to: to - origin, width }, language)
    axis.setAttribute('viewBox', `0 0 ${width} ${axisHeight}`)
    axis.replaceChildren(...drawAxis(ticks, width, axisHeight))
    for (const [index, element] of laneElements.entries()) {
      const tracks = part(element, 'tracks', SVGSVGElement)
      const lane = loaded[index]
      const offset = offsets[index] ?? 0
      tracks.setAttribute('viewBox', `0 0 ${width} ${laneHeight}`)
      tracks.replaceChildren(
        ...ticks.map(({ x }) => svg('line', { class: 'grid', x1: x, x2: x, y1: 0, y2: laneHeight })),
        ...(lane === undefined
          ? []
          : drawLane({
              run: lane.run,
              scenario,
              peaks: lane.peaks(),
              view: { from: from - offset, to: to - offset, width },
              texts,
              language,
            })),
      )
    }
    placePlayhead()
  }

  function placePlayhead(): void {
    const x = xOf(playback.position, view)
    playhead.hidden = x < 0 || x > view.width
    playhead.style.setProperty('translate', `${x}px 0`)
  }

  function showPosition(at: number): void {
    const shown = `${seconds.format((at - alignment.origin) / 1000).replace('-', '−')} s`
    seekInput.value = String(Math.round(at))
    seekInput.setAttribute('aria-valuetext', shown)
    clock.textContent = shown
    // The view follows the sound, a page at a time.
    if (playback.isPlaying && (at > view.to || at < view.from))
      change(panned(view, at - view.from, alignment.durationMs))
    else placePlayhead()
  }

  function showPlaying(): void {
    root.querySelector('[data-action="play"]')?.classList.toggle('playing', playback.isPlaying)
    const label = root.querySelector('[data-part="play-label"]')
    if (label !== null) label.textContent = playback.isPlaying ? texts.pause : texts.play
    for (const [index, element] of laneElements.entries()) {
      element.classList.toggle('sounding', playback.sounds(index))
      element.classList.toggle('silent', !playback.isHeard(index))
    }
  }

  function change(next: AxisView): void {
    view = next
    draw()
  }

  const timeline: Timeline = {
    root,
    get view() {
      return view
    },
    togglePlay: () => playback.toggle(),
    playLane: (lane) => playback.toggleLane(lane),
    seek,
    seekBy: (ms) => seek(playback.position + ms),
    zoom(factor, around) {
      const { position } = playback
      const middle = position >= view.from && position <= view.to ? position : (view.from + view.to) / 2
      change(zoomed(view, factor, around ?? middle, alignment.durationMs))
    },
    zoomAll: () => change({ ...view, from: 0, to: Math.max(1, alignment.durationMs) }),
    pan: (ms) => change(panned(view, ms, alignment.durationMs)),
    changeRepeat(by) {
      const next = repeats[repeats.indexOf(repeat) + by]
      if (next === undefined) return
      repeat = next
      load()
    },
  }

  function press(button: HTMLElement): void {
    const lane = laneElements.findIndex((element) => element.contains(button))
    const { action, value } = button.dataset
    const actions: Readonly<Record<string, () => void>> = {
      play: () => playback.toggle(),
      'play-lane': () => playback.toggleLane(lane),
      'zoom-in': () => timeline.zoom(0.5),
      'zoom-out': () => timeline.zoom(2),
      'zoom-all': () => timeline.zoomAll(),
      save: () => saveLane(loaded[lane], labels[lane] ?? ''),
      solo: () => button.setAttribute('aria-pressed', String(playback.toggleSolo(lane))),
      mute: () => button.setAttribute('aria-pressed', String(playback.toggleMute(lane))),
      mode() {
        choose(root, button)
        playback.setMode(value === 'together' ? 'together' : 'turn')
      },
      align() {
        choose(root, button)
        alignBy = value === 'connection' ? 'connection' : 'speech'
        realign()
      },
    }
    actions[action ?? '']?.()
  }

  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-action]') : null
    if (button !== null) press(button)
  })
  seekInput.addEventListener('input', () => seek(Number(seekInput.value)))
  repeatSelect?.addEventListener('change', () => {
    repeat = Number(repeatSelect.value)
    load()
  })
  listenToPointers(stage, timeline)
  new ResizeObserver(() => {
    const width = Math.max(1, Math.round(axis.getBoundingClientRect().width))
    if (width !== view.width) change({ ...view, width })
  }).observe(axis)
  load()
  return timeline
}

function playableLane(lane: LoadedRun, offset: number): PlayableLane {
  const placed = (segments: readonly Segment[]): readonly Segment[] =>
    segments.map(({ at, samples }) => ({ at: at + offset, samples }))
  return {
    startsAt: offset,
    endsAt: offset + lane.run.durationMs,
    input: () => placed(lane.input()),
    output: () => placed(lane.output()),
  }
}

/** Presses one button of its group. */
function choose(root: HTMLElement, button: HTMLElement): void {
  for (const other of root.querySelectorAll(`[data-action="${button.dataset['action']}"]`)) {
    other.setAttribute('aria-pressed', String(other === button))
  }
}
