import { once } from 'node:events'
import { WebSocket } from 'ws'
import { frameAge, frameWriter, startPacing, textOf } from './stamped-frames.ts'

/** Clients that all talk and listen at once. */
export interface Callers extends AsyncDisposable {
  readonly count: number
  /** Opens more of them, a few at a time; each talks as soon as it is connected, unless it is to be silent. */
  add(count: number, options?: { readonly silent?: boolean }): Promise<void>
  /** How old each frame was that came since this was asked last (ms). */
  ages(): readonly number[]
}

const atOnce = 20

/** Clients of a gateway at `url` (with its query), talking in frames of `frameMs`. */
export function createCallers(url: string, frameMs: number): Callers {
  const sockets: WebSocket[] = []
  const lanes: (() => void)[] = []
  const frame = frameWriter('{"type":"input_audio_buffer.append","audio":"', '"}', frameMs)
  let ages: number[] = []
  const pacing = startPacing(frameMs, () => lanes)

  async function open(silent: boolean): Promise<void> {
    // An empty mask saves the load generator work and the gateway none.
    const socket = new WebSocket(url, { perMessageDeflate: false, generateMask: () => undefined })
    sockets.push(socket)
    const ready = Promise.withResolvers<void>()
    socket.on('error', ready.reject)
    socket.on('close', (code) => ready.reject(new Error(`The gateway closed a connection with ${code}.`)))
    socket.on('message', (data) => {
      const text = textOf(data)
      const age = frameAge(text, '"delta":"')
      if (age !== undefined) ages.push(age)
      else if (text.includes('"type":"session.updated"')) ready.resolve()
      else if (text.includes('"type":"error"')) ready.reject(new Error(text))
    })
    await once(socket, 'open')
    const turns = { audio: { input: { turn_detection: null } } }
    socket.send(JSON.stringify({ type: 'session.update', session: { type: 'realtime', ...turns } }))
    await ready.promise
    ready.promise.catch(() => undefined)
    if (silent) return
    socket.send('{"type":"response.create"}')
    lanes.push(() => socket.send(frame()))
  }

  return {
    get count() {
      return sockets.length
    },
    async add(count, { silent = false } = {}) {
      for (let left = count; left > 0; left -= atOnce) {
        // A wave at a time: a gateway is not met by all its callers in one moment.
        // oxlint-disable-next-line no-await-in-loop
        await Promise.all(Array.from({ length: Math.min(left, atOnce) }, () => open(silent)))
      }
    },
    ages() {
      const result = ages
      ages = []
      return result
    },
    async [Symbol.asyncDispose]() {
      pacing[Symbol.dispose]()
      const open = sockets.filter(({ readyState }) => readyState !== WebSocket.CLOSED)
      const closed = open.map((socket) => once(socket, 'close'))
      for (const socket of open) socket.terminate()
      await Promise.all(closed)
    },
  }
}
