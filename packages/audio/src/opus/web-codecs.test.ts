import { describe, expect, it } from 'vitest'
import { concatFloat32, snrDb, voice } from '../testing/index.ts'
import { parseOpusPacket } from './opus-packet.ts'
import { createWebCodecsDecoder, createWebCodecsEncoder, type WebCodecs } from './web-codecs.ts'

const sampleRate = 48_000
const frameSamples = sampleRate / 50
const spoken = voice({ seed: 3, sampleRate, length: sampleRate * 2 })
const host: object = globalThis

function fail(error: Error): never {
  throw error
}

/** The part of the browser that codes, where there is one. */
function hasCodecs(scope: object): scope is WebCodecs {
  return 'AudioEncoder' in scope && 'AudioDecoder' in scope
}

describe.runIf(hasCodecs(host))('the coders of the browser', () => {
  async function packetsOf(
    codecs: WebCodecs,
    { fec = true, bitrate = 64_000 }: { readonly fec?: boolean; readonly bitrate?: number } = {},
  ): Promise<Uint8Array[]> {
    const packets: Uint8Array[] = []
    const output = (packet: Uint8Array): void => void packets.push(packet)
    const encoder = await createWebCodecsEncoder({
      codecs,
      sampleRate,
      bitrate,
      fec,
      output,
      error: fail,
    })
    for (let at = 0; at < spoken.length; at += frameSamples)
      encoder.write(spoken.subarray(at, at + frameSamples))
    await encoder.flush()
    encoder.close()
    return packets
  }

  it('decode what they encoded', async () => {
    if (!hasCodecs(host)) return
    const packets = await packetsOf(host)
    expect(packets.length).toBeGreaterThanOrEqual(100)
    expect(parseOpusPacket(packets[0] ?? new Uint8Array()).samples48k).toBe(frameSamples)
    const pieces: Float32Array[] = []
    let rate = 0
    const decoder = await createWebCodecsDecoder({
      codecs: host,
      sampleRate,
      output: (samples, decodedRate) => {
        pieces.push(samples)
        rate = decodedRate
      },
      error: fail,
    })
    for (const packet of packets) decoder.write(packet)
    await decoder.flush()
    decoder.close()
    const decoded = concatFloat32(pieces)
    expect(rate).toBe(sampleRate)
    const lags = Array.from({ length: 40 }, (_, k) => 300 + k)
    const nearness = lags.map((lag) => snrDb(spoken.subarray(0, 90_000), decoded.subarray(lag, lag + 90_000)))
    expect(Math.max(...nearness)).toBeGreaterThan(8)
  })

  it('put the packet before into each where that is asked for, for libopus to bring back', async () => {
    if (!hasCodecs(host)) return
    const share = (packets: readonly Uint8Array[]): number =>
      packets.filter((packet) => parseOpusPacket(packet).hasFec).length / packets.length
    expect(share(await packetsOf(host, { bitrate: 32_000 }))).toBeGreaterThan(0.5)
    expect(share(await packetsOf(host, { bitrate: 32_000, fec: false }))).toBe(0)
  })

  it('take nothing for nothing, no part of a sample, and nothing more when they are closed', async () => {
    if (!hasCodecs(host)) return
    const output = (): void => {}
    const encoder = await createWebCodecsEncoder({ codecs: host, channels: 2, output, error: fail })
    encoder.write(new Float32Array(0))
    expect(() => encoder.write(new Float32Array(961))).toThrow(RangeError)
    const decoder = await createWebCodecsDecoder({ codecs: host, output, error: fail })
    for (const coder of [encoder, decoder]) {
      coder.close()
      coder.close()
    }
    expect(() => encoder.write(new Float32Array(960))).toThrow(/closed/)
    expect(() => decoder.write(Uint8Array.of(0))).toThrow(/closed/)
  })

  it('hand over an error for bytes that are no packet, and can be closed after it', async () => {
    if (!hasCodecs(host)) return
    const errors: Error[] = []
    const decoder = await createWebCodecsDecoder({
      codecs: host,
      output: () => {},
      error: (error) => errors.push(error),
    })
    decoder.write(Uint8Array.of(0xff, 0xff, 0xff))
    await expect(decoder.flush()).rejects.toThrow()
    expect(errors).toHaveLength(1)
    decoder.close()
  })

  it('refuse what the browser cannot code', async () => {
    if (!hasCodecs(host)) return
    const refused = createWebCodecsEncoder({ codecs: host, bitrate: 1, output: () => {}, error: fail })
    await expect(refused).rejects.toThrow(TypeError)
  })
})
