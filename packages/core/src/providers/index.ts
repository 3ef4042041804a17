export type { AzureCredential } from './azure-credential.ts'
export type { ConnectLimits } from './connect-limits.ts'
export type { FirstEvent } from './first-event.ts'
export { webSocketProvider, type Endpoint, type WebSocketProviderOptions } from './web-socket-provider.ts'
export { openai, openaiAddress, type OpenaiOptions } from './openai/openai.ts'
export { azureOpenai, type AzureOpenaiOptions } from './azure-openai/azure-openai.ts'
export { openaiCompatible, type OpenaiCompatibleOptions } from './openai-compatible/openai-compatible.ts'
export { voiceLive, type VoiceLiveOptions } from './voice-live/voice-live.ts'
export {
  voiceLiveAgent,
  type ClassicAgent,
  type FoundryAgent,
  type VoiceLiveAgentOptions,
} from './voice-live/agent.ts'
export { voiceLiveByom, type ByomProfile, type VoiceLiveByomOptions } from './voice-live/byom.ts'
