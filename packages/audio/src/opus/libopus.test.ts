import { describe, expect, it } from 'vitest'
import { concatFloat32, noise, snrDb } from '../testing/index.ts'
import { voice } from '../testing/signals-voice.ts'
import { createLibopusDecoder, createLibopusEncoder } from './libopus.ts'
import type { OpusEncoderOptions } from './opus-codec.ts'
import { parseOpusPacket } from './opus-packet.ts'

const sampleRate = 24_000
const spoken = voice({ seed: 3, sampleRate, length: sampleRate * 4 })

async function packetsOf(options: OpusEncoderOptions = {}): Promise<readonly Uint8Array[]> {
  using encoder = await createLibopusEncoder(options)
  const size = encoder.frameSamples
  const frames = Math.floor(spoken.length / size)
  return Array.from({ length: frames }, (_, i) => encoder.encode(spoken.subarray(i * size, (i + 1) * size)))
}

/** How near the frames that were lost come to what would have been decoded, in dB. */
async function recovery(packets: readonly Uint8Array[], how: 'silence' | 'guess' | 'fec'): Promise<number> {
  using whole = await createLibopusDecoder()
  using lossy = await createLibopusDecoder()
  const expected: Float32Array[] = []
  const recovered: Float32Array[] = []
  for (const [i, packet] of packets.entries()) {
    const clean = whole.decode(packet)
    const next = packets[i + 1]
    if (i % 7 !== 3 || next === undefined) {
      lossy.decode(packet)
      continue
    }
    expected.push(clean)
    const guess = how === 'fec' ? lossy.decodeFec(next) : lossy.decodeLost()
    recovered.push(how === 'silence' ? new Float32Array(clean.length) : guess)
  }
  return snrDb(concatFloat32(expected), concatFloat32(recovered))
}

describe('libopus', () => {
  it('decodes what it encoded, later by its lookahead', async () => {
    using encoder = await createLibopusEncoder({ bitrate: 64_000, application: 'audio', fec: false })
    using decoder = await createLibopusDecoder()
    const decoded = concatFloat32(
      (await packetsOf({ bitrate: 64_000 })).map((packet) => decoder.decode(packet)),
    )
    const late = encoder.lookaheadSamples
    expect(decoded.length).toBe(spoken.length)
    expect(snrDb(spoken.subarray(0, decoded.length - late), decoded.subarray(late))).toBeGreaterThan(8)
  })

  it('keeps to its bit rate and follows a new one', async () => {
    const bits = (packets: readonly Uint8Array[]): number =>
      packets.reduce((sum, { length }) => sum + length * 8, 0)
    const narrow = bits(await packetsOf({ bitrate: 16_000 })) / 4
    const wide = bits(await packetsOf({ bitrate: 64_000 })) / 4
    expect(narrow).toBeLessThan(20_000)
    expect(wide).toBeGreaterThan(40_000)
    using encoder = await createLibopusEncoder({ bitrate: 64_000 })
    encoder.adapt({ bitrate: 12_000, packetLossPercent: 0 })
    const size = encoder.frameSamples
    const adapted = Array.from({ length: 200 }, (_, i) =>
      encoder.encode(spoken.subarray(i * size, (i + 1) * size)),
    )
    expect(bits(adapted) / 4).toBeLessThan(16_000)
  })

  it('brings a lost packet back from the next one, far nearer than a guess, and a guess nearer than silence', async () => {
    const packets = await packetsOf()
    const silence = await recovery(packets, 'silence')
    const guess = await recovery(packets, 'guess')
    const fec = await recovery(packets, 'fec')
    expect(silence).toBeCloseTo(0, 5)
    expect(guess).toBeGreaterThan(silence)
    expect(fec).toBeGreaterThan(guess + 3)
  })

  it('guesses where the next packet has no copy', async () => {
    const packets = await packetsOf({ fec: false })
    expect(packets.some((packet) => parseOpusPacket(packet).hasFec)).toBe(false)
    expect(await recovery(packets, 'fec')).toBeCloseTo(await recovery(packets, 'guess'), 6)
  })

  it('sends hardly anything in silence when asked to', async () => {
    using encoder = await createLibopusEncoder({ dtx: true })
    const sizes = Array.from(
      { length: 100 },
      () => encoder.encode(new Float32Array(encoder.frameSamples)).length,
    )
    expect(sizes.filter((size) => size <= 2).length).toBeGreaterThan(50)
  })

  it('decodes at every rate and to two channels', async () => {
    const [packet = new Uint8Array()] = await packetsOf()
    for (const rate of [8000, 12_000, 16_000, 24_000, 48_000] as const) {
      // One after the other: the decoders share a memory.
      // oxlint-disable-next-line no-await-in-loop
      using decoder = await createLibopusDecoder({ sampleRate: rate, channels: 2 })
      expect(decoder.decode(packet).length).toBe((rate / 50) * 2)
      expect(decoder.decodeLost(rate / 100).length).toBe((rate / 100) * 2)
    }
  })

  it('refuses a frame of another length and bytes that are no packet', async () => {
    using encoder = await createLibopusEncoder()
    using decoder = await createLibopusDecoder()
    expect(() => encoder.encode(new Float32Array(100))).toThrow(RangeError)
    expect(() => decoder.decode(new Uint8Array())).toThrow(SyntaxError)
    expect(() => decoder.decode(Uint8Array.of(0xff, 0xff, 0xff))).toThrow(SyntaxError)
  })

  it('survives any sound', async () => {
    using encoder = await createLibopusEncoder()
    using decoder = await createLibopusDecoder()
    const frames = [NaN, Infinity, -Infinity, 1e30].map((value) => new Float32Array(480).fill(value))
    for (const frame of [...frames, noise({ seed: 1, length: 480 })]) {
      expect(decoder.decode(encoder.encode(frame)).every(Number.isFinite)).toBe(true)
    }
  })
})
