import { VoiceLiveClient, type RequestSession } from '@azure/ai-voicelive'
import { describe, expect, it } from 'vitest'
import { realtimeUpstream } from './upstream.ts'

const key = 'test-key'
const session: Required<Omit<RequestSession, 'model' | 'interimResponse'>> = {
  modalities: ['text', 'audio', 'animation', 'avatar'],
  animation: { modelName: 'default', outputs: ['viseme_id'] },
  voice: {
    type: 'azure-standard',
    name: 'en-US-Ava:DragonHDLatestNeural',
    temperature: 0.7,
    customLexiconUrl: 'https://example.test/lexicon',
    customTextNormalizationUrl: 'https://example.test/normalization',
    preferLocales: ['en-GB'],
    locale: 'en-US',
    style: 'cheerful',
    pitch: '+5%',
    rate: '1.1',
    volume: '+10%',
  },
  instructions: 'Be brief.',
  inputAudioSamplingRate: 16_000,
  inputAudioFormat: 'pcm16',
  outputAudioFormat: 'pcm16_16000hz',
  turnDetection: {
    type: 'azure_semantic_vad',
    threshold: 0.5,
    prefixPaddingInMs: 300,
    silenceDurationInMs: 500,
    speechDurationInMs: 80,
    removeFillerWords: true,
    languages: ['en'],
    autoTruncate: true,
    createResponse: true,
    interruptResponse: true,
    endOfUtteranceDetection: { model: 'semantic_detection_v1', thresholdLevel: 'low', timeoutInMs: 1000 },
  },
  inputAudioNoiseReduction: { type: 'azure_deep_noise_suppression' },
  inputAudioEchoCancellation: { type: 'server_echo_cancellation', referenceSource: 'client', channels: 2 },
  avatar: {
    type: 'video-avatar',
    character: 'lisa',
    style: 'casual-sitting',
    model: 'vasa-1',
    customized: false,
    iceServers: [{ urls: ['stun:example.test'], username: 'a', credential: 'b' }],
    video: {
      bitrate: 1_000_000,
      codec: 'h264',
      crop: { topLeft: [0, 0], bottomRight: [100, 100] },
      resolution: { width: 1280, height: 720 },
      background: { color: '#ffffff', imageUrl: 'https://example.test/a.png' },
      gopSize: 10,
    },
    scene: { zoom: 1, positionX: 0, positionY: 0, rotationX: 0, rotationY: 0, rotationZ: 0, amplitude: 1 },
    outputProtocol: 'webrtc',
    outputAuditAudio: true,
  },
  inputAudioTranscription: {
    model: 'azure-speech',
    language: 'en-US,de-DE',
    customSpeech: { 'en-US': 'model' },
    phraseList: ['Parley'],
  },
  outputAudioTimestampTypes: ['word'],
  tools: [
    { type: 'function', name: 'look_up', description: 'Finds a word.', parameters: { type: 'object' } },
    {
      type: 'mcp',
      serverLabel: 'docs',
      serverUrl: 'https://mcp.example.test',
      authorization: 'token',
      headers: { a: 'b' },
      allowedTools: ['search'],
      requireApproval: { never: ['search'] },
    },
  ],
  toolChoice: 'auto',
  temperature: 0.8,
  maxResponseOutputTokens: 500,
  reasoningEffort: 'low',
  include: ['item.input_audio_transcription.phrases'],
  metadata: { topic: 'travel' },
}

describe('the official Voice Live client', () => {
  it('writes every field of its session so that the rules take it, and reads the answer', async () => {
    await using upstream = await realtimeUpstream('voice-live', { key, deltaIntervalMs: 0 })
    const client = new VoiceLiveClient(upstream.url, { key })
    const talk = client.createSession('gpt-realtime-2.1')
    const done = Promise.withResolvers<string | undefined>()
    const updated = Promise.withResolvers<void>()
    talk.subscribe({
      onSessionUpdated: async () => {
        updated.resolve()
      },
      onError: async ({ error }) => {
        updated.reject(new Error(JSON.stringify(error)))
        done.reject(new Error(JSON.stringify(error)))
      },
      onResponseDone: async ({ response }) => {
        done.resolve(response.status)
      },
    })
    await talk.connect()
    await talk.updateSession(session)
    await updated.promise
    await talk.addConversationItem({
      type: 'message',
      role: 'user',
      content: [{ type: 'input_text', text: 'hi' }],
    })
    await talk.sendEvent({ type: 'response.create' })
    expect(await done.promise).toBe('completed')
    // It puts its key into the query beside the header, which a gateway has no need to.
    expect(upstream.violations.filter((rule) => !rule.startsWith('query parameter api-key'))).toEqual([])
    await talk.dispose()
  })
})
