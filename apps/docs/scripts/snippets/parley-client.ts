// Goes on by itself when the network, or the gateway, was away for a while.
import { connect } from '@parley/client'

await using realtime = connect({
  url: 'http://127.0.0.1:8787',
  query: { backend: 'local', conversation: 'conv_on-the-road' },
  onState: (state) => console.log(state.name === 'open' ? `open, ${state.how}` : state.name),
})

realtime.send({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is Parley?' }] },
})
realtime.send({ type: 'response.create' })

for await (const event of realtime) {
  if (event.type === 'response.output_audio_transcript.done') console.log(event['transcript'])
  if (event.type === 'error') console.error(event['error'])
  if (event.type === 'response.done') break
}
