import type { OpusDecoderOptions, OpusEncoderOptions } from './opus-codec.ts'

/** The part of the WebCodecs API that the coders use: give them `globalThis` of a window or a worker. */
export interface WebCodecs {
  readonly AudioEncoder: {
    new (init: { output(chunk: EncodedChunk): void; error(error: Error): void }): CodecHandle<WebCodecsSound>
    isConfigSupported(config: object): Promise<{ readonly supported?: boolean }>
  }
  readonly AudioDecoder: {
    new (init: { output(sound: WebCodecsSound): void; error(error: Error): void }): CodecHandle<EncodedChunk>
    isConfigSupported(config: object): Promise<{ readonly supported?: boolean }>
  }
  readonly AudioData: new (init: object) => WebCodecsSound
  readonly EncodedAudioChunk: new (init: object) => EncodedChunk
}

interface CodecHandle<Input> {
  readonly state: string
  readonly encodeQueueSize?: number
  readonly decodeQueueSize?: number
  configure(config: object): void
  encode?(input: Input): void
  decode?(input: Input): void
  flush(): Promise<void>
  close(): void
}

interface EncodedChunk {
  readonly byteLength: number
  copyTo(destination: Uint8Array): void
}

interface WebCodecsSound {
  readonly numberOfFrames: number
  readonly numberOfChannels: number
  readonly sampleRate: number
  copyTo(destination: Float32Array, options: { planeIndex: number; format: 'f32-planar' }): void
  close(): void
}

/** A coder of the browser: it works in the background and hands over what is ready by a callback, in order. */
export interface BackgroundCoder<Input> {
  /** Takes the next piece; never waits. Throws after `close`, and after the coder has reported an error. */
  write(input: Input): void
  /** Resolves when everything written has been handed over. */
  flush(): Promise<void>
  /** Ends the coder; once more does nothing, nor does it after an error. */
  close(): void
}

/** Where an encoder of the browser hands over packets. */
export interface WebCodecsEncoderOptions extends OpusEncoderOptions {
  readonly codecs: WebCodecs
  readonly output: (packet: Uint8Array) => void
  readonly error: (error: Error) => void
}

/** Where a decoder of the browser hands over sound: interleaved samples, and their rate, which is the browser's choice. */
export interface WebCodecsDecoderOptions extends OpusDecoderOptions {
  readonly codecs: WebCodecs
  readonly output: (samples: Float32Array, sampleRate: number) => void
  readonly error: (error: Error) => void
}

/**
 * Encoder of the browser; frames and options as with `OpusEncoder`. Throws `TypeError` where the browser has no
 * encoder for them.
 */
export async function createWebCodecsEncoder(
  options: WebCodecsEncoderOptions,
): Promise<BackgroundCoder<Float32Array>> {
  const { codecs, output, error, sampleRate = 24_000, channels = 1, frameMs = 20, dtx = false } = options
  const {
    bitrate = 32_000,
    complexity = 5,
    application = 'voip',
    fec = true,
    packetLossPercent = 10,
  } = options
  const config = {
    codec: 'opus',
    sampleRate,
    numberOfChannels: channels,
    bitrate,
    opus: {
      application: application === 'low_delay' ? 'lowdelay' : application,
      complexity,
      format: 'opus',
      frameDuration: frameMs * 1000,
      packetlossperc: packetLossPercent,
      useinbandfec: fec,
      usedtx: dtx,
    },
  }
  await refuseUnsupported(codecs.AudioEncoder, config)
  const encoder = new codecs.AudioEncoder({
    error,
    output(chunk) {
      const packet = new Uint8Array(chunk.byteLength)
      chunk.copyTo(packet)
      output(packet)
    },
  })
  encoder.configure(config)
  let timestamp = 0
  return {
    write(frame) {
      const numberOfFrames = frame.length / channels
      if (!Number.isInteger(numberOfFrames)) {
        throw new RangeError(`frame must hold whole samples of ${channels} channels, got ${frame.length}`)
      }
      // The browser refuses a sound without samples.
      if (numberOfFrames === 0) return
      const data = new codecs.AudioData({
        format: 'f32',
        sampleRate,
        numberOfFrames,
        numberOfChannels: channels,
        timestamp,
        data: frame,
      })
      timestamp += (numberOfFrames * 1_000_000) / sampleRate
      encoder.encode?.(data)
      data.close()
    },
    flush: () => encoder.flush(),
    close: () => closeOnce(encoder),
  }
}

/**
 * Decoder of the browser. It knows neither loss nor error correction: a stream that can lose packets wants
 * `createLibopusDecoder`. Throws `TypeError` where the browser has no decoder.
 */
export async function createWebCodecsDecoder(
  options: WebCodecsDecoderOptions,
): Promise<BackgroundCoder<Uint8Array>> {
  const { codecs, output, error, sampleRate = 24_000, channels = 1 } = options
  const config = { codec: 'opus', sampleRate, numberOfChannels: channels }
  await refuseUnsupported(codecs.AudioDecoder, config)
  const decoder = new codecs.AudioDecoder({
    error,
    output(sound) {
      output(interleaved(sound), sound.sampleRate)
      sound.close()
    },
  })
  decoder.configure(config)
  let timestamp = 0
  return {
    write(packet) {
      decoder.decode?.(new codecs.EncodedAudioChunk({ type: 'key', timestamp, data: packet }))
      // The order counts, not the time: the packets say how long they are.
      timestamp++
    },
    flush: () => decoder.flush(),
    close: () => closeOnce(decoder),
  }
}

/** The browser closes a coder itself when it fails, and refuses to do so again. */
function closeOnce(coder: { readonly state: string; close(): void }): void {
  if (coder.state !== 'closed') coder.close()
}

async function refuseUnsupported(
  codec: { isConfigSupported(config: object): Promise<{ readonly supported?: boolean }> },
  config: object,
): Promise<void> {
  const { supported } = await codec.isConfigSupported(config)
  if (supported !== true) throw new TypeError('This browser does not code Opus so')
}

function interleaved(sound: WebCodecsSound): Float32Array {
  const { numberOfFrames, numberOfChannels } = sound
  const samples = new Float32Array(numberOfFrames * numberOfChannels)
  const plane = new Float32Array(numberOfFrames)
  for (let planeIndex = 0; planeIndex < numberOfChannels; planeIndex++) {
    sound.copyTo(plane, { planeIndex, format: 'f32-planar' })
    for (let i = 0; i < numberOfFrames; i++) samples[i * numberOfChannels + planeIndex] = plane[i] ?? 0
  }
  return samples
}
