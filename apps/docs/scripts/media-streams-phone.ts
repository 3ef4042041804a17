import { once } from 'node:events'
import { setInterval } from 'node:timers/promises'
import * as z from 'zod'

/** A call as Twilio's Media Streams carry it: sends G.711 at the pace of a clock and plays what comes, in real time. */
export interface MediaStreamsPhone extends Disposable {
  /** Says something after what is being said; silence follows. 8 kHz μ-law. */
  say(sound: Buffer): void
  /** Resolves when so much of the other side's sound was played. */
  untilPlayedMs(ms: number): Promise<void>
  /** Resolves at the next `clear`, with what had been played and what was dropped. */
  cleared(): Promise<{ readonly playedMs: number; readonly droppedMs: number }>
  /** Ends the call as a caller does. */
  hangUp(): void
}

const frameMs = 20
const frameBytes = 8 * frameMs
const silence = Buffer.alloc(frameBytes, 0xff)

const Incoming = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), streamSid: z.string(), media: z.object({ payload: z.base64() }) }),
  z.object({ event: z.literal('mark'), streamSid: z.string(), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('clear'), streamSid: z.string() }),
])

/** Calls a server of Media Streams. Strict: a message Twilio does not document, or for another stream, fails the call. */
export async function mediaStreamsPhone(address: string, callSid: string): Promise<MediaStreamsPhone> {
  const streamSid = `MZ${callSid}`
  const socket = new WebSocket(address)
  await once(socket, 'open')
  let sequence = 0
  const send = (event: string, fields: object): void => {
    sequence += 1
    socket.send(JSON.stringify({ event, sequenceNumber: String(sequence), streamSid, ...fields }))
  }
  socket.send(JSON.stringify({ event: 'connected', protocol: 'Call', version: '1.0.0' }))
  const mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 }
  send('start', { start: { streamSid, callSid, tracks: ['inbound'], mediaFormat, customParameters: {} } })

  let queue: (number | string)[] = []
  let toSay = Buffer.alloc(0)
  let playedMs = 0
  const waiting = new Set<{ readonly ms: number; readonly done: () => void }>()
  const clears = Promise.withResolvers<{ playedMs: number; droppedMs: number }>()
  const failed = Promise.withResolvers<never>()
  failed.promise.catch(() => undefined)
  const abort = new AbortController()

  const sendMark = (name: string): void => send('mark', { mark: { name } })

  socket.addEventListener('message', ({ data }) => {
    const parsed = Incoming.safeParse(JSON.parse(String(data)))
    if (!parsed.success || parsed.data.streamSid !== streamSid) {
      failed.reject(new Error(`Twilio would refuse ${String(data).slice(0, 200)}`))
      return
    }
    const message = parsed.data
    if (message.event === 'media') queue.push(Buffer.from(message.media.payload, 'base64').length / 8)
    else if (message.event === 'mark') queue.push(message.mark.name)
    else {
      const dropped = queue
      queue = []
      clears.resolve({
        playedMs,
        droppedMs: dropped.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 0), 0),
      })
      for (const part of dropped) if (typeof part === 'string') sendMark(part)
    }
  })

  /** Plays so many ms of the queue and sends the marks that were reached. */
  function play(ms: number): void {
    let left = ms
    for (let [part] = queue; part !== undefined; [part] = queue) {
      if (typeof part === 'string') sendMark(part)
      else if (left === 0) break
      else {
        const now = Math.min(left, part)
        left -= now
        playedMs += now
        if (now < part) {
          queue[0] = part - now
          continue
        }
      }
      queue.shift()
    }
    for (const entry of waiting) if (playedMs >= entry.ms) entry.done()
  }

  async function run(): Promise<void> {
    const from = performance.now()
    let chunk = 0
    for await (const _ of setInterval(frameMs / 2, undefined, { signal: abort.signal })) {
      for (; chunk * frameMs <= performance.now() - from; chunk += 1) {
        const frame = Buffer.concat([toSay.subarray(0, frameBytes), silence]).subarray(0, frameBytes)
        toSay = toSay.subarray(frameBytes)
        const timestamp = String(chunk * frameMs)
        send('media', {
          media: { track: 'inbound', chunk: String(chunk + 1), timestamp, payload: frame.toString('base64') },
        })
        play(frameMs)
      }
    }
  }
  run().catch((error: unknown) => failed.reject(error))
  socket.addEventListener('close', () => failed.reject(new Error('The bridge closed the stream.')))

  return {
    say: (sound) => void (toSay = Buffer.concat([toSay, sound])),
    async untilPlayedMs(ms) {
      const reached = Promise.withResolvers<void>()
      const entry = { ms, done: reached.resolve }
      waiting.add(entry)
      await Promise.race([reached.promise, failed.promise])
      waiting.delete(entry)
    },
    cleared: () => Promise.race([clears.promise, failed.promise]),
    hangUp() {
      abort.abort()
      send('stop', { stop: { callSid } })
    },
    [Symbol.dispose]() {
      abort.abort()
      socket.close()
    },
  }
}

/** 16-bit samples as G.711 μ-law. */
export function encodeUlaw(samples: Int16Array): Buffer {
  return Buffer.from(Array.from(samples, ulaw))
}

function ulaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132
  const exponent = Math.floor(Math.log2(magnitude)) - 7
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff
}
