import { timeTicks, xOf, type AxisView } from '@parley/compare'
import { fitCanvas } from '../compare/stage/draw-lane.ts'
import type { LabPicture } from './create-lab.ts'
import { drawSpectrum, type SpectrumScratch } from './draw-spectrum.ts'
import { layoutOf, type Band, type LabLayout } from './lab-layout.ts'
import type { LabSettings } from './lab-settings.ts'
import { markShapes } from './mark-shapes.ts'
import type { HeardTurn, TurnMark } from './turn-marks.ts'
import { binSamples, heardRate } from './worker-protocol.ts'

/** What the picture is drawn from. */
export interface LabView {
  readonly view: AxisView
  readonly picture: LabPicture
  readonly marks: readonly TurnMark[]
  readonly turns: readonly HeardTurn[]
  readonly settings: LabSettings
  readonly language: string
  /** Words in the picture, already in the page's language. */
  readonly labels: {
    readonly enter: string
    readonly leave: string
    readonly kilohertz: (value: number) => string
  }
}

/** Draws everything but the cursor. */
export function drawLab(canvas: HTMLCanvasElement, scratch: SpectrumScratch, lab: LabView): void {
  const context = canvas.getContext('2d')
  const { view } = lab
  if (!context || view.width < 2) return
  fitCanvas(canvas, context, view.width, layoutOf(view.width).height)
  const style = getComputedStyle(canvas)
  const color = (name: string): string => style.getPropertyValue(name)
  context.font = `500 11px ${style.fontFamily}`
  const sketch = { ...lab, bands: layoutOf(view.width), color }
  drawTurns(context, sketch)
  drawRuler(context, sketch)
  drawWave(context, sketch)
  drawSpectrum(context, scratch, { ...lab, ...sketch.bands.spectrum, color })
  drawProbability(context, sketch)
  drawMarks(context, sketch)
}

/** A view with where its parts go and the theme's colours by their custom properties. */
interface Sketch extends LabView {
  readonly bands: LabLayout
  readonly color: (name: string) => string
}

function stretch(view: AxisView, from: number, to: number): { readonly x: number; readonly width: number } {
  const x = Math.max(-4, xOf(from, view))
  return { x, width: Math.min(view.width + 4, xOf(to, view)) - x }
}

function drawTurns(context: CanvasRenderingContext2D, sketch: Sketch): void {
  const { view, turns, picture, bands, color } = sketch
  const now = picture.durationMs
  for (const { paddedMs, onsetMs, endMs = now, sentMs = endMs, stopMs = now } of turns) {
    const parts = [
      ['--lab-padding', paddedMs, onsetMs],
      ['--lab-turn', onsetMs, endMs],
      ['--lab-padding', endMs, sentMs],
      ['--lab-wait', sentMs, stopMs],
    ] as const
    for (const [name, from, to] of parts) {
      const { x, width } = stretch(view, from, to)
      if (width <= 0) continue
      context.fillStyle = color(name)
      for (const { top, height } of [bands.wave, bands.probability]) context.fillRect(x, top, width, height)
    }
  }
}

function drawRuler(context: CanvasRenderingContext2D, sketch: Sketch): void {
  const { view, language, bands, color } = sketch
  const { top, height } = bands.ruler
  for (const { x, label } of timeTicks(view, language)) {
    context.fillStyle = color('--lab-line')
    for (const band of [bands.wave, bands.probability]) {
      context.fillRect(Math.round(x), band.top, 1, band.height)
    }
    context.fillRect(Math.round(x), top, 1, 6)
    if (x + context.measureText(label).width + 4 > view.width) continue
    context.fillStyle = color('--lab-soft')
    context.fillText(label, x + 4, top + height - 6)
  }
}

function drawWave(context: CanvasRenderingContext2D, sketch: Sketch): void {
  const { view, picture, bands, color } = sketch
  const { top, height } = bands.wave
  const middle = top + height / 2
  const peaks = picture.peaks.view()
  const binMs = (binSamples * 1000) / heardRate
  const perPx = (view.to - view.from) / view.width / binMs
  context.fillStyle = color('--lab-you')
  for (let x = 0; x < view.width; x += 1) {
    const first = Math.floor(view.from / binMs + x * perPx)
    const last = Math.min(
      peaks.length / 2,
      Math.max(first + 1, Math.floor(view.from / binMs + (x + 1) * perPx)),
    )
    if (first >= last) break
    let low = 0
    let high = 0
    for (let bin = Math.max(0, first); bin < last; bin += 1) {
      low = Math.min(low, peaks[2 * bin] ?? 0)
      high = Math.max(high, peaks[2 * bin + 1] ?? 0)
    }
    const rise = waveHeight(high) * (height / 2 - 2)
    const fall = waveHeight(-low) * (height / 2 - 2)
    context.fillRect(x, middle - Math.max(0.5, rise), 1, Math.max(1, rise + fall))
  }
}

/** Speech is quiet in a linear picture: the root shows it, and keeps loud from quiet. */
function waveHeight(peak: number): number {
  return Math.sqrt(Math.min(127, Math.max(0, peak)) / 127)
}

function drawProbability(context: CanvasRenderingContext2D, sketch: Sketch): void {
  const { view, picture, settings, labels, bands, color } = sketch
  const band = bands.probability
  const values = picture.probabilities.view()
  const y = (share: number): number => band.top + band.height - 1 - share * (band.height - 2)
  const perPx = (view.to - view.from) / view.width / picture.frameMs
  context.beginPath()
  let last = -1
  for (let x = 0; x < view.width; x += 1) {
    const from = Math.max(0, Math.floor(view.from / picture.frameMs + x * perPx))
    const to = Math.min(
      values.length,
      Math.max(from + 1, Math.floor(view.from / picture.frameMs + (x + 1) * perPx)),
    )
    if (from >= to) break
    let most = 0
    for (let frame = from; frame < to; frame += 1) most = Math.max(most, values[frame] ?? 0)
    if (last < 0) context.moveTo(x, y(most))
    else context.lineTo(x, y(most))
    last = x
  }
  if (last >= 0) {
    context.strokeStyle = color('--lab-ink')
    context.lineWidth = 1.25
    context.lineJoin = 'round'
    context.stroke()
  }
  drawThreshold(context, { band, view, at: y(settings.enterThreshold), color: color('--lab-you'), dash: [] })
  drawThreshold(context, {
    band,
    view,
    at: y(settings.leaveThreshold),
    color: color('--lab-warn'),
    dash: [5, 4],
  })
  const isNear = Math.abs(y(settings.enterThreshold) - y(settings.leaveThreshold)) < 13
  label(
    context,
    labels.enter,
    y(settings.enterThreshold) - 4,
    color('--lab-you'),
    color('--lab-surface'),
    band,
  )
  const below = y(settings.leaveThreshold) + (isNear ? 13 : -4)
  label(context, labels.leave, below, color('--lab-warn'), color('--lab-surface'), band)
}

function drawThreshold(
  context: CanvasRenderingContext2D,
  line: {
    readonly band: Band
    readonly view: AxisView
    readonly at: number
    readonly color: string
    readonly dash: number[]
  },
): void {
  context.save()
  context.strokeStyle = line.color
  context.lineWidth = 1
  context.setLineDash(line.dash)
  context.beginPath()
  context.moveTo(0, Math.round(line.at) + 0.5)
  context.lineTo(line.view.width, Math.round(line.at) + 0.5)
  context.stroke()
  context.restore()
}

function label(
  context: CanvasRenderingContext2D,
  text: string,
  wanted: number,
  ink: string,
  ground: string,
  band: Band,
): void {
  const at = Math.min(band.top + band.height - 3, Math.max(band.top + 11, wanted))
  context.save()
  context.lineWidth = 3
  context.lineJoin = 'round'
  context.strokeStyle = ground
  context.strokeText(text, 6, at)
  context.fillStyle = ink
  context.fillText(text, 6, at)
  context.restore()
}

function drawMarks(context: CanvasRenderingContext2D, sketch: Sketch): void {
  const { view, marks, bands, color } = sketch
  const { top } = bands.marks
  for (const { kind, knownMs } of marks) {
    const x = xOf(knownMs, view)
    if (x < -6 || x > view.width + 6) continue
    const shape = markShapes[kind]
    context.save()
    context.strokeStyle = color(shape.color)
    context.fillStyle = color(shape.color)
    if (kind === 'started' || kind === 'stopped') {
      context.globalAlpha = 0.55
      context.fillRect(x - 0.5, top + 16 * (shape.row + 1), 1, bands.ruler.top - 16 * (shape.row + 1))
      context.globalAlpha = 1
    }
    context.translate(x - 5, top + 3 + 16 * shape.row)
    context.lineWidth = 1.5
    const path = new Path2D(shape.path)
    if (shape.isFilled) context.fill(path)
    else context.stroke(path)
    context.restore()
  }
}
