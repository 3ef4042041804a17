import type { Capabilities, TokenPrices } from '../capabilities.ts'
import { geminiLanguages, geminiVoices } from './voices.ts'

const day = '2026-11-22'
const guide = 'https://ai.google.dev/gemini-api/docs'

/** Audio is quoted by the minute; this is what that makes at 25 tokens a second in and out. */
const livePrices: TokenPrices = { textIn: 0.75, textOut: 4.5, audioIn: 3, audioOut: 12 }

/** What Gemini Live can do with a model. */
export function geminiCapabilities(model: string): Capabilities {
  return {
    title: 'Gemini Live',
    description: `Google's speech-to-speech models over the Live API, by default ${model}. Written answers are the transcript of spoken ones.`,
    dialect: 'gemini-live',
    models: [
      'gemini-3.8-live',
      'gemini-3.1-flash-live-preview',
      'gemini-2.5-flash-native-audio-preview-12-2025',
    ],
    inputFormats: [{ type: 'audio/pcm', rate: 16_000 }],
    outputFormats: [{ type: 'audio/pcm', rate: 24_000 }],
    turnDetection: ['server_vad'],
    manualTurns: true,
    turnsWithoutResponse: false,
    interruption: 'native',
    outputModalities: ['audio', 'text'],
    inputModalities: ['text', 'image'],
    truncation: 'none',
    itemDeletion: 'none',
    // Turns have no role for the application: what it notes is part of the instructions.
    historySeeding: 'both',
    tools: ['function'],
    inputTranscription: 'native',
    transcriptionModels: [],
    voiceLock: 'none',
    transcriptionSessions: false,
    outOfBandResponses: false,
    responseOverrides: false,
    voices: geminiVoices,
    otherVoices: false,
    languages: geminiLanguages,
    updatable: ['instructions', 'voice', 'tools', 'turn_detection', 'output_modalities'],
    sessionFields: ['instructions', 'max_output_tokens'],
    sessionExtensions: ['temperature'],
    responseExtensions: [],
    // A connection ends after about ten minutes; the next one resumes the session, and compression keeps it in bounds.
    sessionLimitMinutes: undefined,
    contextWindowTokens: 131_072,
    keepAlive: 'ping',
    price: {
      kind: 'tokens',
      byModel: { 'gemini-3.8-live': livePrices, 'gemini-3.1-flash-live-preview': livePrices },
    },
    local: false,
    evidence: [
      {
        fields: [
          'dialect',
          'manualTurns',
          'turnDetection',
          'turnsWithoutResponse',
          'interruption',
          'truncation',
          'itemDeletion',
          'outOfBandResponses',
          'responseOverrides',
          'transcriptionSessions',
          'sessionFields',
          'sessionExtensions',
          'responseExtensions',
          'updatable',
          'historySeeding',
          'inputTranscription',
          'transcriptionModels',
          'voiceLock',
          'outputModalities',
        ],
        source: 'npm @google/genai@3.1.0, types of the Live API',
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['inputFormats', 'outputFormats', 'inputModalities', 'tools', 'languages'],
        source: `${guide}/live-guide`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['models', 'contextWindowTokens'],
        source: `${guide}/models/gemini-3.8-live`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['sessionLimitMinutes'],
        source: `${guide}/live-session`,
        date: day,
        confidence: 'documented',
      },
      {
        fields: ['voices', 'otherVoices'],
        source: `${guide}/speech-generation, the list of prebuilt voices`,
        date: day,
        confidence: 'third-party',
      },
      {
        fields: ['keepAlive'],
        source: 'RFC 6455 section 5.5.2; answers were measured by others to take 8 to 30 seconds',
        date: day,
        confidence: 'third-party',
      },
      {
        fields: ['price'],
        source: 'price lists of resellers; audio from 0.005 USD a minute in and 0.018 out',
        date: day,
        confidence: 'third-party',
      },
      { fields: ['local'], source: 'a service on the internet', date: day, confidence: 'documented' },
    ],
  }
}
