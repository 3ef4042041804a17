import { createServer } from 'node:http'
import { WebSocket, WebSocketServer, type RawData } from 'ws'

const gateway = 'ws://127.0.0.1:8787/v1/realtime?backend=local'
const key = 'none'
const port = 8090
const instructions = 'You answer the phone. Be brief.'

// Twilio asks here what to do with a call, and is told to stream it to the same host.
const server = createServer((request, response) => {
  const stream = `wss://${request.headers.host ?? ''}/stream`
  response.setHeader('content-type', 'text/xml')
  response.end(`<Response><Connect><Stream url="${stream}" /></Connect></Response>`)
})

// One socket a call. Its first message but one is `start`, which names the call.
new WebSocketServer({ server, path: '/stream' }).on('connection', (phone) => {
  phone.on('message', function begin(data) {
    const message = read(data)
    if (message.event !== 'start') return
    phone.off('message', begin)
    bridge(phone, message.start)
  })
})

function bridge(phone: WebSocket, { streamSid, callSid }: { streamSid: string; callSid: string }): void {
  const parley = new WebSocket(`${gateway}&conversation=conv_${callSid}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const toParley = (event: object): void => {
    if (parley.readyState === WebSocket.OPEN) parley.send(JSON.stringify(event))
  }
  const toPhone = (message: object): void => phone.send(JSON.stringify({ ...message, streamSid }))

  // The answer that sounds: how much of it was sent, and how much the caller has heard, by the marks that came back.
  let answer = { item: '', sentMs: 0, heardMs: 0 }

  phone.on('message', (data) => {
    const message = read(data)
    if (message.event === 'media') {
      toParley({ type: 'input_audio_buffer.append', audio: message.media.payload })
    } else if (message.event === 'mark') {
      const [item, ms] = message.mark.name.split('@')
      if (item === answer.item) answer.heardMs = Number(ms)
    } else if (message.event === 'stop') {
      parley.close()
    }
  })
  phone.on('close', () => parley.close())

  parley.on('message', (data) => {
    const event = read(data)
    switch (event.type) {
      case 'session.created': {
        const format = { type: 'audio/pcmu' }
        toParley({
          type: 'session.update',
          session: { type: 'realtime', instructions, audio: { input: { format }, output: { format } } },
        })
        break
      }
      case 'response.output_audio.delta': {
        if (event.item_id !== answer.item) answer = { item: event.item_id, sentMs: 0, heardMs: 0 }
        // Eight bytes of G.711 are a millisecond.
        answer.sentMs += Buffer.from(event.delta, 'base64').length / 8
        toPhone({ event: 'media', media: { payload: event.delta } })
        toPhone({ event: 'mark', mark: { name: `${event.item_id}@${Math.round(answer.sentMs)}` } })
        break
      }
      case 'input_audio_buffer.speech_started': {
        const { item, sentMs, heardMs } = answer
        answer = { item: '', sentMs: 0, heardMs: 0 }
        if (item === '' || heardMs >= Math.round(sentMs)) break
        // Twilio sends the marks of what it drops too: they name no answer any more.
        toPhone({ event: 'clear' })
        toParley({
          type: 'conversation.item.truncate',
          item_id: item,
          content_index: 0,
          audio_end_ms: heardMs,
        })
        break
      }
      case 'error':
        console.error(event.error.message)
    }
  })
  parley.on('error', ({ message }) => console.error(message))
  parley.on('close', () => phone.close())
}

/** A message, or an empty one where it is not JSON: anyone may knock at a public port. */
function read(data: RawData) {
  try {
    return JSON.parse(Buffer.isBuffer(data) ? data.toString() : '{}') ?? {}
  } catch {
    return {}
  }
}

server.listen(port, '127.0.0.1', () => console.log(`bridge: http://127.0.0.1:${port}`))
