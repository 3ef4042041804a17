import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { base64ToBytes, bytesToBase64, pcm16ToInt16 } from '@parley/audio'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { waitUntil } from '../clock.ts'

const samplesPerMs = 24
/** What the server takes for speech; the test speaks in tones. */
const loud = 1000

/** How one turn is answered. Times are ms after the true end of the speech. */
export interface TurnPlan {
  /** Ms from the true start of the speech to `speech_started`. */
  readonly startedAfterMs: number
  readonly textAfterMs: number
  readonly soundAfterMs: number
  /** Silence at the head of the sound. */
  readonly silenceMs: number
  readonly toneMs: number
}

/** What really happened in a turn, on the clock of `performance.now`. */
export interface TurnTruth {
  readonly plan: TurnPlan
  /** When the first and one past the last loud sample were spoken, by their place in the stream. */
  speechStart: number
  speechEnd: number
  startedSentAt: number
  textSentAt: number
  soundSentAt: number
}

/** What really happened in a session, on the clock of `performance.now`. */
export interface SessionTruth {
  /** The model that was asked for. */
  readonly model: string
  /** When the request for the socket came. */
  readonly requestedAt: number
  readonly connectedAt: number
  readonly readySentAt: number
  readonly turns: readonly TurnTruth[]
}

/** A server of OpenAI's realtime wire that knows what it sent when. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  readonly sessions: readonly SessionTruth[]
}

/** What a server takes its time for. */
export interface ScriptedServerOptions {
  readonly upgradeMs: number
  readonly readyMs: number
  /** One for each stretch of speech in a session. */
  readonly turns: readonly TurnPlan[]
}

/** Starts a scripted server on loopback. */
export async function startScriptedServer(options: ScriptedServerOptions): Promise<ScriptedServer> {
  const sessions: SessionTruth[] = []
  const ending = new AbortController()
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    const requestedAt = performance.now()
    const model = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('model') ?? ''
    void waitUntil(requestedAt + options.upgradeMs, ending.signal).then(() =>
      sockets.handleUpgrade(request, socket, head, (open) => {
        const truth = { model, requestedAt, connectedAt: performance.now(), readySentAt: 0, turns: [] }
        sessions.push(truth)
        serve(open, options, truth, ending.signal)
      }),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sessions,
    async [Symbol.asyncDispose]() {
      ending.abort()
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Wire {
  readonly type: string
  readonly [field: string]: unknown
}

function serve(
  socket: WebSocket,
  { readyMs, turns: plans }: ScriptedServerOptions,
  truth: { readySentAt: number; readonly turns: TurnTruth[] },
  signal: AbortSignal,
): void {
  const { turns } = truth
  let ids = 0
  let current: TurnTruth | undefined
  let lastLoudEnd = 0

  function send(event: Wire): number {
    socket.send(JSON.stringify({ event_id: `event_${ids++}`, ...event }))
    return performance.now()
  }

  async function sendAt(at: number, act: () => void): Promise<void> {
    await waitUntil(at, signal)
    if (!signal.aborted && socket.readyState === socket.OPEN) act()
  }

  /** The last sample of a frame is spoken when the frame is sent; the network of one machine adds next to nothing. */
  function hear(samples: Int16Array, arrivedAt: number): void {
    const begins = arrivedAt - samples.length / samplesPerMs
    for (const [index, sample] of samples.entries()) {
      if (Math.abs(sample) < loud) continue
      const moment = begins + index / samplesPerMs
      if (!current) begin(moment)
      lastLoudEnd = moment + 1 / samplesPerMs
    }
    // A whole frame of silence: it is over.
    if (current && arrivedAt - lastLoudEnd > samples.length / samplesPerMs) end(current)
  }

  function begin(speechStart: number): void {
    const plan = plans[turns.length]
    if (!plan) throw new Error(`No plan for turn ${turns.length + 1}`)
    const turn = { plan, speechStart, speechEnd: 0, startedSentAt: 0, textSentAt: 0, soundSentAt: 0 }
    const itemId = `item_${turns.length}`
    turns.push(turn)
    current = turn
    void sendAt(speechStart + plan.startedAfterMs, () => {
      turn.startedSentAt = send({
        type: 'input_audio_buffer.speech_started',
        item_id: itemId,
        audio_start_ms: 0,
      })
    })
  }

  function end(turn: TurnTruth): void {
    current = undefined
    turn.speechEnd = lastLoudEnd
    const { plan, speechEnd } = turn
    // Made before it is due: making it takes longer than what is measured may be off.
    const pieces = answerSound(plan)
    const index = turns.indexOf(turn)
    const itemId = `item_${index}`
    const part = {
      response_id: `resp_${index}`,
      item_id: `answer_${index}`,
      output_index: 0,
      content_index: 0,
    }
    const item = { id: part.item_id, object: 'realtime.item', type: 'message', role: 'assistant' }
    void sendAt(speechEnd + plan.textAfterMs, () => {
      send({ type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: 0 })
      send({ type: 'input_audio_buffer.committed', item_id: itemId, previous_item_id: null })
      const heard = {
        id: itemId,
        object: 'realtime.item',
        type: 'message',
        status: 'completed',
        role: 'user',
        content: [{ type: 'input_audio', transcript: null }],
      }
      send({ type: 'conversation.item.added', previous_item_id: null, item: heard })
      send({ type: 'conversation.item.done', previous_item_id: null, item: heard })
      send({
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: itemId,
        content_index: 0,
        transcript: 'beep',
        usage: { type: 'duration', seconds: 1 },
      })
      send({ type: 'response.created', response: responseOf(part.response_id, 'in_progress') })
      const started = { ...item, status: 'in_progress', content: [] }
      send({ ...part, type: 'response.output_item.added', item: started })
      send({ type: 'conversation.item.added', previous_item_id: itemId, item: started })
      send({ ...part, type: 'response.content_part.added', part: { type: 'audio', transcript: '' } })
      turn.textSentAt = send({ ...part, type: 'response.output_audio_transcript.delta', delta: 'Beep.' })
    }).then(() =>
      sendAt(speechEnd + plan.soundAfterMs, () => {
        const [first, ...rest] = pieces
        turn.soundSentAt = send({ ...part, type: 'response.output_audio.delta', delta: first })
        for (const delta of rest) send({ ...part, type: 'response.output_audio.delta', delta })
        send({ ...part, type: 'response.output_audio.done' })
        send({ ...part, type: 'response.output_audio_transcript.done', transcript: 'Beep.' })
        send({
          ...part,
          type: 'response.content_part.done',
          part: { type: 'audio', transcript: 'Beep.' },
        })
        const whole = {
          ...item,
          status: 'completed',
          content: [{ type: 'output_audio', transcript: 'Beep.' }],
        }
        send({ ...part, type: 'response.output_item.done', item: whole })
        send({ type: 'conversation.item.done', previous_item_id: itemId, item: whole })
        send({
          type: 'response.done',
          response: { ...responseOf(part.response_id, 'completed'), output: [whole] },
        })
      }),
    )
  }

  socket.on('message', (data: Buffer) => {
    const arrivedAt = performance.now()
    // Whatever it is, only these fields are looked at.
    const event = JSON.parse(data.toString()) as { type: string; session?: object; audio?: string }
    if (event.type === 'session.update') {
      void sendAt(arrivedAt + readyMs, () => {
        truth.readySentAt = send({ type: 'session.updated', session: { ...session, ...event.session } })
      })
    } else if (event.type === 'input_audio_buffer.append') {
      hear(samplesOf(event.audio ?? ''), arrivedAt)
    }
  })
  send({ type: 'session.created', session })
}

const session = {
  type: 'realtime',
  object: 'realtime.session',
  id: 'sess_1',
  model: 'scripted',
  output_modalities: ['audio'],
  audio: {
    input: {
      format: { type: 'audio/pcm', rate: 24_000 },
      turn_detection: { type: 'server_vad', create_response: true, interrupt_response: true },
    },
    output: { format: { type: 'audio/pcm', rate: 24_000 } },
  },
}

function responseOf(id: string, status: string): object {
  return { object: 'realtime.response', id, status, output: [], usage: null }
}

function samplesOf(base64: string): Int16Array {
  return pcm16ToInt16(base64ToBytes(base64))
}

/** Base64 of the sound, 200 ms a piece. */
function answerSound({ silenceMs, toneMs }: TurnPlan): readonly string[] {
  const silent = Math.round(silenceMs * samplesPerMs)
  const samples = tone(silent + toneMs * samplesPerMs)
  samples.fill(0, 0, silent)
  const bytes = new Uint8Array(samples.buffer)
  const pieceBytes = 200 * samplesPerMs * 2
  return Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) =>
    bytesToBase64(bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes)),
  )
}

/** A square wave of 500 Hz: loud from its first sample to its last. */
export function tone(samples: number): Int16Array {
  return Int16Array.from({ length: samples }, (_, i) => (i % 48 < 24 ? 8000 : -8000))
}
