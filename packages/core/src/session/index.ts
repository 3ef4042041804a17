export type {
  Backend,
  ClientChannel,
  KnownPerson,
  MemoryChange,
  RecoveryOptions,
  ResumedSession,
  Samples,
  SessionPorts,
  SessionProgressNote,
  SessionSnapshot,
  SessionSummary,
  SpeechDetector,
  SpeechStream,
  Summarizer,
  Transcriber,
  TranscriberOptions,
} from './ports.ts'
export { runSession } from './session.ts'
export { initialState } from './session-state.ts'
export type { SessionInput, SessionOutput, SessionState, Step } from './session-state.ts'
export { step } from './step.ts'
