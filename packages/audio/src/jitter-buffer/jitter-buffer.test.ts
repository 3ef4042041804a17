import { describe, expect, it } from 'vitest'
import { muLaw } from '../g711.ts'
import { arrivals, concatFloat32, tone, voice, type LineOptions } from '../testing/index.ts'
import { createPlainDecoder } from './concealment.ts'
import type { FrameDecoder } from './frame-decoder.ts'
import { createJitterBuffer, type JitterBuffer, type JitterPacket } from './jitter-buffer.ts'

const sampleRate = 16_000
const packetMs = 20
const packetSamples = (sampleRate * packetMs) / 1000
const outputMs = 10
const minute = 60_000

/** Packets of four bytes that name a piece of `sound`. */
function decoderOf(sound: Float32Array): FrameDecoder {
  const pieces = Math.floor(sound.length / packetSamples)
  return createPlainDecoder({
    sampleRate,
    decode(payload) {
      const index = new DataView(payload.buffer, payload.byteOffset).getUint32(0) % pieces
      return sound.slice(index * packetSamples, (index + 1) * packetSamples)
    },
  })
}

function packetOf(index: number, firstSequence = 0): JitterPacket {
  const payload = new Uint8Array(4)
  new DataView(payload.buffer).setUint32(0, index)
  const sequence = (firstSequence + index) & 0xffff
  return { sequence, timestamp: (index * packetSamples) >>> 0, payload }
}

/** Plays a line for as long as it sends; gives the sound. */
function played(buffer: JitterBuffer, line: LineOptions, firstSequence = 0): Float32Array {
  const came = arrivals(line)
  const outputs: Float32Array[] = []
  let next = 0
  for (let nowMs = 0; nowMs < line.packets * line.packetMs; nowMs += outputMs) {
    for (
      let arrival = came[next];
      arrival !== undefined && arrival.arrivedMs <= nowMs;
      arrival = came[next]
    ) {
      buffer.insert(packetOf(arrival.index, firstSequence), arrival.arrivedMs)
      next++
    }
    const output = new Float32Array((sampleRate * outputMs) / 1000)
    buffer.playInto(output, nowMs)
    outputs.push(output)
  }
  return concatFloat32(outputs)
}

function largestStep(sound: Float32Array): number {
  let largest = 0
  for (let i = 1; i < sound.length; i++)
    largest = Math.max(largest, Math.abs((sound[i] ?? 0) - (sound[i - 1] ?? 0)))
  return largest
}

const spoken = voice({ seed: 5, sampleRate, length: sampleRate * 10 })

describe('jitter buffer', () => {
  it('plays a steady line as it was, a little later', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken), startDelayMs: 20 })
    const sound = played(buffer, { seed: 1, packets: 500, packetMs, sigmaMs: 0, baseMs: 40 })
    const late = sound.findIndex((sample) => sample !== 0)
    const first = spoken.findIndex((sample) => sample !== 0)
    expect(late - first).toBe((60 * sampleRate) / 1000)
    expect(sound.subarray(late, late + sampleRate * 0.9)).toEqual(
      spoken.subarray(first, first + sampleRate * 0.9),
    )
    expect(buffer.statistics).toMatchObject({ underruns: 0, concealed: 0, late: 0, lengthenedMs: 0 })
  })

  it('comes down to the delay that a steady line needs', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    played(buffer, { seed: 1, packets: 500, packetMs, sigmaMs: 0, baseMs: 40 })
    expect(buffer.statistics.targetDelayMs).toBeLessThan(1)
    expect(buffer.statistics.shortenedMs).toBeGreaterThan(60)
  })

  it.each([
    { seed: 1, reorders: true },
    { seed: 2, reorders: true },
    { seed: 3, reorders: false },
    { seed: 4, reorders: false },
  ])('never runs dry at 30 ms of jitter with losses, within 60 ms ($seed, reorders: $reorders)', (line) => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    const packets = (2 * minute) / packetMs
    played(buffer, { ...line, packets, packetMs, sigmaMs: 30, loss: 0.02 })
    const { underruns, waitMs, played: count, concealedMs, playedMs, lengthenedMs } = buffer.statistics
    expect(underruns).toBe(0)
    expect(waitMs / count).toBeLessThan(60)
    expect(concealedMs).toBeLessThan(0.08 * playedMs)
    expect(lengthenedMs).toBeLessThan(0.05 * playedMs)
  })

  it('makes no click, whatever it leaves out, repeats or makes up', () => {
    const hum = tone({ frequency: 200, sampleRate, length: sampleRate * 10 })
    const buffer = createJitterBuffer({ decoder: decoderOf(hum) })
    const line = { seed: 4, packets: minute / packetMs, packetMs, sigmaMs: 25, loss: 0.05 }
    const sound = played(buffer, line)
    expect(buffer.statistics.lengthenedMs).toBeGreaterThan(100)
    expect(buffer.statistics.shortenedMs).toBeGreaterThan(100)
    expect(buffer.statistics.concealed).toBeGreaterThan(100)
    const begins = sound.findIndex((sample) => sample !== 0) + sampleRate / 100
    // The steepest slope of the tone itself is 0.039 a sample.
    expect(largestStep(sound.subarray(begins))).toBeLessThan(0.12)
  })

  it('follows a clock that runs away', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    const packets = (3 * minute) / packetMs
    played(buffer, { seed: 1, packets, packetMs, sigmaMs: 2, baseMs: 600, drift: 0.002 })
    const { underruns, waitMs, played: count, dropped } = buffer.statistics
    expect({ underruns, dropped }).toEqual({ underruns: 0, dropped: 0 })
    expect(waitMs / count).toBeLessThan(80)
  })

  it('puts packets in order, across the wrap of their numbers', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    const line = { seed: 1, packets: 400, packetMs, sigmaMs: 15, baseMs: 60 }
    const sound = played(buffer, line, 65_400)
    expect(buffer.statistics.concealed).toBeLessThan(20)
    expect(sound.some((sample) => sample !== 0)).toBe(true)
  })

  it('counts a packet that comes twice, and plays it once', () => {
    const once = createJitterBuffer({ decoder: decoderOf(spoken) })
    const twice = createJitterBuffer({ decoder: decoderOf(spoken) })
    for (const index of [0, 1, 2]) {
      once.insert(packetOf(index), index * packetMs)
      twice.insert(packetOf(index), index * packetMs)
      twice.insert(packetOf(index), index * packetMs + 1)
    }
    expect(twice.statistics.duplicates).toBe(3)
    const outputs = [once, twice].map((buffer) => {
      const output = new Float32Array(sampleRate / 5)
      buffer.playInto(output, 200)
      return output
    })
    expect(outputs[0]).toEqual(outputs[1])
  })

  it('is silent before the first packet and fades to silence when no more come', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    const output = new Float32Array(sampleRate / 10).fill(1)
    buffer.playInto(output, 0)
    expect(output.every((sample) => sample === 0)).toBe(true)
    buffer.insert(packetOf(0), 100)
    for (let nowMs = 100; nowMs < 1000; nowMs += 100) buffer.playInto(output, nowMs)
    expect(output.every((sample) => sample === 0)).toBe(true)
    expect(buffer.statistics.underruns).toBe(0)
  })

  it('waits through silence that was not sent, without calling it a loss', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken), startDelayMs: 40 })
    const talk = [0, 1, 2, 3, 4]
    const output = new Float32Array((sampleRate * outputMs) / 1000)
    let inserted = 0
    for (let nowMs = 0; nowMs < 1000; nowMs += outputMs) {
      const pauseMs = inserted < talk.length ? 0 : 300
      if (inserted < 10 && nowMs >= inserted * packetMs + pauseMs) {
        const packet = packetOf(inserted)
        buffer.insert({ ...packet, timestamp: packet.timestamp + (pauseMs * sampleRate) / 1000 }, nowMs)
        inserted++
      }
      buffer.playInto(output, nowMs)
    }
    expect(buffer.statistics).toMatchObject({ played: 10, concealed: 0, late: 0 })
  })

  it('begins anew when the numbers belong to another stream', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken), startDelayMs: 0 })
    const output = new Float32Array((sampleRate * outputMs) / 1000)
    buffer.insert(packetOf(0), 0)
    buffer.playInto(output, 20)
    buffer.insert(packetOf(10, 30_000), 30)
    for (let nowMs = 30; nowMs < 100; nowMs += outputMs) buffer.playInto(output, nowMs)
    expect(buffer.statistics.played).toBe(2)
  })

  it('begins anew when the times belong to another stream, before or behind', () => {
    for (const jump of [3_600_000, -3_600_000]) {
      const buffer = createJitterBuffer({ decoder: decoderOf(spoken), startDelayMs: 40 })
      const output = new Float32Array((sampleRate * outputMs) / 1000)
      for (let index = 0; index < 200; index++) {
        const packet = packetOf(index)
        const timestamp = (packet.timestamp + (index < 100 ? 0 : jump) * (sampleRate / 1000)) >>> 0
        buffer.insert({ ...packet, timestamp }, index * packetMs)
        for (const half of [0, outputMs]) buffer.playInto(output, index * packetMs + half)
      }
      expect(buffer.statistics.played).toBeGreaterThan(185)
    }
  })

  it('holds no more than a minute when nothing is played', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken) })
    for (let index = 0; index < 5000; index++) buffer.insert(packetOf(index), index * packetMs)
    expect(buffer.statistics).toMatchObject({ received: 5000, dropped: 2000 })
    const output = new Float32Array((sampleRate * outputMs) / 1000)
    for (let nowMs = 5000 * packetMs; nowMs < 5100 * packetMs; nowMs += outputMs)
      buffer.playInto(output, nowMs)
    expect(buffer.statistics.dropped).toBeGreaterThan(4900)
  })

  it('drops what lies beyond its limit', () => {
    const buffer = createJitterBuffer({ decoder: decoderOf(spoken), maxDelayMs: 200 })
    for (let index = 0; index < 100; index++) buffer.insert(packetOf(index), 0)
    const output = new Float32Array((sampleRate * outputMs) / 1000)
    buffer.playInto(output, 5000)
    expect(buffer.statistics.dropped).toBeGreaterThan(0)
  })

  it('brings a lost packet back from the one after it, and guesses where two are lost', () => {
    const decoder: FrameDecoder = {
      sampleRate,
      decode: () => new Float32Array(packetSamples).fill(0.1),
      decodeLost: (samples) => new Float32Array(samples).fill(0.2),
      hasFec: () => true,
      decodeFec: (_, samples) => new Float32Array(samples).fill(0.3),
    }
    const buffer = createJitterBuffer({ decoder, startDelayMs: 0 })
    for (const index of [0, 2, 3, 6]) buffer.insert(packetOf(index), 0)
    const output = new Float32Array(packetSamples * 7)
    buffer.playInto(output, 140)
    const heard = Array.from({ length: 7 }, (_, i) => output[i * packetSamples + packetSamples / 2])
    expect(heard).toEqual([0.1, 0.3, 0.1, 0.1, 0.2, 0.3, 0.1].map(Math.fround))
    expect(buffer.statistics).toMatchObject({ recovered: 2, concealed: 1, underruns: 0 })
  })

  it('guesses where the payload that should hold the copy cannot be decoded either', () => {
    const refuse = (): never => {
      throw new SyntaxError('bad')
    }
    for (const hasFec of [() => true, refuse]) {
      const decoder: FrameDecoder = {
        sampleRate,
        decode: (payload) => (payload[3] === 2 ? refuse() : new Float32Array(packetSamples)),
        decodeLost: (samples) => new Float32Array(samples),
        hasFec,
        decodeFec: refuse,
      }
      const buffer = createJitterBuffer({ decoder, startDelayMs: 0 })
      for (const index of [0, 2, 3]) buffer.insert(packetOf(index), 0)
      buffer.playInto(new Float32Array(packetSamples * 4), 80)
      expect(buffer.statistics).toMatchObject({ recovered: 0, concealed: 2, underruns: 0 })
    }
  })

  it('goes on over payloads without sound', () => {
    const decoder: FrameDecoder = {
      sampleRate,
      decode: (payload) => new Float32Array(payload[3] === 1 ? 0 : packetSamples).fill(0.1),
      decodeLost: (samples) => {
        if (samples === 0) throw new RangeError('nothing to make up')
        return new Float32Array(samples)
      },
    }
    const buffer = createJitterBuffer({ decoder, startDelayMs: 0 })
    for (const index of [0, 1, 3]) buffer.insert(packetOf(index), 0)
    const output = new Float32Array(packetSamples * 4)
    buffer.playInto(output, 80)
    expect(buffer.statistics).toMatchObject({ played: 3, concealed: 1 })
    buffer.playInto(new Float32Array(0), 160)
    expect(buffer.statistics.playedMs).toBe(80)
  })

  it('names what it refuses', () => {
    const decoder = decoderOf(spoken)
    for (const options of [
      { inTime: 1.1 },
      { inTime: NaN },
      { timestampRate: 0 },
      { startDelayMs: -1 },
      { maxDelayMs: Infinity },
    ]) {
      expect(() => createJitterBuffer({ decoder, ...options })).toThrow(Object.keys(options)[0])
    }
    const buffer = createJitterBuffer({ decoder })
    expect(() => buffer.insert(packetOf(0), NaN)).toThrow('nowMs')
    expect(() => buffer.playInto(new Float32Array(10), Infinity)).toThrow('nowMs')
  })

  it('takes a payload that cannot be decoded as lost', () => {
    const decoder: FrameDecoder = {
      sampleRate,
      decode(payload) {
        if (payload[3] === 1) throw new SyntaxError('bad')
        return new Float32Array(packetSamples).fill(0.1)
      },
      decodeLost: (samples) => new Float32Array(samples).fill(0.2),
    }
    const buffer = createJitterBuffer({ decoder, startDelayMs: 0 })
    for (const index of [0, 1, 2]) buffer.insert(packetOf(index), 0)
    const output = new Float32Array(packetSamples * 3)
    buffer.playInto(output, 60)
    expect(output[packetSamples + 1]).toBeCloseTo(0.2, 5)
    expect(buffer.statistics.concealed).toBe(1)
  })
})

describe('createPlainDecoder', () => {
  const hum = tone({ frequency: 210, sampleRate: 8000, length: 8000 })
  const codes = muLaw.fromFloat32(hum)
  const decoder = (): FrameDecoder =>
    createPlainDecoder({ sampleRate: 8000, decode: (payload) => muLaw.toFloat32(payload) })

  it('goes on with the pitch period, without a click, and fades', () => {
    const { decode, decodeLost } = decoder()
    const heard = decode(codes.subarray(0, 1600))
    const lost = decodeLost(80)
    const again = decode(codes.subarray(1680, 1840))
    const sound = concatFloat32([heard, lost, again])
    expect(largestStep(sound)).toBeLessThan(0.12)
    expect(Math.max(...lost)).toBeGreaterThan(0.4)
    expect(Math.max(...decodeLost(8000).subarray(600))).toBe(0)
  })

  it('is silent before anything was heard', () => {
    expect(decoder().decodeLost(80)).toEqual(new Float32Array(80))
  })
})
