import type { Item } from '../../../../events/items.ts'
import { notesTitle, replacesEarlier } from '../../../../events/parley-events.ts'
import type { Turn } from './turn.ts'

/** What a session was told of earlier talk. */
export interface Notes {
  /** Facts and sentences of a summary. */
  readonly known: readonly string[]
  /** What was said, in part. */
  readonly said: readonly Turn[]
}

/** Reads the notes of a session, wherever it was told them; everything else of the instructions is not for it. */
export function notesIn(items: readonly Item[], instructions: string): Notes {
  const system = items.flatMap((item) =>
    item.type === 'message' && item.role === 'system' ? item.content.map(({ text }) => text) : [],
  )
  const notes = [...system, instructions].flatMap((text) => {
    const at = text.indexOf(notesTitle)
    return at === -1 ? [] : [text.slice(at).split('\n')]
  })
  const current = notes.findLastIndex(([first]) => first?.includes(replacesEarlier))
  const lines = notes.slice(Math.max(0, current)).flatMap((note) => note.slice(1))
  const known: string[] = []
  const said: Turn[] = []
  for (const line of lines) {
    const { speaker, text } =
      /^(?:- )?(?:(?<speaker>User|Assistant|Application|Tool call|Tool result): )?(?<text>.*)$/su.exec(line)
        ?.groups ?? {}
    if (text === undefined || text === '' || (speaker === undefined && text.endsWith(':'))) continue
    if (speaker === 'User' || speaker === 'Assistant') {
      said.push({ role: speaker === 'User' ? 'user' : 'assistant', text })
    } else if (speaker === undefined) {
      known.push(...(line.startsWith('- ') ? [text] : text.split(/(?<=[.!?])\s+/u)))
    }
  }
  return { known, said }
}
