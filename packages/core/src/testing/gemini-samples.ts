import { geminiLive } from '../dialects/gemini-live/index.ts'
import type { SpokenDialectUnderTest } from './spoken-dialect-laws.ts'

const sound = (data: string): object => ({
  serverContent: {
    modelTurn: { role: 'model', parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data } }] },
  },
})

/** Gemini Live with a message of every kind the service has. */
export function geminiUnderTest(): SpokenDialectUnderTest {
  return {
    dialect: geminiLive,
    opening: [{ setupComplete: { sessionId: 's1' } }],
    messages: [
      sound('AAAA'),
      { serverContent: { modelTurn: { parts: [{ text: 'Let me think.', thought: true }] } } },
      { serverContent: { outputTranscription: { text: 'Hello' } }, usageMetadata: { totalTokenCount: 5 } },
      { serverContent: { inputTranscription: { text: 'hi there' } } },
      { serverContent: { inputTranscription: { text: '.', finished: true } } },
      { serverContent: { interimInputTranscription: { text: 'hi' } } },
      { serverContent: { interrupted: true } },
      { serverContent: { generationComplete: true } },
      { serverContent: { turnComplete: true }, usageMetadata: { promptTokenCount: 9 } },
      { serverContent: { turnComplete: true, turnCompleteReason: 'RESPONSE_REJECTED' } },
      { serverContent: { groundingMetadata: { webSearchQueries: ['x'] } } },
      {
        toolCall: {
          functionCalls: [
            { id: 'c1', name: 'f', args: { a: 1 } },
            { id: 'c2', name: 'g' },
          ],
        },
      },
      { toolCallCancellation: { ids: ['c1'] } },
      { voiceActivity: { voiceActivityType: 'ACTIVITY_START' } },
      { voiceActivity: { voiceActivityType: 'ACTIVITY_END' } },
      { sessionResumptionUpdate: { newHandle: 'h1', resumable: true } },
      { sessionResumptionUpdate: { newHandle: '', resumable: false } },
      { goAway: { timeLeft: '50s' } },
    ],
    sound,
    soundOf(message) {
      const audio: unknown = at(at(message, 'realtimeInput'), 'audio')
      const data = at(audio, 'data')
      return typeof data === 'string' ? data : undefined
    },
  }
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
