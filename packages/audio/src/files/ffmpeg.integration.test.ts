import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLibopusDecoder, createLibopusEncoder } from '../opus/libopus.ts'
import { concatFloat32, noise, snrDb, voice } from '../testing/index.ts'
import { decodeOggOpus } from './ogg-opus-sound.ts'
import { createOggOpusWriter } from './ogg-opus-writer.ts'
import type { WavEncoding } from './wav-format.ts'
import { createWavReader } from './wav-reader.ts'
import { createWavWriter } from './wav-writer.ts'

/** Whether ffmpeg is installed, with the reference decoder, which its own differs from. */
const hasFfmpeg = String(spawnSync('ffmpeg', ['-hide_banner', '-decoders']).stdout).includes('libopus')

/** The last of the arguments is the file that ffmpeg makes of the input, the one in `from`. */
function converted(file: Uint8Array, from: string, ...rest: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'audio-'))
  try {
    writeFileSync(join(folder, from), file)
    const decoder = from.endsWith('.opus') ? ['-c:a', 'libopus'] : []
    execFileSync('ffmpeg', ['-loglevel', 'error', ...decoder, '-i', from, ...rest], { cwd: folder })
    return readFileSync(join(folder, rest.at(-1) ?? ''))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function heardByFfmpeg(file: Uint8Array, from: string): Float32Array {
  const bytes = converted(file, from, '-f', 'f32le', 'sound.f32')
  return new Float32Array(Uint8Array.from(bytes).buffer)
}

function read(file: Uint8Array): Float32Array {
  const reader = createWavReader()
  return concatFloat32([...reader.process(file), ...reader.flush()])
}

describe.runIf(hasFfmpeg)('another program', () => {
  it.for([
    { sampleRate: 16_000, channels: 1, frameMs: 60 },
    { sampleRate: 24_000, channels: 1, frameMs: 20 },
    { sampleRate: 48_000, channels: 2, frameMs: 10 },
  ] as const)('hears the same in our Ogg Opus of $sampleRate Hz and $channels channels', async (options) => {
    const { sampleRate, channels } = options
    using encoder = await createLibopusEncoder(options)
    const length = Math.round(sampleRate * 2.345)
    const spoken = voice({ seed: 7, sampleRate, length })
    const sound = new Float32Array(length * channels).map((_, i) => spoken[Math.floor(i / channels)] ?? 0)
    const writer = createOggOpusWriter({
      channels,
      preSkip: (encoder.lookaheadSamples * 48_000) / sampleRate,
    })
    const parts = [writer.header]
    const size = encoder.frameSamples * channels
    for (let at = 0; at < sound.length + encoder.lookaheadSamples * channels; at += size) {
      const frame = new Float32Array(size)
      frame.set(sound.subarray(at, at + size))
      parts.push(writer.write(encoder.encode(frame)))
    }
    parts.push(writer.end((length * 48_000) / sampleRate))
    const file = Buffer.concat(parts)
    const heard = heardByFfmpeg(file, 'ours.opus')
    const [ours] = await decodeOggOpus(file, { createDecoder: createLibopusDecoder })
    expect(heard.length).toBe((length * channels * 48_000) / sampleRate)
    expect(ours?.samples.length).toBe(heard.length)
    expect(snrDb(heard, ours?.samples ?? [])).toBeGreaterThan(70)
  })

  it.for([
    ['1', '2.5', 'lowdelay'],
    ['2', '60', 'audio'],
  ] as const)('writes Ogg Opus that we hear as it does: %j', async ([channels, frameMs, application]) => {
    const writer = createWavWriter({ encoding: 'pcm16', sampleRate: 44_100, channels: 1 })
    const body = writer.write(voice({ seed: 2, sampleRate: 44_100, length: 60_000 }))
    const wav = Buffer.concat([writer.end().header, body])
    const coding = ['-c:a', 'libopus', '-frame_duration', frameMs, '-application', application]
    const file = converted(wav, 'sound.wav', '-ac', channels, ...coding, 'theirs.opus')
    const heard = heardByFfmpeg(file, 'theirs.opus')
    const [ours] = await decodeOggOpus(file, { createDecoder: createLibopusDecoder })
    expect(ours?.samples.length).toBe(heard.length)
    expect(snrDb(heard, ours?.samples ?? [])).toBeGreaterThan(70)
  })

  const codecs: Readonly<Record<WavEncoding, string>> = {
    pcm8: 'pcm_u8',
    pcm16: 'pcm_s16le',
    pcm24: 'pcm_s24le',
    pcm32: 'pcm_s32le',
    float32: 'pcm_f32le',
    float64: 'pcm_f64le',
    pcmu: 'pcm_mulaw',
    pcma: 'pcm_alaw',
  }
  const entries = Object.entries(codecs) as [WavEncoding, string][]
  it.for(entries)('reads and writes WAV in %s as we do', ([encoding, codec]) => {
    for (const channels of [1, 6]) {
      const writer = createWavWriter({ encoding, sampleRate: 44_100, channels })
      const body = writer.write(noise({ seed: 1, length: 6000, amplitude: 0.9 }))
      const { tail, header } = writer.end()
      const file = Buffer.concat([header, body, tail])
      const ours = read(file)
      expect(snrDb(ours, heardByFfmpeg(file, 'ours.wav'))).toBeGreaterThan(140)
      expect(snrDb(ours, read(converted(file, 'ours.wav', '-c:a', codec, 'theirs.wav')))).toBeGreaterThan(140)
    }
  })
})
