export { betaClientSamples, betaServerSamples } from './beta-samples.ts'
export { channelLaws, textCodec, type LinkedChannels, type OpenChannels } from './channel-laws.ts'
export { dialectLaws, type DialectUnderTest } from './dialect-laws.ts'
export { providerLaws, type ProviderUnderTest, type Scripted, type ScriptedOptions } from './provider-laws.ts'
export {
  badLuck,
  type ConnectionPlan,
  type Direction,
  type Fault,
  type FaultPlan,
  type LuckOptions,
  oneOf,
  randomOf,
  type Refusal,
  type ScheduledFault,
} from './fault-plan.ts'
export { faultProxy, type FaultProxy, type FaultProxyOptions, type ProxiedConnection } from './fault-proxy.ts'
export { fullCapabilities } from './full-capabilities.ts'
export {
  clientSamples,
  clientWireEvents,
  serverSamples,
  serverWireEvents,
  type WireEvent,
} from './sample-events.ts'
export {
  findPostgres,
  startPostgres,
  type PostgresPrograms,
  type PostgresVersion,
} from './servers/postgres.ts'
export { findProgram } from './servers/programs.ts'
export { startRedis } from './servers/redis.ts'
export type { TestServer } from './servers/server-process.ts'
export { durableStoreLaws, storeLaws, type OpenStore } from './store-laws.ts'
export {
  geminiUpstream,
  type GeminiUpstream,
  type GeminiUpstreamOptions,
} from './upstream/gemini-upstream.ts'
export { recordingNames } from './upstream/recorded-scenarios.ts'
export {
  createRecorder,
  parseRecording,
  readRecording,
  type RecordedClose,
  type RecordedEvent,
  type Recorder,
  type Recording,
} from './upstream/recorder.ts'
export {
  realtimeUpstream,
  type SeenConnection,
  type Upstream,
  type UpstreamOptions,
} from './upstream/upstream.ts'
export type { WireName, WireObject } from './upstream/wire.ts'
export { voiceLiveClientSamples, voiceLiveServerSamples } from './voice-live-samples.ts'
