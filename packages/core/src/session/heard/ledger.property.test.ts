import { withSound } from '@parley/audio'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ServerEvent } from '../../events/server-events.ts'
import { foldEntries, toReplayItems } from '../../storage/context-items.ts'
import type { ContextEntry, StoredEntry } from '../../storage/context-store.ts'
import { finished, openTestSession, speaking, toldBackend } from '../../testing/session-fixture.ts'
import type { TestSession } from '../../testing/session-fixture.ts'
import { heardText, sentText, silentTrack, withText } from './heard.ts'
import type { Track } from './heard.ts'
import type { SessionInput, SessionOutput } from '../session-state.ts'

const phrase = fc
  .array(fc.constantFrom('one', 'two,', 'three.', 'vier', 'fünf', '六'), { minLength: 1, maxLength: 12 })
  .map((words) => words.join(' '))

const tracks: fc.Arbitrary<Track> = fc
  .record({
    pieces: fc.array(fc.record({ text: phrase, ms: fc.nat(900) }), { minLength: 1, maxLength: 6 }),
    timed: fc.nat(20),
    complete: fc.boolean(),
  })
  .map(({ pieces, timed, complete }) => {
    const sent = pieces.reduce<Track>((track, { text, ms }) => {
      const next = withText(track, `${text} `)
      return { ...next, playout: withSound(next.playout, ms, { at: 0, notBefore: 0 }) }
    }, silentTrack)
    const spoken = sentText(sent).trim().split(' ')
    const words = spoken
      .slice(0, timed)
      .map((text, index) => ({ text, startMs: index * 90, endMs: index * 90 + 80 }))
    return { ...sent, words, complete }
  })

describe('the words heard', () => {
  it('are the beginning of those sent, and never fewer later on', () => {
    fc.assert(
      fc.property(tracks, fc.array(fc.nat(6_000), { maxLength: 8 }), (track, times) => {
        let before = ''
        for (const ms of times.toSorted((a, b) => a - b)) {
          const words = heardText(track, ms)
          expect(sentText(track).startsWith(words)).toBe(true)
          expect(words.startsWith(before)).toBe(true)
          before = words
        }
      }),
    )
  })
})

type Move =
  | { readonly kind: 'answer'; readonly words: string; readonly ms: number; readonly done: boolean }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'speech' | 'cancel' | 'wake' }
  | { readonly kind: 'update' | 'truncate'; readonly back: number; readonly share: number }

const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('answer' as const),
      words: phrase,
      ms: fc.nat(4_000),
      done: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1_500) }),
    fc.record({ kind: fc.constantFrom('speech' as const, 'cancel' as const, 'wake' as const) }),
    fc.record({
      kind: fc.constantFrom('update' as const, 'truncate' as const),
      back: fc.nat(2),
      share: fc.double({ min: 0, max: 1.2, noNaN: true }),
    }),
  ),
  { maxLength: 25 },
)

interface Played {
  readonly session: TestSession
  readonly entries: readonly ContextEntry[]
  readonly lengths: ReadonlyMap<string, number>
}

/** Plays the moves against a session whose backend truncates what it is asked to, and ends it. */
function playAll(script: readonly Move[]): Played {
  const session = openTestSession()
  const entries: ContextEntry[] = []
  const lengths = new Map<string, number>()
  let at = 0
  let open: { readonly response: string; readonly item: string; readonly words: string } | undefined

  function take(outputs: readonly SessionOutput[]): void {
    for (const output of outputs) if (output.to === 'store') entries.push(...output.entries)
    for (const event of toldBackend(outputs)) {
      if (event.type !== 'conversation.item.truncate') continue
      const { item_id, content_index, audio_end_ms } = event
      const type = 'conversation.item.truncated'
      take(session.provider({ type, event_id: 'e', item_id, content_index, audio_end_ms }, at))
    }
  }
  const input = (next: SessionInput): void => take(session.input(next))
  const told = (events: readonly ServerEvent[]): void => {
    for (const event of events) input({ from: 'provider', event, at })
  }
  const finish = (status: 'completed' | 'cancelled'): void => {
    if (open) told(finished(open.response, open.item, { words: open.words, status }))
    open = undefined
  }

  for (const [index, move] of script.entries()) {
    switch (move.kind) {
      case 'answer': {
        finish('completed')
        const item = `i${index}`
        open = { response: `r${index}`, item, words: move.words }
        lengths.set(item, move.ms)
        told(speaking(open.response, item, { words: move.words, ms: move.ms }))
        if (move.done) finish('completed')
        break
      }
      case 'wait':
        at += move.ms
        break
      case 'wake':
        input({ from: 'clock', reached: at, at })
        break
      case 'speech':
        told([{ type: 'input_audio_buffer.speech_started', event_id: 'e', audio_start_ms: at, item_id: 'u' }])
        finish('cancelled')
        break
      case 'cancel':
        input({ from: 'client', event: { type: 'response.cancel' }, at })
        finish('cancelled')
        break
      case 'update':
      case 'truncate': {
        const [item_id, ms] = [...lengths].at(-1 - move.back) ?? ['none', 0]
        const place = { item_id, content_index: 0 }
        const own = { type: 'parley.playback.update', ...place, audio_ms: ms * move.share }
        input({
          from: 'client',
          event:
            move.kind === 'update'
              ? { type: 'extension', dialect: 'openai-ga', event: own }
              : { type: 'conversation.item.truncate', ...place, audio_end_ms: ms * move.share },
          at,
        })
      }
    }
  }
  input({ from: 'clock', end: undefined, at })
  return { session, entries, lengths }
}

function textOf(item: unknown): string {
  const content: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'content') : []
  if (!Array.isArray(content)) return ''
  return content
    .map((part: { text?: string; transcript?: string }) => part.text ?? part.transcript ?? '')
    .join('')
}

describe('whatever happens in a session', () => {
  it('nobody heard more than was made, and what is told again is what was heard', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { session, entries, lengths } = playAll(script)
        for (const entry of entries) {
          if (entry.type !== 'heard') continue
          expect(entry.generatedMs).toBe(lengths.get(entry.itemId))
          expect(entry.heardMs).toBeGreaterThanOrEqual(0)
          expect(entry.heardMs).toBeLessThanOrEqual(entry.generatedMs)
        }
        const stored: readonly StoredEntry[] = entries.map((entry, index) => ({
          revision: index + 1,
          at: 0,
          entry,
        }))
        const replayed = new Map(toReplayItems(foldEntries(stored)).map((item) => [item.id, textOf(item)]))
        for (const [id, item] of session.state().conversation.items)
          expect(replayed.get(id) ?? '').toBe(textOf(item).trim() === '' ? '' : textOf(item))
      }),
      { numRuns: 400 },
    )
  })

  it('every response of the conversation has one entry, and an item is stored before what was heard of it', () => {
    fc.assert(
      fc.property(moves, (script) => {
        const { entries, lengths } = playAll(script)
        const ended = entries.flatMap((entry) => (entry.type === 'response' ? [entry.responseId] : []))
        expect(ended.toSorted()).toEqual([...lengths.keys()].map((id) => id.replace('i', 'r')).toSorted())
        const known = new Set<string>()
        for (const entry of entries) {
          if (entry.type === 'item' && entry.item.id !== undefined) known.add(entry.item.id)
          if (entry.type === 'heard') expect(known).toContain(entry.itemId)
        }
      }),
      { numRuns: 200 },
    )
  })
})
