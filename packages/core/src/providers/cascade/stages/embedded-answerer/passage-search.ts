import type { Passage } from './passages.ts'
import { type AnswerLanguage, contentWords } from './spelling.ts'

/** A passage and how close it is, from 0 to 1. */
export interface PassageMatch {
  readonly passage: Passage
  readonly score: number
}

/** Finds passages by the letters they share with a question. */
export type PassageSearch = (question: string) => readonly PassageMatch[]

/** Weight of the closest way of asking; the rest is the passage as a whole. */
const askShare = 0.6

/** Least score of an answer. Nearly all right answers lie above it, nearly all foreign questions below. */
export const knownScore = 0.17

type Vector = ReadonlyMap<string, number>

/**
 * Builds the search: TF-IDF over character n-grams of 3 to 5 letters inside words, which forgives endings, compounds
 * and spellings of speech recognition. A passage scores by its closest way of asking and by its whole text. Answers
 * best first, with a score above zero.
 */
export function createPassageSearch(passages: readonly Passage[], language: AnswerLanguage): PassageSearch {
  const wholes = passages.map(({ asks, text }) => termCounts(`${asks.join(' ')} ${text}`, language))
  const documentFrequency = new Map<string, number>()
  for (const counts of wholes) {
    for (const term of counts.keys()) documentFrequency.set(term, (documentFrequency.get(term) ?? 0) + 1)
  }
  const idf = (term: string): number =>
    Math.log((passages.length + 1) / ((documentFrequency.get(term) ?? 0) + 0.5))

  const indexed = passages.map((passage, at) => ({
    passage,
    whole: unitVector(wholes[at] ?? new Map(), idf),
    asks: passage.asks.map((ask) => unitVector(termCounts(ask, language), idf)),
  }))

  return (question) => {
    const query = unitVector(termCounts(question, language), idf)
    return indexed
      .map(({ passage, whole, asks }) => ({
        passage,
        score:
          askShare * Math.max(...asks.map((ask) => dot(query, ask))) + (1 - askShare) * dot(query, whole),
      }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
  }
}

/** Share of n-grams two short texts have in common, from 0 to 1. */
export function likeness(a: string, b: string, language: AnswerLanguage): number {
  const [left, right] = [termCounts(a, language), termCounts(b, language)]
  let common = 0
  for (const term of left.keys()) if (right.has(term)) common += 1
  return left.size + right.size === 0 ? 0 : (2 * common) / (left.size + right.size)
}

function termCounts(text: string, language: AnswerLanguage): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (term: string): void => void counts.set(term, (counts.get(term) ?? 0) + 1)
  for (const word of contentWords(text, language)) {
    const padded = `_${word}_`
    add(padded)
    for (let size = 3; size <= 5; size += 1) {
      for (let at = 0; at + size <= padded.length; at += 1) add(padded.slice(at, at + size))
    }
  }
  return counts
}

function unitVector(counts: ReadonlyMap<string, number>, idf: (term: string) => number): Vector {
  const weighted = [...counts].map(([term, count]) => [term, (1 + Math.log(count)) * idf(term)] as const)
  const length = Math.hypot(...weighted.map(([, weight]) => weight)) || 1
  return new Map(weighted.map(([term, weight]) => [term, weight / length]))
}

function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0)
  return sum
}
