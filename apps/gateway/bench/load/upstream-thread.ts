/** A backend that speaks without end once it was asked, and times what comes in. Runs in a thread of its own. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { frameAge, frameWriter, startPacing, textOf } from './stamped-frames.ts'

const { frameMs } = z.object({ frameMs: z.number() }).parse(workerData)
const Event = z.looseObject({ type: z.string(), session: z.looseObject({}).optional() })

const http = createServer()
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
const speaking = new Set<() => void>()
let lanes: readonly (() => void)[] = []
let ages: number[] = []

sockets.on('connection', (socket) => {
  let events = 0
  const send = (event: object): void =>
    socket.send(JSON.stringify({ event_id: `event_${(events += 1)}`, ...event }))
  const session = { type: 'realtime', object: 'realtime.session', id: 'sess_1', model: 'gpt-realtime' }
  const place = { response_id: 'resp_1', item_id: 'item_1', output_index: 0, content_index: 0 }
  const before = `{"type":"response.output_audio.delta","event_id":"event_a","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"`
  const frame = frameWriter(before, '"}', frameMs)
  const speak = (): void => socket.send(frame())

  socket.on('message', (data) => {
    const text = textOf(data)
    const age = frameAge(text, '"audio":"')
    if (age !== undefined) {
      ages.push(age)
      return
    }
    const event = Event.parse(JSON.parse(text))
    if (event.type === 'session.update')
      send({ type: 'session.updated', session: { ...session, ...event.session } })
    if (event.type !== 'response.create') return
    const item = {
      id: 'item_1',
      object: 'realtime.item',
      type: 'message',
      role: 'assistant',
      status: 'in_progress',
    }
    const response = { id: 'resp_1', object: 'realtime.response', status: 'in_progress', output: [] }
    send({ type: 'response.created', response })
    send({ type: 'response.output_item.added', ...place, item: { ...item, content: [] } })
    send({ type: 'conversation.item.added', previous_item_id: null, item: { ...item, content: [] } })
    send({ type: 'response.content_part.added', ...place, part: { type: 'audio', transcript: '' } })
    speaking.add(speak)
    lanes = [...speaking]
  })
  socket.on('close', () => {
    speaking.delete(speak)
    lanes = [...speaking]
  })
  socket.on('error', () => undefined)
  send({ type: 'session.created', session })
})

startPacing(frameMs, () => lanes)
parentPort?.on('message', () => {
  parentPort?.postMessage(ages)
  ages = []
})
http.listen(0, '127.0.0.1')
await once(http, 'listening')
const address = http.address()
if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
parentPort?.postMessage({ port: address.port })
