/** What a language tells about where a sentence can end. Words are lower case, without punctuation. */
export interface Grammar {
  /** BCP 47 primary tag. */
  readonly language: string
  /** Words by which the language is known. */
  readonly markers: ReadonlySet<string>
  /** Sounds and words of hesitation; several words are joined by a space. */
  readonly fillers: ReadonlySet<string>
  /** Never the last word of a sentence: articles, prepositions, conjunctions, possessives. */
  readonly openers: ReadonlySet<string>
  /** Seldom the last word: auxiliaries, verbs that want an object, adverbs of degree. */
  readonly leaners: ReadonlySet<string>
  /** Endings of a turn that seldom end a sentence, of several words. */
  readonly openPhrases: readonly RegExp[]
  /** A whole turn on its own. */
  readonly closedAnswers: ReadonlySet<string>
  /** Beginnings of a question that has its verb early. */
  readonly questions: RegExp
  /** Endings that close a turn: please, thanks, times, question tags. */
  readonly closers: RegExp
  /** How sure the words themselves make that the clause is unfinished, beyond its last word: -1 to 1. */
  readonly clause: (words: readonly string[]) => number
  /** Words of one digit, as they are read out. */
  readonly digits: ReadonlySet<string>
  readonly isNumber: (word: string) => boolean
}

/** The words of a list as written in a template string. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''))
}

/** The phrases of a list, one a line. */
export function lines(list: string): ReadonlySet<string> {
  return new Set(
    list
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  )
}
