import {
  laneShapes,
  timeTicks,
  type AxisView,
  type LaneShapes,
  type Mark,
  type Scenario,
} from '@parley/compare'
import { soFar, type LaneTrack } from '../lane-track.ts'

/** Heights in px: what was sent, what came back, and the rows of labels below. */
export const laneSizes = { input: 40, gap: 6, output: 48, row: 14, rows: 2 } as const

/** Height of a drawn lane, px. */
export const laneHeight =
  laneSizes.input + laneSizes.gap + laneSizes.output + laneSizes.row * laneSizes.rows + 4

const tracksHeight = laneSizes.input + laneSizes.gap + laneSizes.output

/** What a lane is drawn from. */
export interface LanePicture {
  readonly track: LaneTrack
  readonly scenario: Scenario | undefined
  /** How far the lane is moved on the common axis, ms. */
  readonly shift: number
  /** The common axis. */
  readonly view: AxisView
  readonly labelOf: (mark: Mark) => string | undefined
  readonly waitLabel: (ms: number) => string
  /** Neither moments nor waits: what is to be judged by ear alone. */
  readonly isBlind: boolean
}

/** Draws a lane and gives the moments that were drawn, for the pointer to find. */
export function drawLane(canvas: HTMLCanvasElement, picture: LanePicture): LaneShapes | undefined {
  const { track, shift, view, scenario } = picture
  const context = canvas.getContext('2d')
  if (!context || view.width < 2) return undefined
  fitCanvas(canvas, context, view.width, laneHeight)
  const style = getComputedStyle(canvas)
  const color = (name: string): string => style.getPropertyValue(name)
  const font = `500 11px ${style.fontFamily}`
  const shapes = laneShapes(soFar(track), scenario, {
    from: view.from - shift,
    to: view.to - shift,
    width: view.width,
    trackHeight: laneSizes.output,
    labelRows: laneSizes.rows,
    letterWidth: 6.4,
    labelOf: picture.labelOf,
    // A pass that goes on has no sound to read yet, only its waveform.
    ...(track.run === undefined && { peaks: { input: track.input, output: track.output } }),
  })

  context.fillStyle = color('--trace-line')
  for (const { x } of timeTicks(view)) context.fillRect(Math.round(x), 0, 1, tracksHeight)

  const outputTop = laneSizes.input + laneSizes.gap
  for (const { x, width, kind } of shapes.input.bands) {
    context.fillStyle = color('--trace-you-wash')
    context.globalAlpha = kind === 'backchannel' ? 0.55 : 1
    roundedRect(context, x, 0, width, laneSizes.input)
    context.globalAlpha = 1
  }
  for (const { x, width, kind } of shapes.output.bands) {
    context.fillStyle = color('--trace-lane-wash')
    roundedRect(context, x, outputTop, width, laneSizes.output)
    if (kind !== 'cut') continue
    context.fillStyle = color('--trace-ink')
    context.fillRect(x + width - 2, outputTop, 2, laneSizes.output)
  }
  context.save()
  context.scale(1, laneSizes.input / laneSizes.output)
  fillWave(context, shapes.input.wave, color('--trace-you'))
  context.restore()
  context.save()
  context.translate(0, outputTop)
  fillWave(context, shapes.output.wave, color('--trace-lane'))
  context.restore()

  if (!picture.isBlind) {
    drawMarks(context, shapes, { color, font })
    drawWaits(context, shapes, { color, font: `600 12px ${style.fontFamily}`, label: picture.waitLabel })
  }
  if (track.status === 'running') {
    const end = ((track.durationMs + shift - view.from) / (view.to - view.from)) * view.width
    context.fillStyle = color('--trace-line-strong')
    context.fillRect(Math.round(end), 0, 1, tracksHeight)
  }
  return picture.isBlind ? undefined : shapes
}

interface Ink {
  readonly color: (name: string) => string
  readonly font: string
}

function drawMarks(context: CanvasRenderingContext2D, { marks }: LaneShapes, { color, font }: Ink): void {
  context.font = font
  context.textBaseline = 'alphabetic'
  for (const { x, mark, label, row, flipped } of marks) {
    if (label === undefined) continue
    const isSound = mark.type === 'first_sound'
    const ink = color(
      mark.type === 'error'
        ? '--trace-bad'
        : isSound
          ? '--trace-lane'
          : mark.type === 'speech_end' || mark.type === 'text_sent'
            ? '--trace-you'
            : '--trace-soft',
    )
    context.fillStyle = ink
    const bottom = row === undefined ? tracksHeight : tracksHeight + (row + 1) * laneSizes.row
    context.globalAlpha = row === undefined ? 0.55 : 1
    context.fillRect(Math.round(x), 0, isSound ? 2 : 1, bottom)
    context.globalAlpha = 1
    if (row === undefined) continue
    context.fillStyle = isSound ? ink : color('--trace-soft')
    context.textAlign = flipped ? 'right' : 'left'
    context.fillText(label, x + (flipped ? -4 : 4), bottom - 2)
  }
}

/** The wait is the number people look for: a bar in the middle, and its time where the person is silent. */
function drawWaits(
  context: CanvasRenderingContext2D,
  { waits }: LaneShapes,
  { color, font, label }: Ink & { readonly label: (ms: number) => string },
): void {
  const middle = laneSizes.input + laneSizes.gap / 2
  context.font = font
  context.textAlign = 'left'
  for (const [place, { x, width, ms }] of waits.entries()) {
    context.fillStyle = color('--trace-ink')
    context.fillRect(x, middle - 1, Math.max(1, width), 2)
    const text = label(ms)
    const room = (waits[place + 1]?.x ?? Number.POSITIVE_INFINITY) - x
    if (context.measureText(text).width + 10 >= room) continue
    // A line that crosses the number must not be read as a digit.
    context.strokeStyle = color('--trace-surface')
    context.lineWidth = 4
    context.lineJoin = 'round'
    context.strokeText(text, x + 5, laneSizes.input - 8)
    context.fillText(text, x + 5, laneSizes.input - 8)
  }
}

function fillWave(context: CanvasRenderingContext2D, path: string, color: string): void {
  if (path === '') return
  context.fillStyle = color
  context.fill(new Path2D(path))
}

function roundedRect(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath()
  context.roundRect(x, y, Math.max(1, width), height, Math.min(4, width / 2))
  context.fill()
}

/** Gives a canvas the pixels of its place, empty, with px as the unit. */
export function fitCanvas(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  const scale = devicePixelRatio
  const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== pixelWidth) canvas.width = pixelWidth
  if (canvas.height !== pixelHeight) canvas.height = pixelHeight
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, height)
}
