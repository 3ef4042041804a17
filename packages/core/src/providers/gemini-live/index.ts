export { geminiLive, type GeminiLiveOptions } from './gemini-live.ts'
export type { GeminiAccess } from './endpoint.ts'
