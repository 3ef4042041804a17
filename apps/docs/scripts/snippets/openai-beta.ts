import { connect } from 'node:net'
import OpenAI from 'openai-beta'
import { OpenAIRealtimeWS } from 'openai-beta/beta/realtime/ws'

// `openai-beta` is the package openai before version 5, which speaks the realtime beta and says so in a header.
const realtime = new OpenAIRealtimeWS(
  { model: 'local', options: { createConnection: () => connect(8787, '127.0.0.1') } },
  new OpenAI({ apiKey: 'none', baseURL: 'https://127.0.0.1:8787/v1' }),
)

realtime.on('session.created', () => {
  realtime.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is Parley?' }] },
  })
  realtime.send({ type: 'response.create' })
})
realtime.on('response.audio_transcript.done', ({ transcript }) => console.log(transcript))
realtime.on('response.done', () => realtime.close())
realtime.on('error', (error) => console.error(error.message))
