import { connect } from 'node:net'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'

// The class insists on TLS. Beside the gateway a plain connection will do; elsewhere give the gateway a certificate.
const realtime = new OpenAIRealtimeWS(
  { model: 'local', options: { createConnection: () => connect(8787, '127.0.0.1') } },
  { apiKey: 'none', baseURL: 'https://127.0.0.1:8787/v1' },
)

realtime.on('session.created', () => {
  realtime.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is Parley?' }] },
  })
  realtime.send({ type: 'response.create' })
})
realtime.on('response.output_audio_transcript.done', ({ transcript }) => console.log(transcript))
realtime.on('response.done', () => realtime.close())
realtime.on('error', (error) => console.error(error.message))
