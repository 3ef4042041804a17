import { describe, expect, it, vi } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import { spokenEnd } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'
import { connectDuet } from './__fixtures__/connect-duet.ts'
import { writing } from './__fixtures__/mind-events.ts'
import { duet } from './duet.ts'
import {
  givenText,
  scriptedLeg,
  scriptedVoice,
  sound,
  spokenTexts,
  voiceCapabilities,
} from './__fixtures__/scripted-leg.ts'

const first = 'Hello there. '
const second = 'How are you?'
const gone = new RealtimeError('backend_unavailable', 'Still gone.')

describe('a session update', () => {
  it('gives each leg its half, and is answered once with both', async () => {
    const voice = scriptedVoice()
    const { send, mind, all } = await connectDuet({ provider: voice.provider })
    await send({
      type: 'session.update',
      session: {
        type: 'realtime',
        instructions: 'Be brief.',
        tools: [{ type: 'function', name: 'look' }],
        audio: {
          input: { transcription: { model: 'w' }, turn_detection: { type: 'semantic_vad' } },
          output: { voice: 'de-DE-KatjaNeural', speed: 1.1, format: { type: 'audio/pcmu' } },
        },
        extensions: { voice: { type: 'azure-standard', name: 'de-DE-KatjaNeural' }, temperature: 0.8 },
      },
    })
    expect(mind.all('session.update')[1]?.session).toEqual({
      type: 'realtime',
      output_modalities: ['text'],
      instructions: 'Be brief.',
      tools: [{ type: 'function', name: 'look' }],
      audio: { input: { transcription: { model: 'w' }, turn_detection: { type: 'semantic_vad' } } },
      extensions: { temperature: 0.8 },
    })
    expect(voice.all('session.update')[1]?.session).toEqual({
      type: 'realtime',
      audio: { output: { voice: 'de-DE-KatjaNeural', speed: 1.1, format: { type: 'audio/pcmu' } } },
      extensions: { voice: { type: 'azure-standard', name: 'de-DE-KatjaNeural' } },
    })
    expect(all('session.updated')).toHaveLength(1)
    expect(all('session.updated')[0]?.session).toMatchObject({
      output_modalities: ['audio'],
      instructions: 'Be brief.',
      audio: { input: { transcription: { model: 'w' } }, output: { voice: 'de-DE-KatjaNeural', speed: 1.1 } },
      extensions: { voice: { name: 'de-DE-KatjaNeural' }, temperature: 0.8 },
    })
  })

  it('that says nothing of the voice leaves it alone', async () => {
    const voice = scriptedVoice()
    const { send, all } = await connectDuet({ provider: voice.provider })
    await send({ type: 'session.update', session: { type: 'realtime', instructions: 'x' } })
    expect(voice.all('session.update')).toHaveLength(1)
    expect(all('session.updated')).toHaveLength(1)
  })

  it('that the voice refuses does not reach the mind', async () => {
    const voice = scriptedLeg({ capabilities: voiceCapabilities, acknowledges: false })
    const mind = scriptedLeg()
    const connecting = connectDuet({ provider: voice.provider }, { mind })
    await vi.waitFor(() => expect(voice.received).toHaveLength(1))
    voice.send({ type: 'session.updated', session: { type: 'realtime' } })
    const { send, all } = await connecting
    await send({
      type: 'session.update',
      event_id: 'mine',
      session: { type: 'realtime', audio: { output: { voice: 'nobody' } } },
    })
    const event_id = voice.all('session.update')[1]?.event_id
    voice.send({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', message: 'No such voice.', event_id },
    })
    await vi.waitFor(() => expect(all('error')).toHaveLength(1))
    expect(all('error')[0]?.error).toMatchObject({
      code: 'invalid_value',
      message: 'No such voice.',
      event_id: 'mine',
    })
    expect(mind.all('session.update')).toHaveLength(1)
  })

  it('that the mind refuses gives the voice its old settings back', async () => {
    const voice = scriptedVoice()
    const mind = scriptedLeg({ acknowledges: false })
    const { send, think, all, settle } = await connectDuet({ provider: voice.provider }, { mind })
    await think({ type: 'session.updated', session: { type: 'realtime' } })
    await send({
      type: 'session.update',
      event_id: 'mine',
      session: { type: 'realtime', tool_choice: 'required', audio: { output: { voice: 'new' } } },
    })
    const event_id = mind.all('session.update')[1]?.event_id
    await think({
      type: 'error',
      error: { type: 'invalid_request_error', code: 'invalid_value', message: 'No.', event_id },
    })
    await settle()
    expect(all('error')[0]?.error).toMatchObject({ message: 'No.', event_id: 'mine' })
    expect(
      voice
        .all('session.update')
        .map(({ session }) => session.type === 'realtime' && session.audio?.output?.voice),
    ).toEqual(['en-US-AvaMultilingualNeural', 'new', 'en-US-AvaMultilingualNeural'])
  })

  it('that asks the mind to write is what a mind must take', async () => {
    const mind = scriptedLeg({ acknowledges: false })
    const connected = await connectDuet({ provider: scriptedVoice().provider }, { mind })
    const event_id = mind.all('session.update')[0]?.event_id
    await connected.think({
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Only audio.', event_id },
    })
    expect(connected.outcome?.error).toMatchObject({ message: 'The mind cannot write: Only audio.' })
    expect(mind.open).toBe(0)
  })
})

describe('the voice of one response', () => {
  it('goes to the voice only', async () => {
    const voice = scriptedVoice()
    const { send, think, mind, all } = await connectDuet({ provider: voice.provider })
    await send({
      type: 'response.create',
      response: {
        audio: { output: { voice: 'de-DE-KatjaNeural' } },
        extensions: { voice: { type: 'azure-standard', name: 'de-DE-KatjaNeural' } },
      },
    })
    expect(mind.all('response.create')[0]?.response).toEqual({ output_modalities: ['text'] })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    expect(voice.all('response.create')[0]?.response).toMatchObject({
      audio: { output: { voice: 'de-DE-KatjaNeural' } },
      extensions: {
        voice: { name: 'de-DE-KatjaNeural' },
        pre_generated_assistant_message: { role: 'assistant' },
      },
    })
    expect(all('response.created')[0]?.response.audio?.output?.voice).toBe('de-DE-KatjaNeural')
  })
})

describe('what a voice says beside its sound', () => {
  it('is told under the ids and times of the answer', async () => {
    let spoken = 0
    const voice = scriptedLeg({
      capabilities: voiceCapabilities,
      answer(event, leg) {
        if (givenText(event) === undefined) return
        const id = `v${++spoken}`
        const fields = { response_id: id, item_id: 'vi', output_index: 0, content_index: 0 }
        const extension = (type: string, rest: object): void =>
          leg.send({ type: 'extension', dialect: 'voice-live', event: { type, ...fields, ...rest } })
        leg.send({ type: 'response.created', response: { id } })
        leg.send({ type: 'response.output_audio.delta', ...fields, delta: sound(1) })
        extension('response.audio_timestamp.delta', { audio_offset_ms: 20, text: 'w' })
        extension('response.audio_timestamp.done', {})
        leg.send({ type: 'response.done', response: { id, status: 'completed' } })
      },
    })
    const { think, all, types } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    const ids = { response_id: 'r1', item_id: 'a1' }
    expect(all('extension').map(({ event }) => event)).toMatchObject([
      { type: 'response.audio_timestamp.delta', ...ids, audio_offset_ms: 20 },
      { type: 'response.audio_timestamp.delta', ...ids, audio_offset_ms: 120 },
      { type: 'response.audio_timestamp.done', ...ids },
    ])
    expect(types().slice(-7)).toEqual(['extension', ...spokenEnd])
  })
})

describe('a lost voice', () => {
  it('is opened once more with its settings, and says the clause that was not heard', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, all, settle } = await connectDuet({ provider: voice.provider })
    await send({ type: 'session.update', session: { type: 'realtime', audio: { output: { speed: 1.2 } } } })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    voice.finish()
    await settle()
    voice.drop()
    await settle()
    expect(voice.requests).toHaveLength(2)
    expect(voice.all('session.update').at(-1)?.session).toMatchObject({
      audio: {
        input: { turn_detection: null },
        output: { speed: 1.2, voice: 'en-US-AvaMultilingualNeural' },
      },
    })
    expect(all('response.done')[0]?.response.status).toBe('completed')
    expect(all('warning')).toEqual([])
  })

  it('between two answers is had back before the next', async () => {
    const voice = scriptedVoice()
    const { think, settle, all } = await connectDuet({ provider: voice.provider })
    voice.drop()
    await settle()
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    await settle()
    expect(voice.requests).toHaveLength(2)
    expect(all('response.output_audio.delta')).toHaveLength(1)
  })

  it('that stays lost leaves the answer as text with a warning, and the next ones are written', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, all, settle, types, forget, wait } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    voice.refuse = gone
    voice.drop()
    await settle()
    expect(all('warning')).toMatchObject([
      { warning: { code: 'backend_unavailable', message: expect.stringContaining('goes on as text') } },
    ])
    expect(all('response.output_audio_transcript.done')[0]?.transcript).toBe(first + second)
    expect(all('response.done')[0]?.response.status).toBe('completed')
    forget()
    const next = writing('r2', 'a2')
    await think(...next.begin(), next.text(first), ...next.end(first))
    expect(types()).toContain('response.output_text.done')
    expect(all('warning')).toEqual([])
    expect(voice.requests).toHaveLength(2)
    voice.refuse = undefined
    wait(30_000)
    const later = writing('r3', 'a3')
    await think(...later.begin(), later.text(first), ...later.end(first))
    expect(voice.requests).toHaveLength(3)
    expect(spokenTexts(voice).at(-1)).toBe('Hello there.')
  })

  it('that refuses a clause leaves the answer as text with what it said', async () => {
    const voice = scriptedLeg({
      capabilities: voiceCapabilities,
      answer(event, leg) {
        if (givenText(event) === undefined || event.type !== 'response.create') return
        const error = {
          type: 'invalid_request_error',
          code: 'invalid_value',
          message: 'Too old.',
          event_id: event.event_id,
        }
        leg.send({ type: 'error', error })
      },
    })
    const { think, all } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    expect(all('warning')).toMatchObject([
      { warning: { code: 'invalid_value', message: expect.stringContaining('Too old.') } },
    ])
    expect(spokenTexts(voice)).toEqual(['Hello there.'])
    expect(all('response.done')[0]?.response.status).toBe('completed')
  })

  it('is noticed when it falls silent', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, all, settle } = await connectDuet({ provider: voice.provider }, { voiceTimeoutMs: 20 })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    voice.refuse = gone
    await vi.waitFor(() => expect(voice.requests).toHaveLength(2))
    await settle()
    expect(all('response.done')[0]?.response.status).toBe('completed')
    expect(all('warning')).toHaveLength(1)
  })
})

describe('the end of a duet', () => {
  it('is the end of the mind, with its error, and closes the voice', async () => {
    const voice = scriptedVoice()
    const connected = await connectDuet({ provider: voice.provider })
    connected.mind.drop()
    await connected.settle()
    expect(connected.outcome?.error).toMatchObject({
      code: 'backend_unavailable',
      message: 'The line is gone.',
    })
    expect(voice.open).toBe(0)
  })

  it('comes when the client leaves, in the middle of an answer too', async () => {
    const voice = scriptedVoice({ finishes: false })
    const connected = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await connected.think(...answer.begin(), answer.text(first))
    await connected.close()
    await connected.settle()
    expect([voice.open, connected.mind.open]).toEqual([0, 0])
  })
})

describe('what a duet can do', () => {
  const remote = { source: 'docs', date: '2026-11-01', confidence: 'documented' } as const

  it('is what its legs can, each fact with its evidence', async () => {
    const mind = scriptedLeg({
      capabilities: {
        title: 'Mind',
        local: false,
        sessionFields: ['tracing', 'audio.output.speed', 'audio.input.turn_detection.idle_timeout_ms'],
        sessionExtensions: ['temperature', 'voice'],
        voices: [{ name: 'alloy', languages: ['en'] }],
        price: { kind: 'tokens', byModel: { m: { textIn: 1, textOut: 2, audioOut: 64 } } },
        evidence: [{ fields: ['turnDetection', 'voices', 'dialect'], ...remote }],
      },
    })
    const voice = scriptedLeg({
      capabilities: {
        ...voiceCapabilities,
        price: { kind: 'tokens', byModel: { '*': { audioOut: 12, textIn: 9 } } },
        evidence: [{ fields: ['voices', 'turnDetection'], ...remote }],
      },
    })
    const { capabilities } = duet({
      name: 'duet',
      mind: { provider: mind.provider },
      voice: { provider: voice.provider },
      now: () => 0,
      newId: (prefix) => prefix,
    })
    expect(capabilities).toMatchObject({
      title: 'Mind, spoken by Test voice',
      outputModalities: ['audio', 'text'],
      truncation: 'native',
      voices: [{ name: 'en-US-AvaMultilingualNeural' }],
      sessionFields: ['tracing', 'audio.output.speed'],
      sessionExtensions: ['temperature', 'voice', 'output_audio_timestamp_types'],
      responseExtensions: ['voice'],
      price: { kind: 'tokens', byModel: { m: { textIn: 1, textOut: 2, audioOut: 12 } } },
      local: false,
    })
    const covered = capabilities.evidence.flatMap(({ fields }) => fields)
    const all = Object.keys(capabilities).filter(
      (field) => !['title', 'description', 'evidence'].includes(field),
    )
    expect(covered.toSorted()).toEqual(all.toSorted())
    expect(capabilities.evidence.slice(0, 2)).toEqual([
      { fields: ['turnDetection'], ...remote },
      { fields: ['voices'], ...remote },
    ])
  })

  it('is free and local with a mind and an engine on this machine', () => {
    const rest = { name: 'duet', now: () => 0, newId: (prefix: string) => prefix }
    const mind = { provider: scriptedLeg().provider }
    const { tts } = fakeStages()
    const local = duet({ ...rest, mind, voice: { tts, capabilities: { local: true } } }).capabilities
    expect(local).toMatchObject({ local: true, price: { kind: 'free' }, evidence: [] })
    expect(local.voices).toBe(tts.voices)
    const remote = duet({ ...rest, mind, voice: { tts } }).capabilities
    expect(remote).toMatchObject({ local: false, price: { kind: 'unknown' } })
  })

  it('does not include cutting an answer when the mind forgets nothing', async () => {
    const mind = scriptedLeg({ capabilities: { itemDeletion: 'none' } })
    const provider = duet({
      name: 'duet',
      mind: { provider: mind.provider },
      voice: { provider: scriptedVoice().provider },
      now: () => 0,
      newId: (prefix) => prefix,
    })
    expect(provider.capabilities.truncation).toBe('none')
  })
})
