// Any browser, Deno, Bun or Node: no package at all. `backend` chooses, `model` is then a model of that backend.
const address = 'ws://127.0.0.1:8787/v1/realtime?backend=local&conversation=conv_my-first'
const socket = new WebSocket(address, ['realtime'])
const send = (event: object): void => socket.send(JSON.stringify(event))

socket.addEventListener('message', ({ data }) => {
  const event = JSON.parse(String(data))
  if (event.type === 'session.created') {
    send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is Parley?' }] },
    })
    send({ type: 'response.create' })
  }
  if (event.type === 'response.output_audio_transcript.done') console.log(event.transcript)
  if (event.type === 'error') console.error(event.error.message)
  if (event.type === 'response.done') socket.close()
})
