import { deflateSync } from 'node:zlib'
import type { Plot } from './section.ts'

/** Curves over one axis; colours are those of the page, by the classes `plot-1`, `plot-2` and so on. */
export interface LinePlotOptions {
  readonly id: string
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly lines: readonly {
    readonly name: string
    readonly points: readonly (readonly [x: number, y: number])[]
  }[]
}

/** What an axis shows; `ticks` are its labelled values. */
export interface Axis {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
}

const width = 720
const height = 300
const frame = { left: 56, right: 8, top: 24, bottom: 40 }

/** Curves as SVG. */
export function linePlot({ id, title, x, y, lines }: LinePlotOptions): Plot {
  const scale = scales(x, y)
  const curves = lines.map(({ points }, i) => {
    const path = points.map(([a, b], k) => `${k === 0 ? 'M' : 'L'}${scale.x(a)} ${scale.y(b)}`).join('')
    return `<path class="plot-${i + 1}" d="${path}"/>`
  })
  const names = lines.map(({ name }, i) => {
    const at = frame.left + (i * (width - frame.left)) / lines.length
    return `<text class="plot-name plot-${i + 1}" x="${at}" y="14">${escaped(name)}</text>`
  })
  return { id, title, svg: picture(title, [...axes(x, y), ...curves, ...names]) }
}

/** Levels over time and frequency, in dB. */
export interface SpectrogramOptions {
  readonly id: string
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  /** Columns in time, each from the lowest frequency up. */
  readonly columns: readonly Float64Array[]
  /** Level drawn as nothing, and the one drawn in full. */
  readonly floorDb: number
  readonly fullDb: number
}

/** A spectrogram as SVG with a picture inside. */
export function spectrogramPlot(options: SpectrogramOptions): Plot {
  const { id, title, x, y, columns, floorDb, fullDb } = options
  const rows = columns[0]?.length ?? 0
  const pixels = new Uint8Array(rows * (columns.length + 1))
  for (const [column, levels] of columns.entries()) {
    for (const [row, level] of levels.entries()) {
      const shade = Math.round((255 * (level - floorDb)) / (fullDb - floorDb))
      pixels[(rows - 1 - row) * (columns.length + 1) + column + 1] = Math.min(255, Math.max(0, shade))
    }
  }
  const data = grayPng(pixels, columns.length, rows).toString('base64')
  const inner = `x="${frame.left}" y="${frame.top}" width="${width - frame.left - frame.right}" height="${height - frame.top - frame.bottom}"`
  const image = `<image ${inner} preserveAspectRatio="none" href="data:image/png;base64,${data}"/>`
  return { id, title, svg: picture(title, [image, ...axes(x, y)]) }
}

function scales(x: Axis, y: Axis): { x(value: number): string; y(value: number): string } {
  const place = (value: number, { from, to }: Axis): number =>
    Math.min(1, Math.max(0, (value - from) / (to - from)))
  const across = width - frame.left - frame.right
  const down = height - frame.top - frame.bottom
  return {
    x: (value) => (frame.left + place(value, x) * across).toFixed(1),
    y: (value) => (frame.top + (1 - place(value, y)) * down).toFixed(1),
  }
}

function axes(x: Axis, y: Axis): string[] {
  const scale = scales(x, y)
  const bottom = height - frame.bottom
  return [
    ...x.ticks.flatMap((tick) => [
      `<path class="plot-grid" d="M${scale.x(tick)} ${frame.top}V${bottom}"/>`,
      `<text x="${scale.x(tick)}" y="${bottom + 16}" text-anchor="middle">${tick}</text>`,
    ]),
    ...y.ticks.flatMap((tick) => [
      `<path class="plot-grid" d="M${frame.left} ${scale.y(tick)}H${width - frame.right}"/>`,
      `<text x="${frame.left - 6}" y="${Number(scale.y(tick)) + 4}" text-anchor="end">${tick}</text>`,
    ]),
    `<text x="${width - frame.right}" y="${height - 6}" text-anchor="end">${escaped(x.name)}</text>`,
    `<text x="4" y="${height - 6}">${escaped(y.name)}</text>`,
  ]
}

function picture(title: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" class="plot" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${parts.join('')}</svg>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** A PNG of 8-bit gray; every row of `pixels` begins with its filter, 0. */
function grayPng(pixels: Uint8Array, columns: number, rows: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(columns, 0)
  head.writeUInt32BE(rows, 4)
  head[8] = 8
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const body = deflateSync(pixels, { level: 9 })
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, body: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(content.length + 8)
  framed.writeUInt32BE(body.length, 0)
  content.copy(framed, 4)
  framed.writeUInt32BE(crc32(content), content.length + 4)
  return framed
}

/** CRC-32 as PNG and zlib have it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320)
  }
  return (crc ^ 0xffffffff) >>> 0
}
