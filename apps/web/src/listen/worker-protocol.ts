import type { LabSettings } from './lab-settings.ts'
import type { HeardTurn, TurnMark } from './turn-marks.ts'

/** Rate at which detectors hear, Hz. */
export const heardRate = 16_000

/** Longest sound that is taken, s. */
export const longestSeconds = 1800

/** Samples one bin of the waveform stands for: 5 ms. */
export const binSamples = 80

/** Samples from one spectrum to the next: 10 ms. */
export const columnSamples = 160

/** Levels of one spectrum, from 0 Hz to half the rate. */
export const columnBands = 128

/** What the page asks of the worker. */
export type LabRequest =
  /** A microphone begins to be heard, in place of the sound before; answers carry the number of their sound. */
  | { readonly type: 'begin'; readonly sound: number }
  /** A whole sound at any rate; one that is empty or too long is a `problem`, and the sound before stays. */
  | {
      readonly type: 'sound'
      readonly sound: number
      readonly samples: Float32Array
      readonly sampleRate: number
    }
  /** A WAV file, taken as a whole sound; `unreadable` answers when it is none. */
  | { readonly type: 'wav'; readonly sound: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** PCM16 of the microphone. */
  | { readonly type: 'live'; readonly pcm: Uint8Array<ArrayBuffer>; readonly sampleRate: number }
  | { readonly type: 'settings'; readonly settings: LabSettings }
  /** Asks for samples as they were heard. */
  | { readonly type: 'read'; readonly request: number; readonly from: number; readonly to: number }

/** What the worker tells the page. */
export type LabReport =
  /** More of the picture: peaks as pairs of lowest and highest sample, spectra one after the other. */
  | {
      readonly type: 'picture'
      readonly sound: number
      readonly samples: number
      readonly peaks: Int8Array
      readonly columns: Uint8Array
    }
  /** Probabilities from a frame on, and what the settings make of all there are. */
  | {
      readonly type: 'heard'
      readonly sound: number
      readonly frameSamples: number
      readonly fromFrame: number
      readonly probabilities: Float32Array
      readonly marks: readonly TurnMark[]
      readonly turns: readonly HeardTurn[]
    }
  /** How much of a file has been heard, in [0, 1]. */
  | { readonly type: 'progress'; readonly sound: number; readonly share: number }
  | {
      readonly type: 'problem'
      readonly sound: number
      readonly code: 'unreadable' | 'too_long' | 'no_model'
    }
  | { readonly type: 'samples'; readonly request: number; readonly samples: Float32Array }
