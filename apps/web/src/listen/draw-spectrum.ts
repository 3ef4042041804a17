import type { AxisView } from '@parley/compare'
import type { LabPicture } from './create-lab.ts'
import { columnBands, columnSamples, heardRate } from './worker-protocol.ts'

/** A canvas beside the shown one, in which spectra become pixels. */
export interface SpectrumScratch {
  readonly canvas: HTMLCanvasElement
  /** The colours of levels 0 to 255, and from what they were made. */
  palette: { readonly key: string; readonly colors: Uint32Array }
}

/** Makes room to draw spectra in. */
export function createSpectrumScratch(): SpectrumScratch {
  return { canvas: document.createElement('canvas'), palette: { key: '', colors: new Uint32Array(256) } }
}

/** Spectra that are looked at for one column of pixels at most: more would cost time and show the same. */
const mostColumns = 8

/** Frequencies that are written beside the picture, kHz. */
const namedKilohertz = [2, 4, 6]

/** Draws the spectra of a stretch of time, low frequencies at the bottom. */
export function drawSpectrum(
  context: CanvasRenderingContext2D,
  scratch: SpectrumScratch,
  lab: {
    readonly view: AxisView
    readonly picture: LabPicture
    readonly top: number
    readonly height: number
    readonly color: (name: string) => string
    readonly labels: { readonly kilohertz: (value: number) => string }
  },
): void {
  const { view, picture, top, height, color } = lab
  const pixels = scratch.canvas.getContext('2d')
  const width = Math.ceil(view.width)
  if (!pixels) return
  if (scratch.canvas.width !== width) scratch.canvas.width = width
  scratch.canvas.height = columnBands
  const colors = paletteOf(scratch, color)
  const image = pixels.createImageData(width, columnBands)
  // Canvas pixels are bytes in the order red, green, blue, alpha: one little-endian number each.
  const out = new Uint32Array(image.data.buffer)
  const columns = picture.columns.view()
  const columnMs = (columnSamples * 1000) / heardRate
  const perPx = (view.to - view.from) / view.width / columnMs
  const count = columns.length / columnBands
  for (let x = 0; x < width; x += 1) {
    const from = Math.max(0, Math.floor(view.from / columnMs + x * perPx))
    const to = Math.min(count, Math.max(from + 1, Math.floor(view.from / columnMs + (x + 1) * perPx)))
    if (from >= to) break
    const step = Math.max(1, Math.ceil((to - from) / mostColumns))
    for (let band = 0; band < columnBands; band += 1) {
      let level = 0
      for (let column = from; column < to; column += step) {
        level = Math.max(level, columns[column * columnBands + band] ?? 0)
      }
      out[(columnBands - 1 - band) * width + x] = colors[level] ?? 0
    }
  }
  pixels.putImageData(image, 0, 0)
  context.drawImage(scratch.canvas, 0, top, width, height)
  for (const kilohertz of namedKilohertz) {
    const y = top + height - (kilohertz / (heardRate / 2000)) * height
    context.fillStyle = color('--lab-line-strong')
    context.fillRect(0, Math.round(y), 4, 1)
    context.lineWidth = 3
    context.lineJoin = 'round'
    context.strokeStyle = color('--lab-surface')
    context.strokeText(lab.labels.kilohertz(kilohertz), 7, y + 4)
    context.fillStyle = color('--lab-soft')
    context.fillText(lab.labels.kilohertz(kilohertz), 7, y + 4)
  }
}

function paletteOf(scratch: SpectrumScratch, color: (name: string) => string): Uint32Array {
  const stops = ['--lab-quiet', '--lab-middle', '--lab-loud'].map(color)
  const key = stops.join()
  if (scratch.palette.key === key) return scratch.palette.colors
  const [quiet, middle, loud] = stops.map((stop) => stop.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0])
  const colors = Uint32Array.from({ length: 256 }, (_, level) => {
    const isLow = level < 128
    const share = isLow ? level / 128 : (level - 128) / 127
    const channel = (place: number): number => {
      const from = (isLow ? quiet : middle)?.[place] ?? 0
      const to = (isLow ? middle : loud)?.[place] ?? 0
      return Math.round(from + share * (to - from))
    }
    return ((255 << 24) | (channel(2) << 16) | (channel(1) << 8) | channel(0)) >>> 0
  })
  scratch.palette = { key, colors }
  return colors
}
