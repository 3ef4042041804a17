/**
 * Name of the processor that captures the microphone. This entry holds no processor code: for
 * `audioWorklet.addModule` bundle the entries `worklet/capture-processor` and `worklet/playback-processor`.
 */
export const captureProcessorName = 'parley-capture'

/** Name of the processor that plays items in order. */
export const playbackProcessorName = 'parley-playback'

/** Rate in Hz of the PCM16 that the processors post and take, whatever the rate of the context. */
export const workletSampleRate = 24_000

/** Samples of one captured frame: 20 ms. */
export const captureFrameSamples = 480

/** From page to capture processor. While muted the frames go on as silence, so that turn detection can end. */
export interface CaptureCommand {
  readonly type: 'mute'
  readonly muted: boolean
}

/** From capture processor to page: 20 ms of PCM16 at 24 kHz, transferred, with their RMS level in dBFS. */
export interface CaptureFrame {
  readonly type: 'frame'
  readonly pcm: ArrayBuffer
  readonly level: number
}

/** From page to playback processor. */
export type PlaybackCommand =
  /** PCM16 at 24 kHz. After `clear` an item plays again if more of it is appended: drop what comes late. */
  | { readonly type: 'append'; readonly itemId: string; readonly pcm: ArrayBuffer }
  /** The item has no more audio; a later item says so too. Without either `ended` never comes. */
  | { readonly type: 'finish'; readonly itemId: string }
  /** Stops within one render quantum plus a fade of 5 ms and forgets everything queued. */
  | { readonly type: 'clear' }

/** From playback processor to page. `playedMs` counts the item's own sound, without the device's latency. */
export type PlaybackReport =
  | { readonly type: 'started'; readonly itemId: string }
  /** About every 50 ms of sound. `queuedMs` is what waits over all items, `level` the RMS in dBFS. */
  | {
      readonly type: 'position'
      readonly itemId: string
      readonly playedMs: number
      readonly queuedMs: number
      readonly level: number
    }
  | { readonly type: 'ended'; readonly itemId: string; readonly playedMs: number }
  /** Answers `clear`; `itemId` is what was playing or about to, `undefined` when nothing was queued. */
  | { readonly type: 'cleared'; readonly itemId: string | undefined; readonly playedMs: number }
