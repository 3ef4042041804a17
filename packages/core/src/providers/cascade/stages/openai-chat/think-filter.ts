/** Removes reasoning that a model writes into its answer, while the text streams. */
export interface ThinkFilter {
  /** Takes more text, answers with what may be spoken; may hold back a few characters. */
  push(text: string): string
  /** Answers with text held back that turned out to be no tag. */
  flush(): string
}

const opening = ['<think>', '<thinking>'] as const
const closing = ['</think>', '</thinking>'] as const

/**
 * Creates a filter for `<think>...</think>` and `<thinking>...</thinking>`, cut anywhere. White space around
 * the reasoning is not doubled. A stray closing tag is removed; reasoning that is
 * never closed stays unspoken.
 */
export function createThinkFilter(): ThinkFilter {
  let held = ''
  let thinking = false
  let trimStart = true
  let endsInSpace = true

  function emit(text: string): string {
    const out = trimStart ? text.trimStart() : text
    if (out !== '') {
      trimStart = false
      endsInSpace = /\s$/.test(out)
    }
    return out
  }

  return {
    push(text) {
      held += text
      let out = ''
      for (;;) {
        const found = firstTag(held, thinking ? closing : [...opening, ...closing])
        if (found === undefined) break
        if (!thinking) out += emit(held.slice(0, found.at))
        held = held.slice(found.at + found.tag.length)
        thinking = !found.tag.startsWith('</')
        trimStart = endsInSpace
      }
      const keep = partialTagLength(held, thinking ? closing : [...opening, ...closing])
      if (!thinking) out += emit(held.slice(0, held.length - keep))
      held = held.slice(held.length - keep)
      return out
    },
    flush() {
      const rest = thinking ? '' : emit(held)
      held = ''
      return rest
    },
  }
}

function firstTag(text: string, tags: readonly string[]): { at: number; tag: string } | undefined {
  const lower = text.toLowerCase()
  return tags
    .map((tag) => ({ at: lower.indexOf(tag), tag }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0]
}

/** Length of the longest end of the text that could be the start of a tag. */
function partialTagLength(text: string, tags: readonly string[]): number {
  const lower = text.toLowerCase()
  const at = lower.lastIndexOf('<')
  if (at < 0) return 0
  const tail = lower.slice(at)
  return tags.some((tag) => tag.startsWith(tail)) ? tail.length : 0
}
