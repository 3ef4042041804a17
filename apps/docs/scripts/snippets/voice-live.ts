import { VoiceLiveClient } from '@azure/ai-voicelive'

// The client keeps the query of its endpoint: `backend` reaches the gateway, whatever the model is called.
const client = new VoiceLiveClient('http://127.0.0.1:8787?backend=local', { key: 'none' })
const session = client.createSession('gpt-realtime-2.1')

session.subscribe({
  onResponseAudioTranscriptDone: async ({ transcript }) => console.log(transcript),
  onResponseDone: () => session.dispose(),
})
await session.connect()
await session.addConversationItem({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_text', text: 'What is Parley?' }],
})
await session.sendEvent({ type: 'response.create' })
