import { at, objectsOf } from './json.ts'
import type { RawClient } from './raw-client.ts'
import { ask, doors, openScene, sceneKey, silence, sound, speak, type SceneOptions } from './raw-scene.ts'
import { createRecorder } from './recorder.ts'
import type { WireName, WireObject } from './wire.ts'

/** A conversation that is recorded on every wire it names. */
export interface RecordedScenario {
  readonly name: string
  readonly wires: readonly WireName[]
  readonly options?: SceneOptions
  run(client: RawClient, wire: WireName): Promise<void>
}

const all: readonly WireName[] = ['openai', 'azure-openai', 'azure-openai-preview', 'voice-live']

/** The conversations of the recordings. */
export const recordedScenarios: readonly RecordedScenario[] = [
  {
    name: 'early-and-unknown',
    wires: all,
    options: { earlyEvents: true, unknownEvents: true },
    async run(client, wire) {
      await client.next('session.created')
      client.send(sessionUpdate(wire, { text: true }))
      await client.next('session.updated')
      ask(client, 'odd event')
      await client.next('response.done')
    },
  },
  {
    name: 'spoken-late-transcript',
    wires: all,
    options: { lateTranscripts: true },
    async run(client, wire) {
      client.send(sessionUpdate(wire, { transcribed: true }))
      await client.next('session.updated')
      speak(client)
      await client.next('response.done')
      await client.next('conversation.item.input_audio_transcription.completed')
    },
  },
  {
    name: 'tools-and-errors',
    wires: all,
    async run(client, wire) {
      client.send(sessionUpdate(wire, { text: true, tools: true }))
      await client.next('session.updated')
      client.send({ type: 'response.cancel', event_id: 'mine_1' })
      await client.next('error')
      ask(client, 'call look_up and add')
      const calls = objectsOf(at(await client.next('response.done'), 'response.output'))
      for (const call of calls)
        client.send({
          type: 'conversation.item.create',
          item: { type: 'function_call_output', call_id: call['call_id'], output: 'found' },
        })
      client.send({ type: 'response.create' })
      await client.next('response.done')
      ask(client, 'fail please')
      await client.next('response.done')
    },
  },
  {
    name: 'barge-in-and-drop',
    wires: all,
    options: { deltaIntervalMs: 3 },
    async run(client, wire) {
      client.send(sessionUpdate(wire, {}))
      await client.next('session.updated')
      ask(client, 'count to 100')
      const delta = await client.next(
        wire.startsWith('azure-openai-') || wire === 'voice-live'
          ? 'response.audio.delta'
          : 'response.output_audio.delta',
      )
      sound(client, 4)
      await client.next('response.done')
      client.send({
        type: 'conversation.item.truncate',
        item_id: delta['item_id'],
        content_index: 0,
        audio_end_ms: 120,
      })
      await client.next('conversation.item.truncated')
      silence(client, 8)
      await client.next('response.done')
      ask(client, 'drop the line')
      await client.closed
    },
  },
  {
    name: 'beside-the-conversation',
    wires: ['openai', 'voice-live'],
    async run(client, wire) {
      client.send(sessionUpdate(wire, { text: true }))
      await client.next('session.updated')
      client.send({
        type: 'response.create',
        response: {
          conversation: 'none',
          input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'aside' }] }],
          metadata: { topic: 'aside' },
        },
      })
      await client.next('response.done')
      ask(client, 'expire the session')
      await client.closed
    },
  },
  {
    name: 'mcp-approval',
    wires: ['openai', 'voice-live'],
    async run(client, wire) {
      const tools = [{ type: 'mcp', server_label: 'docs', server_url: 'https://mcp.example.test' }]
      client.send(updateOf(wire, { tools }))
      await client.next('mcp_list_tools.completed')
      ask(client, 'call search')
      const [request] = objectsOf(at(await client.next('response.done'), 'response.output'))
      client.send({
        type: 'conversation.item.create',
        item: { type: 'mcp_approval_response', approval_request_id: request?.['id'], approve: true },
      })
      client.send({ type: 'response.create' })
      await client.next('response.done')
    },
  },
  {
    name: 'face-and-words',
    wires: ['voice-live'],
    async run(client) {
      client.send({
        type: 'session.update',
        session: {
          modalities: ['text', 'audio', 'animation', 'avatar'],
          voice: { type: 'azure-standard', name: 'en-US-AvaMultilingualNeural', rate: '1.1' },
          turn_detection: { type: 'azure_semantic_vad', remove_filler_words: true, auto_truncate: true },
          input_audio_transcription: { model: 'azure-speech', phrase_list: ['Parley'] },
          output_audio_timestamp_types: ['word'],
          animation: { outputs: ['viseme_id', 'blendshapes'] },
          avatar: { character: 'lisa', style: 'casual-sitting', customized: false },
        },
      })
      await client.next('warning')
      client.send({ type: 'session.avatar.connect', client_sdp: 'dj0wDQo=' })
      await client.next('session.avatar.connecting')
      client.send({ type: 'input_text.delta', id: 'typed', delta: 'hello' })
      client.send({ type: 'input_text.done', id: 'typed' })
      client.send({ type: 'response.create' })
      await client.next('response.done')
      const content = [{ type: 'text', text: 'As it is.' }]
      const message = { type: 'message', role: 'assistant', content }
      client.send({ type: 'response.create', response: { pre_generated_assistant_message: message } })
      await client.next('response.done')
    },
  },
]

/** Names of the recordings of one wire, for `readRecording`. */
export function recordingNames(wire: WireName): readonly string[] {
  return recordedScenarios.filter(({ wires }) => wires.includes(wire)).map(({ name }) => `${wire}-${name}`)
}

/** Has the conversation with a fresh stand-in; NDJSON of every event. */
export async function recordScenario(scenario: RecordedScenario, wire: WireName): Promise<string> {
  const recorder = createRecorder(() => performance.now())
  await using scene = await openScene(wire, {
    key: sceneKey,
    door: doors[wire],
    ...scenario.options,
    onEvent: recorder.onEvent,
  })
  const { client, upstream } = scene
  let isDone = false
  void client.closed.then(({ code, reason }) => {
    if (!isDone) recorder.onClose(code, reason)
  })
  await scenario.run(client, wire)
  isDone = true
  if (upstream.violations.length > 0) throw new Error(`${scenario.name} breaks ${upstream.violations.join()}`)
  return recorder.text()
}

interface Wanted {
  readonly text?: boolean
  readonly transcribed?: boolean
  readonly tools?: boolean
}

function sessionUpdate(wire: WireName, wanted: Wanted): WireObject {
  const model = wire.startsWith('azure') ? 'my-transcriber' : 'whisper-1'
  const parameters = { type: 'object', properties: { q: { type: 'string' } } }
  const tools = ['look_up', 'add'].map((name) => ({ type: 'function', name, parameters }))
  const isFlat = wire === 'azure-openai-preview' || wire === 'voice-live'
  return updateOf(wire, {
    instructions: 'Be brief.',
    ...(wanted.tools === true ? { tools } : {}),
    ...(wanted.text === true ? { [isFlat ? 'modalities' : 'output_modalities']: ['text'] } : {}),
    ...(wanted.transcribed !== true
      ? {}
      : isFlat
        ? { input_audio_transcription: { model } }
        : { audio: { input: { transcription: { model } } } }),
  })
}

function updateOf(wire: WireName, session: WireObject): WireObject {
  const isGa = wire === 'openai' || wire === 'azure-openai'
  return { type: 'session.update', session: isGa ? { type: 'realtime', ...session } : session }
}
