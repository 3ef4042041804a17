import { rmsDbfs } from '../level.ts'
import { float32ToPcm16 } from '../pcm.ts'
import { createResampler } from '../resampler.ts'
import { captureFrameSamples, workletSampleRate, type CaptureFrame } from './index.ts'

/** Microphone samples at the rate of the context in, frames of 20 ms at 24 kHz out. */
export interface CaptureFrames {
  /** Takes one render quantum: its channels, equally long. No channels is an unplugged input and is ignored. */
  process(channels: readonly Float32Array[]): void
  /** From now on the samples taken are silence, whatever the microphone hears. */
  mute(muted: boolean): void
}

/** Frames of a microphone at `contextRate` Hz, given to `post` as they fill; its `pcm` may be transferred. */
export function createCaptureFrames(contextRate: number, post: (frame: CaptureFrame) => void): CaptureFrames {
  const resampler = createResampler({ from: contextRate, to: workletSampleRate })
  const frame = new Float32Array(captureFrameSamples)
  let filled = 0
  let muted = false
  let mono = new Float32Array(128)
  let resampled = new Float32Array(resampler.outputLength(128) + 128)

  /** Mean of the channels, in a memory that is used again. */
  function mixed(channels: readonly Float32Array[]): Float32Array {
    const length = channels[0]?.length ?? 0
    if (mono.length !== length) mono = new Float32Array(length)
    mono.fill(0)
    if (muted) return mono
    for (const channel of channels) {
      for (let i = 0; i < length; i++) mono[i] = (mono[i] ?? 0) + (channel[i] ?? 0) / channels.length
    }
    return mono
  }

  return {
    process(channels) {
      const input = mixed(channels)
      const needed = resampler.outputLength(input.length)
      if (resampled.length < needed) resampled = new Float32Array(needed)
      const length = resampler.processInto(input, resampled)
      for (let i = 0; i < length; i++) {
        frame[filled++] = resampled[i] ?? 0
        if (filled < captureFrameSamples) continue
        post({ type: 'frame', pcm: float32ToPcm16(frame).buffer, level: rmsDbfs(frame) })
        filled = 0
      }
    },
    mute(value) {
      muted = value
    },
  }
}
