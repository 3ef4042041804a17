import { describe, expect, it } from 'vitest'
import type { ClientEvent } from '../../events/client-events.ts'
import { spokenEnd } from '../../testing/cascade-fixture.ts'
import { connectDuet } from './__fixtures__/connect-duet.ts'
import { speechStarted, writing } from './__fixtures__/mind-events.ts'
import {
  scriptedLeg,
  scriptedVoice,
  sound,
  spokenTexts,
  voiceCapabilities,
  type ScriptedLeg,
} from './__fixtures__/scripted-leg.ts'

const first = 'Hello there. '
const second = 'How are you? '
const third = 'I am fine.'

/** A mind that does to items what it is told, and says so. */
function obedientMind(): ScriptedLeg {
  return scriptedLeg({
    answer(event, mind) {
      if (event.type === 'conversation.item.create') {
        const item = { object: 'realtime.item', status: 'completed', ...event.item }
        const placed = { item, previous_item_id: event.previous_item_id ?? null }
        mind.send(
          { type: 'conversation.item.added', ...placed },
          { type: 'conversation.item.done', ...placed },
        )
      }
      if (event.type === 'conversation.item.delete')
        mind.send({ type: 'conversation.item.deleted', item_id: event.item_id })
      if (event.type === 'conversation.item.retrieve') {
        const content = [{ type: 'output_text', text: 'as the mind has it' }]
        const item = { id: event.item_id, type: 'message', role: 'assistant', content }
        mind.send({ type: 'conversation.item.retrieved', item })
      }
    },
  })
}

const truncate = (heard: string | undefined, audio_end_ms = 100): ClientEvent => ({
  type: 'conversation.item.truncate',
  event_id: 'cut',
  item_id: 'a1',
  content_index: 0,
  audio_end_ms,
  ...(heard !== undefined && { parley: { heard_transcript: heard } }),
})

describe('the user who speaks into an answer', () => {
  it('ends one that the mind has finished writing, with only what was told', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, types, all, forget, mind } = await connectDuet(
      { provider: voice.provider },
      { mind: obedientMind() },
    )
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    forget()
    await think(speechStarted)
    expect(types()).toEqual(['input_audio_buffer.speech_started', ...spokenEnd])
    expect(voice.all('response.cancel')).toMatchObject([{ response_id: 'v1' }])
    expect(spokenTexts(voice)).toEqual(['Hello there.'])
    expect(mind.all('response.cancel')).toEqual([])
    const content = [{ type: 'output_audio', transcript: first }]
    expect(all('conversation.item.done')[0]?.item).toMatchObject({ status: 'incomplete', content })
    expect(all('response.done')[0]?.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [{ content }],
    })
  })

  it('makes the mind forget what was written and never told', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, mind, types } = await connectDuet({ provider: voice.provider }, { mind: obedientMind() })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    await think(speechStarted)
    expect(mind.received.slice(-2)).toMatchObject([
      {
        type: 'conversation.item.create',
        previous_item_id: 'a1',
        item: { role: 'assistant', content: [{ type: 'output_text', text: 'Hello there.' }] },
      },
      { type: 'conversation.item.delete', item_id: 'a1' },
    ])
    expect(types()).not.toContain('conversation.item.deleted')
    expect(types().filter((type) => type === 'conversation.item.added')).toHaveLength(1)
  })

  it('ends one that the mind still writes when the mind does, and the voice at once', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, types, all, forget } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second))
    forget()
    await think(speechStarted, answer.text(third))
    expect(voice.all('response.cancel')).toHaveLength(1)
    expect(types()).toEqual(['input_audio_buffer.speech_started'])
    const reason = { type: 'cancelled', reason: 'turn_detected' }
    await think(...answer.end(first + second + third, 'incomplete', { status_details: reason }))
    expect(types().slice(1)).toEqual(spokenEnd)
    expect(all('response.done')[0]?.response).toMatchObject({ status: 'cancelled', status_details: reason })
    expect(all('response.output_audio_transcript.done')[0]?.transcript).toBe(first)
  })

  it('is not heard by a session that does not let itself be interrupted', async () => {
    const voice = scriptedVoice({ finishes: false })
    const turn_detection = { type: 'server_vad' as const, interrupt_response: false }
    const mind = scriptedLeg({ session: { audio: { input: { turn_detection } } } })
    const { think, settle, all } = await connectDuet({ provider: voice.provider }, { mind })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first), speechStarted)
    expect(voice.all('response.cancel')).toEqual([])
    voice.finish()
    await settle()
    expect(all('response.done')[0]?.response.status).toBe('completed')
  })

  it('stops a clause that the voice has not begun as soon as it has', async () => {
    const voice = scriptedLeg({ capabilities: voiceCapabilities })
    const { think, all, settle } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    await think(speechStarted)
    expect(voice.all('response.cancel')).toEqual([])
    voice.send(
      { type: 'response.created', response: { id: 'late' } },
      {
        type: 'response.output_audio.delta',
        response_id: 'late',
        item_id: 'v',
        output_index: 0,
        content_index: 0,
        delta: sound(1),
      },
    )
    await settle()
    expect(voice.all('response.cancel')).toMatchObject([{ response_id: 'late' }])
    expect(all('response.output_audio.delta')).toEqual([])
    expect(all('response.done')[0]?.response.status).toBe('cancelled')
  })

  it('is answered only when the voice has ended the clause it was cut in', async () => {
    const voice = scriptedVoice({ finishes: false, cancels: false })
    const { think, settle } = await connectDuet({ provider: voice.provider })
    const [one, two] = [writing(), writing('r2', 'a2')]
    await think(...one.begin(), one.text(first), ...one.end(first))
    await think(speechStarted, ...two.begin(), two.text(second), ...two.end(second))
    expect(voice.all('response.cancel')).toHaveLength(1)
    expect(spokenTexts(voice)).toEqual(['Hello there.'])
    voice.finish()
    await settle()
    expect(spokenTexts(voice)).toEqual(['Hello there.', 'How are you?'])
  })
})

describe('a cancelled answer', () => {
  it('is cancelled at both legs while the mind writes', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, mind, all } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first))
    await send({ type: 'response.cancel' })
    expect(mind.all('response.cancel')).toMatchObject([{ response_id: 'r1' }])
    expect(voice.all('response.cancel')).toMatchObject([{ response_id: 'v1' }])
    await think(...answer.end(first, 'incomplete'))
    expect(all('response.done')[0]?.response.status).toBe('cancelled')
  })

  it('is ended by the duet when the mind has finished, without an error of the mind', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, mind, all } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    await send({ type: 'response.cancel', response_id: 'r1' })
    expect(mind.all('response.cancel')).toEqual([])
    expect(all('response.done')[0]?.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'client_cancelled' },
    })
    expect(all('error')).toEqual([])
  })

  it('that was over when the mind heard of it is no error', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, mind, all } = await connectDuet({ provider: voice.provider })
    const answer = writing()
    await think(...answer.begin(), answer.text(first))
    await send({ type: 'response.cancel' })
    const event_id = mind.all('response.cancel')[0]?.event_id
    const error = {
      type: 'invalid_request_error',
      code: 'response_cancel_not_active',
      message: 'None.',
      event_id,
    }
    await think(...answer.end(first), { type: 'error', error })
    expect(all('error')).toEqual([])
    expect(all('response.done')[0]?.response.status).toBe('cancelled')
  })

  it('that nobody gives is left to the mind to refuse', async () => {
    const { send, mind } = await connectDuet({ provider: scriptedVoice().provider })
    await send({ type: 'response.cancel', event_id: 'mine', response_id: 'rx' })
    expect(mind.all('response.cancel')).toMatchObject([{ event_id: 'mine', response_id: 'rx' }])
  })
})

describe('an answer that is cut to what was heard', () => {
  async function told(heard: string | undefined, audioEndMs?: number) {
    const voice = scriptedVoice()
    const connected = await connectDuet({ provider: voice.provider }, { mind: obedientMind() })
    const answer = writing()
    await connected.think(...answer.begin(), answer.text(first + second), ...answer.end(first + second))
    connected.forget()
    await connected.send(truncate(heard, audioEndMs))
    return connected
  }

  it('is another item at the mind and the same one for the client', async () => {
    const { mind, types, all, send, think } = await told('Hello there.')
    expect(types()).toEqual(['conversation.item.truncated'])
    expect(all('conversation.item.truncated')).toMatchObject([
      { item_id: 'a1', content_index: 0, audio_end_ms: 100 },
    ])
    const created = mind.all('conversation.item.create')[0]
    const mindId = created?.item.id
    expect(created).toMatchObject({ previous_item_id: 'a1', item: { content: [{ text: 'Hello there.' }] } })
    expect(mind.all('conversation.item.delete')).toMatchObject([{ item_id: 'a1' }])
    await send({ type: 'conversation.item.retrieve', item_id: 'a1' })
    expect(mind.all('conversation.item.retrieve')).toMatchObject([{ item_id: mindId }])
    expect(all('conversation.item.retrieved')[0]?.item).toMatchObject({
      id: 'a1',
      content: [{ type: 'output_audio', transcript: 'Hello there.' }],
    })
    await think({ type: 'input_audio_buffer.committed', item_id: 'u9', previous_item_id: mindId })
    expect(all('input_audio_buffer.committed')[0]).toMatchObject({ previous_item_id: 'a1' })
    await send({ type: 'conversation.item.delete', item_id: 'a1' })
    expect(mind.all('conversation.item.delete').at(-1)).toMatchObject({ item_id: mindId })
    expect(all('conversation.item.deleted')).toMatchObject([{ item_id: 'a1' }])
  })

  it('can be cut again', async () => {
    const { mind, send, all } = await told('Hello there. How')
    const [created] = mind.all('conversation.item.create')
    await send(truncate('Hello'))
    expect(mind.all('conversation.item.create')[1]).toMatchObject({ previous_item_id: created?.item.id })
    expect(mind.all('conversation.item.delete')[1]).toMatchObject({ item_id: created?.item.id })
    expect(all('conversation.item.truncated')).toHaveLength(2)
  })

  it('is gone at the mind when nothing was heard', async () => {
    const { mind, send, all } = await told('')
    expect(mind.all('conversation.item.create')).toEqual([])
    expect(mind.all('conversation.item.delete')).toMatchObject([{ item_id: 'a1' }])
    expect(all('conversation.item.truncated')).toHaveLength(1)
    await send({ type: 'conversation.item.delete', item_id: 'a1' })
    expect(mind.all('conversation.item.delete')).toHaveLength(1)
    expect(all('conversation.item.deleted')).toMatchObject([{ item_id: 'a1' }])
  })

  it('is cut to whole clauses when nobody says which words were heard', async () => {
    const { mind } = await told(undefined, 150)
    expect(mind.all('conversation.item.create')).toMatchObject([
      { item: { content: [{ text: 'Hello there.' }] } },
    ])
  })

  it('waits until the mind has finished it', async () => {
    const voice = scriptedVoice({ finishes: false })
    const { think, send, mind, all } = await connectDuet(
      { provider: voice.provider },
      { mind: obedientMind() },
    )
    const answer = writing()
    await think(...answer.begin(), answer.text(first + second), speechStarted)
    await send(truncate('Hello'))
    expect(mind.all('conversation.item.delete')).toEqual([])
    await think(...answer.end(first + second, 'incomplete'))
    expect(mind.all('conversation.item.create')).toMatchObject([{ item: { content: [{ text: 'Hello' }] } }])
    expect(mind.all('conversation.item.delete')).toHaveLength(1)
    expect(all('conversation.item.truncated')).toHaveLength(1)
  })

  it('must be one, and the answer to a refusal of the mind names the client event', async () => {
    const voice = scriptedVoice()
    const { think, send, mind, all } = await connectDuet({ provider: voice.provider })
    await send({ ...truncate('x'), item_id: 'other' } as ClientEvent)
    expect(all('error')).toMatchObject([
      { error: { code: 'item_truncate_invalid_item_id', event_id: 'cut' } },
    ])
    const answer = writing()
    await think(...answer.begin(), answer.text(first), ...answer.end(first))
    await send(truncate('Hello'))
    const event_id = mind.all('conversation.item.delete')[0]?.event_id
    await think({ type: 'error', error: { type: 'server_error', message: 'Not now.', event_id } })
    expect(all('error')[1]).toMatchObject({ error: { message: 'Not now.', event_id: 'cut' } })
  })
})
