import { english } from './english.ts'
import { german } from './german.ts'
import type { Grammar } from './grammar.ts'

/** What the words of a turn tell about its end. */
export interface TextJudgement {
  /** Evidence that the turn is over, as a logit: 0 is undecided. */
  readonly logit: number
  /** A number is being read out and may go on. */
  readonly readingDigits: boolean
  /** Nothing but hesitation so far. */
  readonly fillersOnly: boolean
}

const grammars: readonly Grammar[] = [english, german]

/** Digits in a row from which a phone number may be complete. */
const completeDigits = 9
/** A row shorter than this is the first group of a longer one. */
const shortRow = 5
/** Logits: a whole answer, a word that ends no sentence, one that seldom does, hesitation. */
const closedAnswer = 3
const openWord = -3.5
const leaningWord = -1.6
const hesitation = -2.5

/**
 * Judges whether a transcript is a whole turn, in German or English; other languages are told by punctuation alone.
 * `languages` are the BCP 47 tags it may be in, empty = any.
 */
export function judgeText(text: string, languages: readonly string[] = []): TextJudgement {
  const all = wordsOf(text)
  const grammar = grammarFor(all, languages)
  const trailing = trailingPunctuation(text)
  if (all.length === 0) return { logit: 0, readingDigits: false, fillersOnly: false }
  if (!grammar) return { logit: trailing, readingDigits: false, fillersOnly: false }
  const spoken = withoutFillers(all, grammar)
  if (spoken.length === 0) return { logit: hesitation, readingDigits: false, fillersOnly: true }
  const whole = spoken.join(' ')
  if (grammar.closedAnswers.has(whole))
    return { logit: closedAnswer, readingDigits: false, fillersOnly: false }
  const digits = digitsAtEnd(spoken, grammar)
  const trailsOff = grammar.fillers.has(all.at(-1) ?? '') && spoken.length < all.length
  const logit = trailsOff ? hesitation : logitOf(spoken, grammar) + trailing + digits.logit
  return { logit, readingDigits: digits.reading, fillersOnly: false }
}

/** The words of a turn without what is only said to hold the floor. */
export function spokenWords(text: string, languages: readonly string[] = []): readonly string[] {
  const all = wordsOf(text)
  const grammar = grammarFor(all, languages)
  return grammar ? withoutFillers(all, grammar) : all
}

/** Lower-case words without punctuation; apostrophes and hyphens inside stay. */
export function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .split(/[^\p{L}\p{N}'-]+/u)
    .map((word) => word.replace(/^['-]+|['-]+$/g, ''))
    .filter((word) => word !== '')
}

function logitOf(spoken: readonly string[], grammar: Grammar): number {
  const whole = spoken.join(' ')
  const last = spoken.at(-1) ?? ''
  const asks = grammar.questions.test(whole)
  // One word that is no known answer may be a name or the beginning of anything.
  let logit = spoken.length === 1 ? 0.2 : spoken.length === 2 ? 0.7 : 1.4
  if (grammar.openPhrases.some((phrase) => phrase.test(whole))) logit += openWord
  else if (grammar.closers.test(whole)) logit += 1
  else if (grammar.openers.has(last)) logit += openWord
  // A question may end with its verb.
  else if (grammar.leaners.has(last) && !(asks && spoken.length >= 3)) logit += leaningWord
  if (asks && spoken.length >= 4) logit += 0.3
  return logit - 2.5 * grammar.clause(spoken)
}

function digitsAtEnd(spoken: readonly string[], grammar: Grammar): { logit: number; reading: boolean } {
  let count = 0
  for (const word of spoken.toReversed()) {
    if (!grammar.digits.has(word) && !/^(\d+|[a-z])$/.test(word)) break
    count += /^\d+$/.test(word) ? word.length : 1
  }
  // One number is a quantity; a row of digits is read out in groups.
  if (count < 2) return { logit: grammar.isNumber(spoken.at(-1) ?? '') ? -0.4 : 0, reading: false }
  if (count >= completeDigits) return { logit: 0, reading: false }
  return { logit: count < shortRow ? -1.8 : -0.6, reading: true }
}

function withoutFillers(all: readonly string[], grammar: Grammar): readonly string[] {
  const kept: string[] = []
  for (let index = 0; index < all.length;) {
    const length = [4, 3, 2, 1].find((count) =>
      grammar.fillers.has(all.slice(index, index + count).join(' ')),
    )
    // At its edges a filler is nothing but that; inside a sentence it may be a word of it.
    const edge = kept.length === 0 || index + (length ?? 0) >= all.length
    if (length !== undefined && (edge || length > 1)) index += length
    else {
      kept.push(all[index] ?? '')
      index += 1
    }
  }
  return kept
}

/** Recognisers set a full stop after anything, but a comma or dots only where the speech went on. */
function trailingPunctuation(text: string): number {
  const end = text.trimEnd()
  if (/(,|…|\.\.\.|[-–—])$/.test(end)) return -2
  return /[?!]$/.test(end) ? 1 : 0
}

function grammarFor(all: readonly string[], languages: readonly string[]): Grammar | undefined {
  const allowed =
    languages.length === 0
      ? grammars
      : grammars.filter(({ language }) => languages.some((tag) => primary(tag) === language))
  const [only] = allowed
  if (!only || allowed.length === 1) return only
  const counts = allowed.map((grammar) => ({
    grammar,
    count: all.filter((word) => knows(grammar, word)).length,
    whole: grammar.closedAnswers.has(all.join(' ')) ? 1 : 0,
  }))
  const best = counts.toSorted((a, b) => b.count + b.whole - a.count - a.whole)[0]
  return best && best.count + best.whole > 0 ? best.grammar : only
}

function knows({ markers, openers, leaners, fillers, isNumber }: Grammar, word: string): boolean {
  return markers.has(word) || openers.has(word) || leaners.has(word) || fillers.has(word) || isNumber(word)
}

function primary(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
