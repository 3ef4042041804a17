export { openCassettes, type Cassettes, type CassettesOptions } from './cassettes.ts'
export {
  cassetteFormat,
  isCassetteId,
  type Cassette,
  type CassetteEnd,
  type CassetteEntry,
  type CassetteHeader,
  type CassetteSummary,
  type LeftOut,
  type RecordedCapabilities,
} from './format.ts'
export { parseCassette } from './read-cassette.ts'
export { recordProvider, recordProviders, type RecordProvider } from './record-provider.ts'
export { createRedactor, type Redact } from './redact.ts'
export { createTape, type Tape, type TapeOptions, type TapeSink } from './tape.ts'
