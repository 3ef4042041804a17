import { concatFloat32 } from '../concat.ts'
import type { OpusDecoder, OpusDecoderOptions, OpusSampleRate } from '../opus/opus-codec.ts'
import { createOggOpusReader, type OggOpusEvent } from './ogg-opus-reader.ts'
import type { OpusHead, OpusTags } from './opus-headers.ts'

/** Sound of one stream of an Ogg Opus file. */
export interface OggOpusSound {
  /** Interleaved. */
  readonly samples: Float32Array
  readonly sampleRate: OpusSampleRate
  readonly channels: 1 | 2
  readonly head: OpusHead
  readonly tags: OpusTags
}

/** How a file is decoded. */
export interface OggOpusDecoding {
  /** Makes a decoder, `createLibopusDecoder` for example. */
  readonly createDecoder: (options: OpusDecoderOptions) => Promise<OpusDecoder>
  readonly sampleRate?: OpusSampleRate
}

/**
 * All sound of a file, stream by stream, without pre-skip and padding, with its gain; what is lost in the file is
 * concealed. Throws `SyntaxError` for a file without Opus, or of more than two channels.
 */
export async function decodeOggOpus(
  file: Uint8Array,
  options: OggOpusDecoding,
): Promise<readonly OggOpusSound[]> {
  const { sampleRate = 48_000, createDecoder } = options
  const reader = createOggOpusReader()
  const sounds: OggOpusSound[] = []
  for (const { head, tags, events } of streamsOf([...reader.process(file), ...reader.flush()])) {
    if (head.channels > 2) throw new SyntaxError(`Unsupported Ogg Opus file: ${head.channels} channels`)
    const channels = head.channels === 2 ? 2 : 1
    // One after the other: the decoders share a memory.
    // oxlint-disable-next-line no-await-in-loop
    using decoder = await createDecoder({ sampleRate, channels })
    const samples = decodedStream(events, { decoder, head })
    sounds.push({ samples, sampleRate, channels, head, tags })
  }
  return sounds
}

interface Stream {
  readonly head: OpusHead
  readonly tags: OpusTags
  readonly events: OggOpusEvent[]
}

function streamsOf(events: readonly OggOpusEvent[]): readonly Stream[] {
  const streams: Stream[] = []
  for (const event of events) {
    if (event.type === 'begin') streams.push({ head: event.head, tags: event.tags, events: [] })
    else streams.at(-1)?.events.push(event)
  }
  return streams
}

function decodedStream(
  events: readonly OggOpusEvent[],
  { decoder, head }: { decoder: OpusDecoder; head: OpusHead },
): Float32Array {
  const atRate = (samples48k: number): number => Math.round((samples48k * decoder.sampleRate) / 48_000)
  const parts: Float32Array[] = []
  let wanted = Infinity
  for (const event of events) {
    switch (event.type) {
      case 'begin':
        break
      case 'packet':
        parts.push(decoder.decode(event.packet))
        break
      case 'lost':
        parts.push(...concealed(decoder, atRate(event.samples48k)))
        break
      case 'end':
        wanted = atRate(event.samples48k)
    }
  }
  const all = concatFloat32(parts)
  const from = atRate(head.preSkip) * decoder.channels
  const gain = 10 ** (head.gainDb / 20)
  const heard = all.subarray(from, Math.min(all.length, from + wanted * decoder.channels))
  return gain === 1 ? heard.slice() : heard.map((sample) => sample * gain)
}

/** Lost sound in pieces that a decoder makes up: multiples of 2.5 ms, 20 ms at most. */
function concealed(decoder: OpusDecoder, samples: number): readonly Float32Array[] {
  const piece = decoder.sampleRate / 50
  const step = decoder.sampleRate / 400
  const parts: Float32Array[] = []
  for (let left = samples; left > 0; left -= piece) {
    const made = decoder.decodeLost(Math.min(piece, Math.ceil(left / step) * step))
    parts.push(made.subarray(0, Math.min(left, piece) * decoder.channels))
  }
  return parts
}
