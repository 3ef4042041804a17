/** One side's words, as they come in. */
interface Entry {
  readonly side: 'you' | 'parley'
  text: string
  isDone: boolean
  note: string
}

/** Both sides' words in the order they were begun. Whole turns become lines, the rest is shown live. */
export interface Transcript {
  /** The person began to speak or typed; what is older is written down as it stands. */
  person(id: string): void
  backend(id: string): void
  /** Adds words to a turn, or replaces them with the whole text. */
  add(id: string, words: string): void
  replace(id: string, text: string): void
  /** Says something about a turn, such as how long it took to come. */
  note(id: string, note: string): void
  done(id: string): void
  /** Writes down everything, whole or not. */
  flush(): void
}

/** What a transcript is shown on. */
export interface TranscriptView {
  readonly onLine: (side: Entry['side'], text: string, note: string) => void
  /** What is being said; empty for nothing. */
  readonly onLive: (side: Entry['side'], text: string) => void
}

/** An empty transcript. */
export function createTranscript({ onLine, onLive }: TranscriptView): Transcript {
  const entries = new Map<string, Entry>()

  function begin(id: string, side: Entry['side']): void {
    if (entries.has(id)) return
    if (side === 'you') write(() => true)
    entries.set(id, { side, text: '', isDone: false, note: '' })
  }

  /** Writes entries from the oldest on, as long as they may be written. */
  function write(mayBe: (entry: Entry) => boolean): void {
    const written: Entry[] = []
    for (const [id, entry] of entries) {
      if (!mayBe(entry)) break
      entries.delete(id)
      written.push(entry)
    }
    const last = [...entries.values()].findLast(({ text }) => text !== '')
    onLive(last?.side ?? 'you', last?.text.trim() ?? '')
    for (const { side, text, note } of written) {
      if (text.trim() !== '' || note !== '') onLine(side, text.trim(), note)
    }
  }

  function change(id: string, apply: (entry: Entry) => void): void {
    const entry = entries.get(id)
    if (entry === undefined) return
    apply(entry)
    write(({ isDone }) => isDone)
  }

  return {
    person: (id) => begin(id, 'you'),
    backend: (id) => begin(id, 'parley'),
    add: (id, words) => change(id, (entry) => (entry.text += words)),
    replace: (id, text) => change(id, (entry) => (entry.text = text)),
    note(id, note) {
      change(id, (entry) => (entry.note = entry.note === '' ? note : `${entry.note}, ${note}`))
    },
    done: (id) => change(id, (entry) => (entry.isDone = true)),
    flush: () => write(() => true),
  }
}
