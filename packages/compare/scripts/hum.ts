import { seededRandom } from '@parley/audio/signals'

/** Samples a second of the hum. */
const sampleRate = 24_000

/** One point of a contour: seconds, and the value there; straight lines lie between. */
type Contour = readonly (readonly [at: number, value: number])[]

/** Two hums with a breath between them, the second one rising: the "mhm" of somebody who listens. */
const seconds = 0.36
const pitch: Contour = [
  [0, 168],
  [0.12, 158],
  [0.2, 164],
  [0.3, 196],
  [0.36, 190],
]
const voicing: Contour = [
  [0, 0],
  [0.025, 0.8],
  [0.1, 0.75],
  [0.135, 0.06],
  [0.175, 0.06],
  [0.215, 1],
  [0.29, 0.85],
  [0.36, 0],
]
const breath: Contour = [
  [0, 0],
  [0.1, 0.01],
  [0.14, 0.12],
  [0.175, 0.12],
  [0.22, 0.02],
  [0.36, 0],
]

/** Resonances of a nasal murmur behind closed lips: one strong and low, the others weak and broad; Hz. */
const resonances = [
  { frequency: 270, bandwidth: 60, gain: 1 },
  { frequency: 1050, bandwidth: 180, gain: 0.12 },
  { frequency: 2250, bandwidth: 260, gain: 0.06 },
  { frequency: 3200, bandwidth: 400, gain: 0.02 },
]

/** A voiced hum "mhm" of about 360 ms, in [-1, 1] at 24 kHz; the same samples every time. */
export function hum(): Float32Array {
  const random = seededRandom(20)
  const source = new Float32Array(Math.round(seconds * sampleRate))
  let phase = 0
  let wobble = 1
  let lastFlow = 0
  for (let i = 0; i < source.length; i++) {
    const at = i / sampleRate
    phase += (valueAt(pitch, at) * wobble) / sampleRate
    if (phase >= 1) {
      phase -= 1
      // Vocal folds are never quite regular; without it a hum sounds like a buzzer.
      wobble = 1 + 0.012 * (random() - 0.5)
    }
    const flow = glottalFlow(phase)
    // Sound leaves as the change of the flow.
    source[i] = (flow - lastFlow) * 20 * valueAt(voicing, at) + (random() - 0.5) * valueAt(breath, at)
    lastFlow = flow
  }
  const sound = new Float32Array(source.length)
  for (const resonance of resonances) {
    resonate(source, resonance).forEach((value, i) => (sound[i] = (sound[i] ?? 0) + value * resonance.gain))
  }
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return sound.map((value) => (value / peak) * 0.8)
}

/** Rosenberg's glottal pulse over one period: it opens for 40 %, closes for 16 %, rests. */
function glottalFlow(phase: number): number {
  if (phase < 0.4) return 0.5 * (1 - Math.cos((Math.PI * phase) / 0.4))
  if (phase < 0.56) return Math.cos((Math.PI / 2) * ((phase - 0.4) / 0.16))
  return 0
}

/** Klatt's two-pole resonator with unit gain at 0 Hz. */
function resonate(
  source: Float32Array,
  { frequency, bandwidth }: { readonly frequency: number; readonly bandwidth: number },
): Float32Array {
  const radius = Math.exp((-Math.PI * bandwidth) / sampleRate)
  const b = 2 * radius * Math.cos((2 * Math.PI * frequency) / sampleRate)
  const c = -radius * radius
  const a = 1 - b - c
  let [before, earlier] = [0, 0]
  return source.map((value) => {
    const next = a * value + b * before + c * earlier
    earlier = before
    before = next
    return next
  })
}

function valueAt(contour: Contour, at: number): number {
  const next = contour.findIndex(([time]) => time >= at)
  const [toTime, to] = contour[next === -1 ? contour.length - 1 : next] ?? [0, 0]
  const [fromTime, from] = contour[Math.max(0, next - 1)] ?? [0, 0]
  return toTime === fromTime ? to : from + ((to - from) * (at - fromTime)) / (toTime - fromTime)
}
