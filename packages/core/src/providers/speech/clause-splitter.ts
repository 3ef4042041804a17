/** Sizes of the pieces, in UTF-16 code units. */
export interface ClauseSplitterOptions {
  /** Length at which the first clause is cut at a word border, so that sound starts early. Default 40. */
  readonly firstMaxChars?: number
  /** Length at which a long sentence is cut. Default 200. */
  readonly maxChars?: number
  /** Ends the first clause at its first comma, so that sound starts early. Default true; else whole sentences. */
  readonly early?: boolean
}

/** Cuts streaming text into pieces worth speaking. Joined, the pieces are the text that came in. */
export interface ClauseSplitter {
  /** Takes more text, answers with the clauses that are complete now. */
  push(text: string): readonly string[]
  /** Answers with what is left and starts anew: the next clause is a first one again. */
  flush(): readonly string[]
}

/**
 * Creates a splitter. The first clause ends at the first comma or clause end, later ones at the end of a
 * sentence or line. White space after a clause belongs to it. The pieces do not depend on how the text was
 * chunked.
 */
export function createClauseSplitter(options: ClauseSplitterOptions = {}): ClauseSplitter {
  const { maxChars = 200, early = true } = options
  const firstMaxChars = early ? (options.firstMaxChars ?? 40) : maxChars
  let pending = ''
  let scanned = 0
  let first = early

  function take(length: number): string {
    const clause = pending.slice(0, length)
    pending = pending.slice(length)
    scanned = 0
    if (/[\p{L}\p{N}]/u.test(clause)) first = false
    return clause
  }

  // Invariant: a cut at n is decided by the first n characters and the length limit alone, so chunking cannot move it.
  function nextCut(): number {
    const limit = first ? firstMaxChars : maxChars
    for (let end = scanned + 1; end <= pending.length; end += 1) {
      if (endsClause(pending, end, first)) return end
      if (end > limit) {
        const cut = cutLong(pending.slice(0, end), limit, maxChars)
        if (cut > 0) return cut
      }
      scanned = end
    }
    return 0
  }

  return {
    push(text) {
      pending += text
      const clauses: string[] = []
      for (let cut = nextCut(); cut > 0; cut = nextCut()) clauses.push(take(cut))
      return clauses
    },
    flush() {
      const rest = pending === '' ? [] : [take(pending.length)]
      first = early
      return rest
    },
  }
}

const abbreviations = new Set(
  (
    'mr mrs ms dr prof st vs etc no nr approx inc ltd co corp jr sr fig dept est eg ie ' +
    'bzw ca usw vgl evtl ggf inkl exkl max min mio mrd str tel abb bsp geb gest sog bspw zzgl einschl allg ' +
    'jan feb apr aug sept okt oct nov dez dec hr fr frl ing'
  ).split(' '),
)

/** Whether a clause ends with the white space (or full-width mark) at `end - 1`. */
function endsClause(text: string, end: number, first: boolean): boolean {
  const last = text.charAt(end - 1)
  if (/[。！？]/.test(last) || (first && /[，、；：]/.test(last))) return true
  if (!/\s/.test(last)) return false
  // A clause is short; the look behind need not be long.
  const before = text.slice(Math.max(0, end - 64), end - 1)
  if (!/[\p{L}\p{N}]/u.test(before)) return false
  if (last === '\n') return true
  const closed = before.replace(/["'”“’»«)\]*_`]+$/u, '')
  if (/[!?…]$/.test(closed)) return true
  if (first && /[,;:–—]$/.test(closed)) return true
  return closed.endsWith('.') && !isInnerDot(closed)
}

/** Whether the full stop at the end belongs to an abbreviation, an initial, an ordinal or a list number. */
function isInnerDot(text: string): boolean {
  const word =
    /(\S+)\.$/
      .exec(text)?.[1]
      ?.replace(/^["'“„»«([*_]+/u, '')
      .toLowerCase() ?? ''
  if (/^\p{L}$/u.test(word) || /^\d{1,2}$/.test(word)) return true
  return abbreviations.has(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word)
}

/** Where to cut text that grew past `limit`: after a comma, else between words, else inside an endless word. */
function cutLong(text: string, limit: number, maxChars: number): number {
  const window = text.slice(0, limit)
  const comma = /^[\s\S]*\S[,;:–—]\s/.exec(window)?.[0].length ?? 0
  if (comma > limit / 4) return comma
  const word = /^[\s\S]*\S\s/.exec(window)?.[0].length ?? 0
  if (word > 0) return word
  if (/\S\s$/.test(text)) return text.length
  if (text.length < maxChars * 2) return 0
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length
}
