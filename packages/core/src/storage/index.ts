export {
  type ContextDocument,
  type DocumentAudio,
  exportContext,
  importContext,
  parseContextDocument,
} from './context-document.ts'
export { type ContextItem, foldEntries, type Heard, toReplayItems } from './context-items.ts'
export type {
  AppendTimes,
  ContextEntry,
  ContextPage,
  ContextStore,
  ContextSummary,
  FactStore,
  ItemAudio,
  ItemAudioNote,
  LifeEvent,
  ListOptions,
  PersonFact,
  StoredContext,
  StoredEntry,
} from './context-store.ts'
export { copyStore, type CopyOptions, type CopyProgress } from './copy-store.ts'
export { forkContext, type ForkOptions } from './fork-context.ts'
export { memoryStore, type MemoryStoreOptions } from './memory-store.ts'
export { sqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts'
export {
  type ConversationWriter,
  waitingLimits,
  type WriteBehind,
  writeBehind,
  type WriteBehindOptions,
  type WriteBehindStatus,
} from './write-behind.ts'
