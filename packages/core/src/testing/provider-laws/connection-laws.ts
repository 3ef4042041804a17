import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { Provider } from '../../providers/provider.ts'
import { talkTo } from './backend-talk.ts'
import { isShown, law, scriptedLaw, type ProviderUnderTest, type ScriptedOptions } from './under-test.ts'

/** What every provider does with good and bad lines. */
export const connectionLaws: readonly Law<ProviderUnderTest>[] = [
  law('begins with session.created and loses nothing that came before it', async (subject) => {
    const early = [
      { type: 'rate_limits.updated', rate_limits: [] },
      { type: 'server.greeting', text: 'hello' },
    ]
    await using scripted = await subject.open({ earlyEvents: early })
    await using talk = await talkTo(scripted.provider)
    await talk.next('extension')
    const types = talk.events.map(({ type }) => type)
    expect(types[0]).toBe('session.created')
    expect(types.filter((type) => type === 'session.created')).toHaveLength(1)
    expect(types).toContain('rate_limits.updated')
    expect(talk.events).toContainEqual({
      type: 'extension',
      dialect: scripted.provider.capabilities.dialect,
      event: expect.objectContaining({ type: 'server.greeting', text: 'hello' }),
    })
  }),

  scriptedLaw('holds a conversation without breaking a rule of the wire', async ({ provider, upstream }) => {
    await using talk = await talkTo(provider)
    await talk.update({ output_modalities: ['text'] })
    expect((await talk.ask('hi there')).text).toBe('You said: hi there.')
    expect(upstream.violations).toEqual([])
  }),

  law('refuses with the meaning of an HTTP status, and names it', async (subject) => {
    const refusals = await Promise.all(
      Object.entries(codeOfStatus).map(async ([status, code]) => {
        const error = await refusal(subject, { refuse: Number(status) })
        return { status, code: error.code, named: error.message.includes(status), meant: code }
      }),
    )
    for (const { code, named, meant } of refusals)
      expect({ code, named }).toEqual({ code: meant, named: true })
  }),

  law('waits for a slow opening, and gives up at the limit it names', async (subject) => {
    await using scripted = await subject.open({ openDelayMs: 40 })
    await using talk = await talkTo(scripted.provider)
    await talk.next('session.created')
    const error = await refusal(subject, { neverUpgrade: true, connect: { openTimeoutMs: 50 } })
    expect(error).toMatchObject({ code: 'backend_unavailable', message: expect.stringContaining('50 ms') })
  }),

  law('gives up a backend that opens and says nothing, at the limit it names', async (subject) => {
    const error = await refusal(subject, { neverFirstEvent: true, connect: { firstEventTimeoutMs: 50 } })
    expect(error).toMatchObject({ code: 'backend_unavailable', message: expect.stringContaining('50 ms') })
  }),

  law('takes an error in place of the session for a refusal, and keeps its code', async (subject) => {
    const codes = ['invalid_api_key', 'model_not_found', 'insufficient_quota', 'rate_limit_exceeded'] as const
    for (const code of [...codes, 'something_new']) {
      // One stand-in after the other.
      // oxlint-disable-next-line no-await-in-loop
      const error = await refusal(subject, { errorFirst: { code, message: 'No.' } })
      const meant = codes.find((known) => known === code) ?? 'backend_unavailable'
      expect(error.code).toBe(meant)
      expect(error.message).toContain(code)
    }
  }),

  law('shows its key in no error', async (subject) => {
    const said = `${subject.key} is not a key; see wss://example.test/?api-key=${subject.key}`
    const errors = [
      await refusal(subject, { refuse: 401 }),
      await refusal(subject, { errorFirst: { code: 'invalid_api_key', message: said } }),
      await refusal(subject, { errorFirst: { code: 'server_error', message: said } }),
      await refusal(subject, { neverUpgrade: true, connect: { openTimeoutMs: 30 } }),
    ]
    for (const error of errors) {
      expect(`${error.message} ${JSON.stringify(error.cause)} ${String(error.stack)}`).not.toContain(
        subject.key,
      )
      expect(error.message).not.toMatch(/wss?:\/\//)
    }
  }),

  law('dials each model it declares, and is told that another is not known', async (subject) => {
    await using scripted = await subject.open()
    const { provider, upstream } = scripted
    for (const model of provider.capabilities.models) {
      // One connection after the other.
      // oxlint-disable-next-line no-await-in-loop
      await using talk = await talkTo(provider, { model })
      // oxlint-disable-next-line no-await-in-loop
      await talk.next('session.created')
    }
    expect(upstream.violations).toEqual([])
    if (!isShown(subject, 'models', false)) return
    expect(await refusalOf(provider, 'no-such-model')).toMatchObject({ code: 'model_not_found' })
  }),

  law('stops dialling when it is told to', async (subject) => {
    await using scripted = await subject.open({ neverUpgrade: true })
    const stop = new AbortController()
    const refused = scripted.provider.connect({ model: undefined, signal: stop.signal }).then(
      () => 'connected',
      (error: unknown) => error,
    )
    stop.abort()
    expect(await refused).toMatchObject({
      code: 'backend_unavailable',
      message: expect.stringContaining('cancelled'),
    })
  }),

  scriptedLaw(
    'ends with an error when the line drops in mid-answer, after what was said',
    async ({ provider }) => {
      await using talk = await talkTo(provider)
      talk.add({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'drop the line' }] })
      talk.send({ type: 'response.create' })
      const error = await talk.untilBroken()
      expect(error.code).toBe('backend_unavailable')
      const deltas = talk.events.filter(({ type }) => type === 'response.output_audio_transcript.delta')
      expect(deltas).toHaveLength(2)
    },
  ),

  scriptedLaw(
    'passes events on that nobody knows',
    async ({ provider }) => {
      await using talk = await talkTo(provider)
      await talk.ask('odd event')
      const odd = talk.events.filter((event) => event.type === 'extension')
      expect(odd.map(({ event }) => event['type'])).toContain('response.future_part.delta')
    },
    { unknownEvents: true },
  ),

  scriptedLaw('says that a session has reached its longest duration', async ({ provider }) => {
    await using talk = await talkTo(provider)
    talk.add({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'expire the session' }] })
    talk.send({ type: 'response.create' })
    expect(await talk.next('error')).toMatchObject({ error: { code: 'session_expired' } })
  }),

  law('takes a quiet backend that answers pings for alive', async (subject) => {
    const connect = { pingIntervalMs: 5, pongTimeoutMs: 60, firstEventTimeoutMs: 150 }
    // A pong that is not heeded would end the wait at 65 ms, with another error.
    const error = await refusal(subject, { neverFirstEvent: true, connect })
    expect(error.message).toContain('150 ms')
  }),
]

const codeOfStatus = {
  400: 'backend_unavailable',
  401: 'invalid_api_key',
  403: 'invalid_api_key',
  404: 'model_not_found',
  429: 'rate_limit_exceeded',
  500: 'backend_unavailable',
  503: 'backend_unavailable',
} as const

async function refusal(subject: ProviderUnderTest, options: ScriptedOptions): Promise<RealtimeError> {
  await using scripted = await subject.open(options)
  return await refusalOf(scripted.provider)
}

async function refusalOf(provider: Provider, model?: string): Promise<RealtimeError> {
  const signal = new AbortController().signal
  const error: unknown = await provider.connect({ model, signal }).then(
    (channel) => channel.close(),
    (reason: unknown) => reason,
  )
  if (!(error instanceof RealtimeError)) throw new Error('The connection was not refused.')
  return error
}
