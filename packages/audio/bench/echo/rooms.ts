import { seededRandom } from '../../src/testing/signals.ts'

/** Impulse response of a room from loudspeaker to microphone. */
export interface RoomOptions {
  readonly sampleRate: number
  /** Time in which the sound decays by 60 dB, in seconds. */
  readonly rt60: number
  readonly seed: number
  /** `image`: mirror sources of a shoebox; `noise`: a direct sound and decaying noise. */
  readonly kind: 'image' | 'noise'
}

/** The response of one room, of energy 1, cut where it has decayed by 60 dB. */
export function roomResponse(options: RoomOptions): Float64Array {
  const response = options.kind === 'image' ? imageRoom(options) : noiseRoom(options)
  const energy = response.reduce((sum, value) => sum + value * value, 0)
  return response.map((value) => value / Math.sqrt(energy))
}

function noiseRoom({ sampleRate, rt60, seed }: RoomOptions): Float64Array {
  const random = seededRandom(seed * 7919 + 1)
  const response = new Float64Array(Math.round(rt60 * sampleRate))
  const direct = Math.round((0.001 + 0.003 * random()) * sampleRate)
  for (let i = direct; i < response.length; i++) {
    const decay = 10 ** ((-3 * (i - direct)) / (rt60 * sampleRate))
    const gaussian = random() + random() + random() + random() - 2
    response[i] = gaussian * decay
  }
  // Direct sound as strong as the diffuse field, or up to 6 dB over it.
  const diffuse = response.reduce((sum, value) => sum + value * value, 0)
  response[direct] = Math.sqrt(diffuse * (1 + 3 * random()))
  return response
}

/** Room of the wished decay time: a shoebox decays slower than the formulas say, so the absorption is searched for. */
function imageRoom(options: RoomOptions): Float64Array {
  let low = 0.02
  let high = 0.99
  let response = shoebox(options, 0.5)
  for (let i = 0; i < 7; i++) {
    const absorption = (low + high) / 2
    response = shoebox(options, absorption)
    if (decayTime(response, options.sampleRate) > options.rt60) low = absorption
    else high = absorption
  }
  return response
}

/** Time of a decay by 60 dB from that between -5 and -25 dB of the remaining energy (Schroeder 1965). */
export function decayTime(response: Float64Array, sampleRate: number): number {
  const remaining = Float64Array.from(response)
  for (let i = remaining.length - 1, sum = 0; i >= 0; i--) {
    sum += (response[i] ?? 0) ** 2
    remaining[i] = sum
  }
  const first = (db: number): number =>
    remaining.findIndex((value) => value < (remaining[0] ?? 0) * 10 ** (db / 10))
  return (3 * (first(-25) - first(-5))) / sampleRate
}

/** Mirror sources (Allen and Berkley 1979) with fractional delays by a short sinc. */
function shoebox({ sampleRate, rt60, seed }: RoomOptions, absorption: number): Float64Array {
  const random = seededRandom(seed * 104_729 + 3)
  const speed = 343
  const size = [3 + 3 * random(), 2.5 + 2.5 * random(), 2.4 + 0.6 * random()]
  const reflection = Math.sqrt(1 - absorption)
  const speaker = size.map((length) => length * (0.3 + 0.4 * random()))
  // A device on a table: 0.2 to 0.8 m from loudspeaker to microphone.
  const away = 0.2 + 0.6 * random()
  const angle = 2 * Math.PI * random()
  const microphone = [away * Math.cos(angle), away * Math.sin(angle), 0.1 * (random() - 0.5)].map(
    (offset, axis) => (speaker[axis] ?? 0) + offset,
  )
  const response = new Float64Array(Math.round(rt60 * sampleRate))
  const reach = (response.length / sampleRate) * speed
  const places = size.map((length, axis) => {
    const count = Math.ceil(reach / (2 * length)) + 1
    const found: { offset: number; bounces: number }[] = []
    for (let n = -count; n <= count; n++) {
      for (const mirrored of [0, 1]) {
        const image = (1 - 2 * mirrored) * (speaker[axis] ?? 0) + 2 * n * length
        found.push({ offset: image - (microphone[axis] ?? 0), bounces: Math.abs(n - mirrored) + Math.abs(n) })
      }
    }
    return found
  })
  const [xs = [], ys = [], zs = []] = places
  for (const a of xs) {
    for (const b of ys) {
      for (const c of zs) {
        const distance = Math.hypot(a.offset, b.offset, c.offset)
        const at = (distance / speed) * sampleRate
        if (at > response.length - 8) continue
        const gain = reflection ** (a.bounces + b.bounces + c.bounces) / Math.max(0.1, distance)
        addFractional(response, at, gain)
      }
    }
  }
  return response
}

function addFractional(response: Float64Array, at: number, gain: number): void {
  const centre = Math.round(at)
  for (let i = Math.max(0, centre - 4); i <= centre + 4; i++) {
    const offset = i - at
    const sinc = Math.abs(offset) < 1e-6 ? 1 : Math.sin(Math.PI * offset) / (Math.PI * offset)
    response[i] = (response[i] ?? 0) + gain * sinc * (0.5 + 0.5 * Math.cos((Math.PI * offset) / 5))
  }
}

/** `signal` through `response`, as long as the signal. */
export function convolve(signal: ArrayLike<number>, response: Float64Array): Float64Array {
  const length = signal.length
  const block = 4096
  const size = 2 ** Math.ceil(Math.log2(response.length + block))
  const filter = transform(response, size)
  const output = new Float64Array(length + size)
  for (let at = 0; at < length; at += block) {
    const piece = new Float64Array(size)
    for (let i = 0; i < block && at + i < length; i++) piece[i] = signal[at + i] ?? 0
    const spectrum = transform(piece, size)
    for (let k = 0; k < size; k++) {
      const re = (spectrum.re[k] ?? 0) * (filter.re[k] ?? 0) - (spectrum.im[k] ?? 0) * (filter.im[k] ?? 0)
      const im = (spectrum.re[k] ?? 0) * (filter.im[k] ?? 0) + (spectrum.im[k] ?? 0) * (filter.re[k] ?? 0)
      spectrum.re[k] = re
      spectrum.im[k] = -im
    }
    fourier(spectrum.re, spectrum.im)
    for (let i = 0; i < size; i++) output[at + i] = (output[at + i] ?? 0) + (spectrum.re[i] ?? 0) / size
  }
  return output.slice(0, length)
}

function transform(values: Float64Array, size: number): { re: Float64Array; im: Float64Array } {
  const re = new Float64Array(size)
  re.set(values)
  const im = new Float64Array(size)
  fourier(re, im)
  return { re, im }
}

function fourier(re: Float64Array, im: Float64Array): void {
  const size = re.length
  for (let i = 0, j = 0; i < size; i++) {
    if (i < j) {
      const r = re[i] ?? 0
      re[i] = re[j] ?? 0
      re[j] = r
      const m = im[i] ?? 0
      im[i] = im[j] ?? 0
      im[j] = m
    }
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j |= bit
  }
  for (let length = 2; length <= size; length *= 2) {
    const half = length / 2
    for (let k = 0; k < half; k++) {
      const c = Math.cos((-2 * Math.PI * k) / length)
      const s = Math.sin((-2 * Math.PI * k) / length)
      for (let a = k; a < size; a += length) {
        const b = a + half
        const r = (re[b] ?? 0) * c - (im[b] ?? 0) * s
        const m = (re[b] ?? 0) * s + (im[b] ?? 0) * c
        re[b] = (re[a] ?? 0) - r
        im[b] = (im[a] ?? 0) - m
        re[a] = (re[a] ?? 0) + r
        im[a] = (im[a] ?? 0) + m
      }
    }
  }
}
