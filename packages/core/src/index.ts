export { toErrorBody, toErrorEvent } from './events/error-event.ts'
export { RealtimeError, errorTable, toRealtimeError, type ErrorCode, type ErrorDetails } from './errors.ts'
export type { LifeEvent } from './storage/context-store.ts'
export { AudioPayload } from './events/audio-payload.ts'
export { ExtensionEvent } from './events/extension.ts'
export {
  ResponseExtensions,
  SessionExtensions,
  type ResponseExtension,
  type SessionExtension,
} from './events/extensions.ts'
export {
  responseExtensionRules,
  sessionExtensionRules,
  type ExtensionRule,
} from './events/extension-rules.ts'
export {
  ClientEvent,
  ConversationItemCreate,
  ConversationItemDelete,
  ConversationItemRetrieve,
  ConversationItemTruncate,
  InputAudioBufferAppend,
  InputAudioBufferClear,
  InputAudioBufferCommit,
  OutputAudioBufferClear,
  ResponseCancel,
  ResponseCreate,
  SessionUpdate,
  maxAppendBytes,
  maxItemIdLength,
} from './events/client-events.ts'
export {
  ContextReport,
  ParleyClientEvent,
  ParleyServerEvent,
  PlaybackUpdate,
  SessionLeaving,
  SessionMigrated,
  SessionProgress,
  SessionResumable,
  SessionResumed,
  isParleyEvent,
  parleyPrefix,
  toExtension,
} from './events/parley-events.ts'
export { ServerEvent } from './events/server-events.ts'
export {
  ConversationCreated,
  ErrorEvent,
  RateLimitsUpdated,
  SessionCreated,
  SessionUpdated,
  WarningEvent,
} from './events/server-session-events.ts'
export {
  ConversationItemAdded,
  ConversationItemCreated,
  ConversationItemDeleted,
  ConversationItemDone,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemInputAudioTranscriptionDelta,
  ConversationItemInputAudioTranscriptionFailed,
  ConversationItemInputAudioTranscriptionSegment,
  ConversationItemRetrieved,
  ConversationItemTruncated,
  TranscriptionUsage,
} from './events/server-item-events.ts'
export {
  InputAudioBufferCleared,
  InputAudioBufferCommitted,
  InputAudioBufferDtmfEventReceived,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  InputAudioBufferTimeoutTriggered,
  OutputAudioBufferCleared,
  OutputAudioBufferStarted,
  OutputAudioBufferStopped,
} from './events/server-audio-buffer-events.ts'
export {
  ResponseContentPart,
  ResponseContentPartAdded,
  ResponseContentPartDone,
  ResponseCreated,
  ResponseDone,
  ResponseFunctionCallArgumentsDelta,
  ResponseFunctionCallArgumentsDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioDone,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputAudioTranscriptDone,
  ResponseOutputItemAdded,
  ResponseOutputItemDone,
  ResponseOutputTextDelta,
  ResponseOutputTextDone,
} from './events/server-response-events.ts'
export {
  McpListToolsCompleted,
  McpListToolsFailed,
  McpListToolsInProgress,
  ResponseMcpCallArgumentsDelta,
  ResponseMcpCallArgumentsDone,
  ResponseMcpCallCompleted,
  ResponseMcpCallFailed,
  ResponseMcpCallInProgress,
} from './events/server-mcp-events.ts'
export {
  AssistantContentPart,
  AssistantMessageItem,
  FunctionCallItem,
  FunctionCallOutputItem,
  InputAudioPart,
  InputImagePart,
  InputTextPart,
  Item,
  ItemReference,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
  McpCallError,
  McpCallItem,
  McpListToolsItem,
  MessageItem,
  OutputAudioPart,
  OutputTextPart,
  SystemMessageItem,
  UserContentPart,
  UserMessageItem,
  type ContentPart,
} from './events/items.ts'
export {
  Metadata,
  Response,
  ResponseCreateParams,
  ResponseStatus,
  ResponseStatusDetails,
  Usage,
} from './events/response.ts'
export {
  AudioInputConfig,
  AudioOutputConfig,
  MaxOutputTokens,
  OutputModalities,
  PromptReference,
  RealtimeSession,
  RealtimeSessionConfig,
  Reasoning,
  Session,
  SessionConfig,
  Tracing,
  TranscriptionSession,
  TranscriptionSessionConfig,
  Truncation,
} from './events/session-config.ts'
export {
  AudioFormatConfig,
  InputTranscription,
  NoiseReduction,
  SemanticVad,
  ServerVad,
  TurnDetection,
  Voice,
} from './events/audio-config.ts'
export { FunctionToolConfig, McpToolConfig, Tool, ToolChoice } from './events/tools.ts'
export type { Channel } from './channel/channel.ts'
export { closeFor, normalClose, type Close } from './channel/close.ts'
export type { Codec, Frame } from './channel/codec.ts'
export { createChannelPair, type ChannelPairOptions, type PairedChannel } from './channel/channel-pair.ts'
export {
  resumableChannel,
  type ResumableChannel,
  type ResumableChannelOptions,
  type ResumePosition,
} from './channel/resumable-channel.ts'
export type { NumberedFrame } from './channel/sent-frames.ts'
export { webSocketChannel, type Socket, type WebSocketChannelOptions } from './channel/web-socket-channel.ts'
export type { Dialect, DialectName, SpokenDialect } from './dialects/dialect.ts'
export { losses, type Loss } from './dialects/losses.ts'
export { geminiLive as geminiLiveDialect } from './dialects/gemini-live/index.ts'
export { openaiBeta } from './dialects/openai-beta/index.ts'
export { openaiGa, parseClientEvent, parseServerEvent } from './dialects/openai-ga/index.ts'
export { voiceLive } from './dialects/voice-live/index.ts'
export type {
  ConnectRequest,
  Provider,
  ProviderChannel,
  VoiceCatalog,
  VoiceSample,
} from './providers/provider.ts'
export type {
  AudioFormatName,
  Capabilities,
  Evidence,
  FormatCapability,
  LanguageCapability,
  OptionalSessionField,
  PriceModel,
  TokenPrices,
  VoiceCapability,
} from './providers/capabilities.ts'
