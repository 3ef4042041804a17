import type { Latency } from './latency.ts'
import type { NamedBackend, Notice } from './notice.ts'

/** One entry of the transcript. */
export interface Turn {
  readonly itemId: string
  /** `notice`: said by the gateway about the session, not part of the conversation. */
  readonly role: 'user' | 'assistant' | 'tool' | 'notice'
  readonly text: string
  /** `live` still grows; `failed` was heard and not understood. */
  readonly status: 'live' | 'done' | 'failed'
  /** Part of the text that was heard, set once the answer was cut off. */
  readonly heard: string | undefined
  /** When it began, Unix ms. */
  readonly at: number
  readonly latency: Latency | undefined
  /** Who gave this answer, where that is known. */
  readonly by?: NamedBackend
  /** What happened, for a notice whose words are the page's own. */
  readonly notice?: Notice
  /** Content part whose sound is kept. */
  readonly sound?: number
  /** The session ended in the middle of this answer. */
  readonly brokeOff?: boolean
}

/** A notice as a turn; its words depend on the language of the page. */
export function noticeTurn(notice: Notice, at: number): Turn {
  return {
    itemId: `notice ${notice.kind} ${at}`,
    role: 'notice',
    text: '',
    status: 'done',
    heard: undefined,
    at,
    latency: undefined,
    notice,
  }
}

/** Who gave the last answer. */
export function lastAnswerer(turns: readonly Turn[]): NamedBackend | undefined {
  return turns.findLast(({ by }) => by !== undefined)?.by
}

/** Changes the turn with this id, or adds it behind `previousItemId` (at the end when that is not known). */
export function upsertTurn(
  turns: readonly Turn[],
  turn: Pick<Turn, 'itemId' | 'role' | 'at'>,
  options: { readonly change: (turn: Turn) => Turn; readonly previousItemId?: string | null | undefined },
): readonly Turn[] {
  const index = turns.findIndex((other) => other.itemId === turn.itemId)
  if (index >= 0) return turns.map((other, place) => (place === index ? options.change(other) : other))
  const added = options.change({ ...turn, text: '', status: 'live', heard: undefined, latency: undefined })
  const previous = turns.findLastIndex((other) => other.itemId === options.previousItemId)
  if (previous < 0) return [...turns, added]
  // What the gateway said about the session stays where it was said, and so does an answer that it lost.
  let place = previous + 1
  while (turns[place]?.role === 'notice' || turns[place]?.brokeOff) place += 1
  return turns.toSpliced(place, 0, added)
}

/** Changes the turn with this id; an unknown id changes nothing. */
export function changeTurn(
  turns: readonly Turn[],
  itemId: string,
  change: (turn: Turn) => Turn,
): readonly Turn[] {
  return turns.map((turn) => (turn.itemId === itemId ? change(turn) : turn))
}

/** What was said and its answers: what a translation shows side by side. */
export interface Exchange {
  /** `undefined` where an answer came without anything said before. */
  readonly said: Turn | undefined
  readonly answers: readonly Turn[]
}

/** The turns as exchanges; each thing said begins one. */
export function exchangesOf(turns: readonly Turn[]): readonly Exchange[] {
  const exchanges: { said: Turn | undefined; answers: Turn[] }[] = []
  for (const turn of turns) {
    const last = exchanges.at(-1)
    if (turn.role === 'user' || !last) {
      exchanges.push(
        turn.role === 'user' ? { said: turn, answers: [] } : { said: undefined, answers: [turn] },
      )
    } else last.answers.push(turn)
  }
  return exchanges
}

/** The text as it was heard and the rest that was not. All of it counts as heard unless the turn was cut off. */
export function splitHeard(turn: Pick<Turn, 'text' | 'heard'>): { heard: string; unheard: string } {
  if (turn.heard === undefined) return { heard: turn.text, unheard: '' }
  // The server may have normalised white space: the cut goes behind as many visible characters as were heard.
  let left = turn.heard.replaceAll(/\s/g, '').length
  let end = 0
  while (left > 0 && end < turn.text.length) {
    if (!/\s/.test(turn.text.charAt(end))) left -= 1
    end += 1
  }
  return { heard: turn.text.slice(0, end), unheard: turn.text.slice(end) }
}
