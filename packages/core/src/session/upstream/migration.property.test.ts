import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RealtimeError } from '../../errors.ts'
import type { ClientEvent } from '../../events/client-events.ts'
import type { ServerEvent } from '../../events/server-events.ts'
import { manualSession, modelBackend } from '../../testing/model-backend.ts'
import { fullCapabilities } from '../../testing/full-capabilities.ts'
import { openTestSession, silence, toldClient } from '../../testing/session-fixture.ts'
import type { SessionInput, SessionOutput } from '../session-state.ts'

/** What may happen next. */
type Act =
  | { readonly act: 'say'; readonly n: number }
  | { readonly act: 'ask' | 'speak' | 'commit' | 'lose' | 'replace' | 'replace-other' | 'prepare' }
  | { readonly act: 'hear'; readonly n: number }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.nat(99).map((n): Act => ({ act: 'say', n })) },
  { weight: 3, arbitrary: fc.constant<Act>({ act: 'ask' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ act: 'speak' }) },
  { weight: 2, arbitrary: fc.constant<Act>({ act: 'commit' }) },
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }).map((n): Act => ({ act: 'hear', n })) },
  { weight: 2, arbitrary: fc.constant<Act>({ act: 'lose' }) },
  { weight: 3, arbitrary: fc.constantFrom<Act>({ act: 'replace' }, { act: 'replace-other' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'prepare' }) },
)

const lost = new RealtimeError('backend_unavailable', 'It fell over.')

/** Plays a session against backends that keep every rule, and lets it come to rest. */
function play(acts: readonly Act[]) {
  const session = openTestSession({
    recovers: true,
    capabilities: { sessionLimitMinutes: 60, interruption: 'native' },
  })
  const outputs: SessionOutput[] = []
  const sent: ClientEvent[] = []
  let backends = 1
  let backend = modelBackend('b1')
  let standby: ReturnType<typeof modelBackend> | undefined
  let at = 0
  let asked = 0

  function input(next: SessionInput): void {
    for (const output of session.input({ ...next, at: (at += 1) })) {
      outputs.push(output)
      if (output.to === 'upstream' && 'takeOver' in output && standby) backend = standby
      if (output.to === 'provider' || output.to === 'upstream') backend.take(output)
    }
  }
  function client(event: ClientEvent): void {
    sent.push(event)
    input({ from: 'client', event, at })
  }
  function hear(): boolean {
    if (session.state().gap) return false
    const event = backend.next()
    if (event) input({ from: 'provider', event, at })
    return event !== undefined
  }
  function replace(capabilities: object = {}): void {
    const { gap, succession } = session.state()
    if (!gap && !succession) return
    standby = modelBackend(`b${(backends += 1)}`)
    const created = { type: 'session.created', event_id: 'e', session: manualSession } as const
    const able = { ...fullCapabilities, sessionLimitMinutes: 60, ...capabilities }
    input({
      from: 'upstream',
      ready: { backend: 'backend', model: undefined, capabilities: able, created },
      at,
    })
  }
  function perform(next: Act): void {
    switch (next.act) {
      case 'say':
        return client({
          type: 'conversation.item.create',
          item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: `word ${next.n}` }] },
        })
      case 'ask':
        return client({ type: 'response.create', event_id: `ask_${(asked += 1)}` })
      case 'speak':
        return client({ type: 'input_audio_buffer.append', audio: silence(150) })
      case 'commit':
        return client({ type: 'input_audio_buffer.commit' })
      case 'lose':
        if (!session.state().gap) input({ from: 'provider', lost, at })
        return
      case 'replace':
        return replace()
      case 'replace-other':
        return replace({ truncation: 'none', itemDeletion: 'none' })
      case 'prepare':
        at += 59.5 * 60_000
        return input({ from: 'clock', reached: at, at })
      case 'hear':
        for (let n = 0; n < next.n; n += 1) hear()
        return
    }
  }

  const settings = { turn_detection: null, transcription: { model: 'm' } }
  client({ type: 'session.update', session: { type: 'realtime', audio: { input: settings } } })
  hear()
  for (const next of acts) perform(next)
  if (session.state().gap) replace()
  while (hear());
  return { session, outputs, sent, context: backend.context, told: toldClient(outputs) }
}

const acts = fc.array(act, { maxLength: 60 })

function holds(check: (played: ReturnType<typeof play>) => void): void {
  fc.assert(
    fc.property(acts, (each) => check(play(each))),
    { numRuns: 400 },
  )
}

/** Any order will do, if it is one. */
const byName = (one: unknown, other: unknown): number => String(one).localeCompare(String(other))

function countOf(told: readonly ServerEvent[], type: ServerEvent['type']): number {
  return told.filter((event) => event.type === type).length
}

describe('whenever a backend is lost and another goes on', () => {
  it('two responses never run at once, and each ends once', () => {
    holds(({ told }) => {
      const running = new Set<unknown>()
      for (const event of told) {
        if (event.type === 'response.created') running.add(event.response.id)
        expect(running.size).toBeLessThanOrEqual(1)
        if (event.type === 'response.done') expect(running.delete(event.response.id)).toBe(true)
      }
      expect([...running]).toEqual([])
    })
  })

  it('every item is told once, in one order, and none is lost', () => {
    holds(({ told, sent, session }) => {
      const done = told.flatMap((event) => (event.type === 'conversation.item.done' ? [event.item.id] : []))
      expect(new Set(done).size).toBe(done.length)
      const said = sent.filter(({ type }) => type === 'conversation.item.create').length
      const committed = countOf(told, 'input_audio_buffer.committed')
      const users = told.filter(
        (event) =>
          event.type === 'conversation.item.done' &&
          event.item.type === 'message' &&
          event.item.role === 'user',
      )
      expect(users).toHaveLength(said + committed)
      expect([...session.state().conversation.order].toSorted(byName)).toEqual(done.toSorted(byName))
    })
  })

  it('every commit is answered once', () => {
    holds(({ told, sent }) => {
      const commits = sent.filter(({ type }) => type === 'input_audio_buffer.commit').length
      const refused = told.filter(
        (event) => event.type === 'error' && event.error.code === 'input_audio_buffer_commit_empty',
      ).length
      expect(countOf(told, 'input_audio_buffer.committed') + refused).toBe(commits)
    })
  })

  it('every request that was taken has one answer of which something came', () => {
    holds(({ told, sent }) => {
      const asked = sent.filter(({ type }) => type === 'response.create').length
      const refused = told.filter(
        (event) => event.type === 'error' && event.error.code === 'conversation_already_has_active_response',
      ).length
      const heard = new Set(
        told.flatMap((event) =>
          event.type === 'response.output_audio_transcript.delta' ? [event.response_id] : [],
        ),
      )
      expect(heard.size).toBe(asked - refused)
    })
  })

  it('the words of every turn are known in the end', () => {
    holds(({ told }) => {
      const committed = told.flatMap((event) =>
        event.type === 'input_audio_buffer.committed' ? [event.item_id] : [],
      )
      const words = told.flatMap((event) =>
        event.type === 'conversation.item.input_audio_transcription.completed' ? [event.item_id] : [],
      )
      for (const id of words) expect(committed).toContain(id)
      expect(new Set(words).size).toBe(words.length)
    })
  })

  it('the last backend holds what has words, in the order of the conversation', () => {
    holds(({ session, context }) => {
      const { conversation, aliases } = session.state()
      const held = context.map(({ id = '' }) => aliases.toClient.get(id) ?? id)
      expect(new Set(held).size).toBe(held.length)
      const order = conversation.order.filter((id) => held.includes(id))
      expect(held).toEqual(order)
      for (const id of conversation.order) {
        const item = conversation.items.get(id)
        if (item?.type !== 'message') continue
        const hasWords = item.content.some(
          (part) =>
            ('text' in part && typeof part.text === 'string' && part.text !== '') ||
            ('transcript' in part && typeof part.transcript === 'string' && part.transcript !== ''),
        )
        if (hasWords) expect(held).toContain(id)
      }
    })
  })
})
