import { AudioPayload, createChannelPair, toExtension } from '@parley/core'
import type { ClientEvent, ServerEvent } from '@parley/core'
import { describe, expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'
import { codeLabel, createSessionMetrics } from './session-metrics.ts'
import { scriptedProvider } from './testing/scripted-provider.ts'

const labels = { backend: 'local', dialect: 'openai-ga' }
const asLabels = 'backend="local",dialect="openai-ga"'

const speechStarted: ServerEvent = {
  type: 'input_audio_buffer.speech_started',
  event_id: 'event_1',
  item_id: 'item_1',
  audio_start_ms: 0,
}
const speechStopped: ServerEvent = {
  type: 'input_audio_buffer.speech_stopped',
  event_id: 'event_2',
  item_id: 'item_1',
  audio_end_ms: 900,
}
const sound: ServerEvent = {
  type: 'response.output_audio.delta',
  event_id: 'event_3',
  response_id: 'resp_1',
  item_id: 'item_2',
  output_index: 0,
  content_index: 0,
  delta: AudioPayload.fromBytes(new Uint8Array(960)),
}

/** A session whose both sides the test plays, with a clock it sets. */
function createCall() {
  const metrics = createMetrics()
  const clock = { now: 1_000 }
  const counted = createSessionMetrics(metrics, {
    labels,
    backends: ['local', 'openai'],
    now: () => clock.now,
  })
  const [near, far] = createChannelPair<ClientEvent, ServerEvent>()
  const client = counted.client(near)
  const events = client[Symbol.asyncIterator]()
  return {
    clock,
    counted,
    tell: (event: ServerEvent) => client.send(event),
    async say(event: ClientEvent) {
      far.send(event)
      await events.next()
    },
    text: () => metrics.registry.metrics(),
  }
}

describe('the metrics of a session', () => {
  it('time the first sound after speech, once an answer', async () => {
    const call = createCall()
    call.tell(speechStopped)
    call.clock.now += 240
    call.tell(sound)
    call.clock.now += 5_000
    call.tell(sound)
    const text = await call.text()
    expect(text).toContain(`parley_first_audio_seconds_sum{${asLabels},after="speech"} 0.24\n`)
    expect(text).toContain(`parley_first_audio_seconds_count{${asLabels},after="speech"} 1\n`)
    expect(text).toContain(`parley_audio_bytes_total{${asLabels},direction="out"} 1920\n`)
  })

  it('time the first sound after a request, which speech before it outweighs', async () => {
    const call = createCall()
    await call.say({ type: 'response.create' })
    call.clock.now += 100
    call.tell(sound)
    call.tell(speechStopped)
    call.clock.now += 300
    await call.say({ type: 'response.create' })
    call.tell(sound)
    const text = await call.text()
    expect(text).toContain(`parley_first_audio_seconds_sum{${asLabels},after="request"} 0.1\n`)
    expect(text).toContain(`parley_first_audio_seconds_sum{${asLabels},after="speech"} 0.3\n`)
  })

  it('time nothing where the person speaks on, or the answer has no sound', async () => {
    const call = createCall()
    call.tell(speechStopped)
    call.tell(speechStarted)
    call.tell(sound)
    call.tell(speechStopped)
    call.tell({
      type: 'response.done',
      event_id: 'event_4',
      response: { id: 'resp_1', object: 'realtime.response', status: 'cancelled', output: [], usage: null },
    })
    call.tell(sound)
    const text = await call.text()
    expect(text).not.toContain('parley_first_audio_seconds_count{')
    expect(text).toContain(`parley_responses_total{${asLabels},status="cancelled"} 1\n`)
  })

  it('count sound of the client without converting it', async () => {
    const call = createCall()
    await call.say({ type: 'input_audio_buffer.append', audio: AudioPayload.fromBase64('AAAAAAA=') })
    expect(await call.text()).toContain(`parley_audio_bytes_total{${asLabels},direction="in"} 5\n`)
  })

  it('count changes of the backend, by names that are set up alone', async () => {
    const call = createCall()
    const event = {
      type: 'parley.session.migrated',
      event_id: 'event_5',
      reason: 'failover',
      from: { backend: 'local' },
      to: { backend: 'openai', model: 'gpt-realtime' },
      restored: 'transcript',
      unfinished_item_id: null,
      context: {
        strategy: 'summary',
        way: 'items',
        budget_tokens: 8000,
        tokens: 0,
        items: 0,
        summarized: 0,
        left_out: 0,
        summary_by: null,
        pinned: 0,
        facts: 0,
      },
    } as const
    call.tell(toExtension(event))
    call.tell(toExtension({ ...event, from: { backend: 'that other deployment' }, reason: 'restart' }))
    const text = await call.text()
    const rest = 'restored="transcript"} 1\n'
    expect(text).toContain(`parley_migrations_total{from="local",to="openai",reason="failover",${rest}`)
    expect(text).toContain(`parley_migrations_total{from="other",to="openai",reason="restart",${rest}`)
    expect(text).not.toContain('deployment')
  })

  it('end a session that failed, and one whose client closed with a code of its own', async () => {
    const call = createCall()
    expect(call.counted.hasRun).toBe(false)
    await expect(call.counted.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    const summary = { conversationId: 'conv_1', turns: 0, durationMs: 0, close: { code: 4321, reason: '' } }
    await call.counted.run(async () => summary)
    expect(call.counted.hasRun).toBe(true)
    const text = await call.text()
    expect(text).toContain(`parley_sessions_ended_total{${asLabels},close="1011"} 1\n`)
    expect(text).toContain(`parley_sessions_ended_total{${asLabels},close="other"} 1\n`)
    expect(text).toContain(`parley_sessions_active{${asLabels}} 0\n`)
  })

  it('leave the provider what it is, beside the time of its connections', async () => {
    const call = createCall()
    const provider = scriptedProvider({ name: 'local' })
    const timed = call.counted.provider(provider)
    expect(timed).toMatchObject({ name: 'local', capabilities: provider.capabilities })
    const channel = await timed.connect({ model: undefined, signal: new AbortController().signal })
    await channel.close()
    const connected = 'backend="local",outcome="connected"'
    expect(await call.text()).toContain(`parley_backend_connect_seconds_count{${connected}} 1\n`)
  })

  it.each([
    ['rate_limit_exceeded', 'rate_limit_exceeded'],
    ['constructor', 'other'],
    ['some_code_of_a_vendor', 'other'],
    [null, 'other'],
  ])('call an error %j %s', (code, label) => {
    expect(codeLabel(code)).toBe(label)
  })
})
