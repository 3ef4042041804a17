export { loadSilero, type SileroModel, type SileroOptions, type SileroStream } from './silero.ts'
