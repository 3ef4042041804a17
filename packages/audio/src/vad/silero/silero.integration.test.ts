import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { seededRandom, tone } from '../../testing/index.ts'
import { createSpeechGate } from '../speech-gate.ts'
import { loadSilero } from './silero.ts'
import { createVoiceDetector } from './voice-detector.ts'

const frames = 1_000_000
const hop = 128
/** Noise, tones, digital silence and samples gone wild, 8 s in all. */
function anything(): Float32Array {
  const random = seededRandom(5)
  const samples = new Float32Array(1000 * hop)
  for (let i = 0; i < samples.length; i++) {
    const part = Math.floor((8 * i) / samples.length)
    samples[i] = part % 3 === 0 ? 0 : 0.3 * (2 * random() - 1)
  }
  samples.set(tone({ frequency: 180, sampleRate: 16_000, length: 200 * hop, amplitude: 0.5 }), 300 * hop)
  samples.set([NaN, Infinity, -Infinity, 3e38], 700 * hop)
  return samples
}

function used(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

describe('voice activity over a million frames', () => {
  it('stays in [0, 1], does not grow, and hears the same at the end', async () => {
    const v6 = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx')
    const detector = createVoiceDetector(loadSilero(await readFile(v6)))
    const gate = createSpeechGate({ sampleRate: 16_000, frameSamples: hop })
    const samples = anything()
    const hops = Array.from({ length: 1000 }, (_, i) => samples.subarray(i * hop, (i + 1) * hop))
    let outside = 0
    const hear = (): number => {
      let sum = 0
      for (const each of hops) {
        const probability = detector.process(each)
        if (!(probability >= 0 && probability <= 1)) outside++
        gate.process(probability)
        sum += probability
      }
      return sum
    }
    for (let round = 0; round < 10; round++) hear()
    const before = used()
    const sum = hear()
    for (let heard = 0; heard < frames; heard += hops.length) hear()
    expect(used() - before).toBeLessThan(100_000)
    expect(outside).toBe(0)
    expect(Math.abs(hear() - sum)).toBeLessThan(0.02 * hops.length)
    expect(gate.nowSample).toBe((frames + 12 * hops.length) * hop)
  })
})
