export { geminiLive, type GeminiLiveOptions } from './gemini-live.ts'
export { geminiAddress, type GeminiAccess } from './endpoint.ts'
