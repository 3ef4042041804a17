export {
  createCallProgressDetector,
  type CallProgressDetector,
  type CallProgressDetectorOptions,
  type CallProgressEvent,
} from './call-progress-detector.ts'
export { callProgressTone, type CallProgressToneOptions } from './call-progress-generator.ts'
export {
  callProgressPatterns,
  type CallProgress,
  type CallProgressPattern,
  type ToneRegion,
} from './call-progress-patterns.ts'
export {
  createDtmfDetector,
  type DtmfDetector,
  type DtmfDetectorOptions,
  type DtmfEvent,
} from './dtmf-detector.ts'
export { dtmfDigits, type DtmfDigit } from './dtmf-digits.ts'
export { dtmfTones, type DtmfToneOptions } from './dtmf-generator.ts'
