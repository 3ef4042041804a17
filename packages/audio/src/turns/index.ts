export { wordsThatInterrupt } from '../barge-in/backchannels.ts'
export {
  bargeInDefaults,
  createBargeInPolicy,
  type BargeInDecision,
  type BargeInEvent,
  type BargeInPolicy,
  type BargeInSettings,
  type ProtectedSpan,
} from '../barge-in/barge-in-policy.ts'
export { createEchoAwareDetector, type EchoAwareDetector } from '../barge-in/echo-aware-detector.ts'
export { createEchoBound, type EchoBound } from '../barge-in/echo-bound.ts'
export {
  createEchoAwareGate,
  type EchoAwareGate,
  type EchoAwareGateOptions,
} from '../barge-in/echo-aware-gate.ts'
export { createDefaultScorer, type DefaultScorer } from './default-scorer.ts'
export { logMelSpectrogram, melBands } from './log-mel.ts'
export type { OnnxModel, OnnxSession, OnnxTensor } from './onnx-session.ts'
export { measureProsody, type Prosody } from './prosody.ts'
export type { EndOfTurnScorer, TurnSoFar } from './scorer.ts'
export { createSmartTurnScorer, smartTurnFeatures } from './smart-turn.ts'
export { judgeText, spokenWords, type TextJudgement } from './text-score.ts'
export {
  createTurnDetector,
  type TurnDetector,
  type TurnDetectorEvent,
  type TurnDetectorOptions,
} from './turn-detector.ts'
export { createTurnOneMiniScorer, createTurnOneMiniStream, type TurnOneMiniStream } from './turn-one-mini.ts'
export {
  createTurnPolicy,
  type TurnDecision,
  type TurnEndReason,
  type TurnEvent,
  type TurnPolicy,
} from './turn-policy.ts'
export {
  turnSettings,
  type ListeningTurns,
  type NoTurnDetection,
  type PushToTalk,
  type SemanticTurns,
  type SilenceTurns,
  type TurnDetectionObject,
  type TurnSettings,
} from './turn-settings.ts'
export { turnWaitMs, type WaitInput } from './turn-wait.ts'
