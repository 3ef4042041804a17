import { z } from 'zod'
import { ExtensionEvent } from './extension.ts'
import { audioBufferEventSchemas } from './server-audio-buffer-events.ts'
import { itemEventSchemas } from './server-item-events.ts'
import { mcpEventSchemas } from './server-mcp-events.ts'
import { responseEventSchemas } from './server-response-events.ts'
import { sessionEventSchemas } from './server-session-events.ts'

export {
  InputAudioBufferCommitted,
  InputAudioBufferCleared,
  InputAudioBufferSpeechStarted,
  InputAudioBufferSpeechStopped,
  InputAudioBufferTimeoutTriggered,
  InputAudioBufferDtmfEventReceived,
  OutputAudioBufferStarted,
  OutputAudioBufferStopped,
  OutputAudioBufferCleared,
} from './server-audio-buffer-events.ts'
export {
  ConversationItemAdded,
  ConversationItemDone,
  ConversationItemCreated,
  ConversationItemRetrieved,
  ConversationItemTruncated,
  ConversationItemDeleted,
  ConversationItemInputAudioTranscriptionDelta,
  ConversationItemInputAudioTranscriptionCompleted,
  ConversationItemInputAudioTranscriptionFailed,
  ConversationItemInputAudioTranscriptionSegment,
  TranscriptionUsage,
} from './server-item-events.ts'
export {
  McpListToolsInProgress,
  McpListToolsCompleted,
  McpListToolsFailed,
  ResponseMcpCallArgumentsDelta,
  ResponseMcpCallArgumentsDone,
  ResponseMcpCallInProgress,
  ResponseMcpCallCompleted,
  ResponseMcpCallFailed,
} from './server-mcp-events.ts'
export {
  ResponseCreated,
  ResponseDone,
  ResponseOutputItemAdded,
  ResponseOutputItemDone,
  ResponseContentPartAdded,
  ResponseContentPartDone,
  ResponseOutputTextDelta,
  ResponseOutputTextDone,
  ResponseOutputAudioDelta,
  ResponseOutputAudioDone,
  ResponseOutputAudioTranscriptDelta,
  ResponseOutputAudioTranscriptDone,
  ResponseFunctionCallArgumentsDelta,
  ResponseFunctionCallArgumentsDone,
  ResponseContentPart,
} from './server-response-events.ts'
export {
  ErrorEvent,
  WarningEvent,
  SessionCreated,
  SessionUpdated,
  ConversationCreated,
  RateLimitsUpdated,
} from './server-session-events.ts'

/** The server events of OpenAI Realtime, one schema a type. */
export const serverEventSchemas = [
  ...sessionEventSchemas,
  ...itemEventSchemas,
  ...audioBufferEventSchemas,
  ...responseEventSchemas,
  ...mcpEventSchemas,
] as const

/** Anything a server says; narrows by `type`. */
export const ServerEvent = z.discriminatedUnion('type', [...serverEventSchemas, ExtensionEvent])
export type ServerEvent = z.infer<typeof ServerEvent>
