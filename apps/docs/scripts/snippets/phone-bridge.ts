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

  // The answer that sounds, and how much of it was sent.
  let answer = { item: '', part: 0, sentMs: 0 }

  phone.on('message', (data) => {
    const message = read(data)
    if (message.event === 'media') {
      toParley({ type: 'input_audio_buffer.append', audio: message.media.payload })
    } else if (message.event === 'mark') {
      // So far the caller has heard it.
      const [item, ms] = message.mark.name.split('@')
      if (item !== answer.item) return
      const place = { item_id: item, content_index: answer.part }
      toParley({ type: 'parley.playback.update', ...place, audio_ms: Number(ms) })
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
        const { item_id: item, content_index: part } = event
        if (item !== answer.item) answer = { item, part, sentMs: 0 }
        // Eight bytes of G.711 are a millisecond.
        answer.sentMs += Buffer.from(event.delta, 'base64').length / 8
        toPhone({ event: 'media', media: { payload: event.delta } })
        toPhone({ event: 'mark', mark: { name: `${item}@${answer.sentMs}` } })
        break
      }
      case 'input_audio_buffer.speech_started': {
        if (answer.item === '') break
        // Twilio sends the marks of what it drops too: they name no answer any more.
        answer = { item: '', part: 0, sentMs: 0 }
        toPhone({ event: 'clear' })
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
