import type { Item } from '../events/items.ts'
import { itemOverhead, wordsOf } from './item-words.ts'
import type { Speaker } from './item-words.ts'
import { sentencesOf } from './sentences.ts'
import { worths } from './sentence-worth.ts'
import type { Candidate, Worth } from './sentence-worth.ts'
import { estimateTokens } from './tokens.ts'

/** What is kept of one item, in its own words. */
export interface Extract {
  readonly item: Item
  readonly speaker: Speaker
  readonly text: string
}

/** Most of a tool's arguments or result that is worth telling (characters). */
const longestToolText = 240

/**
 * A summary without a model: the sentences that say most in at most `maxTokens` as told line by line, in order.
 * Names, numbers, days, decisions, questions and what people say of themselves come first; each thing once. English
 * and German are known; in other languages names, numbers and rare words still count.
 */
export function extract(items: readonly Item[], maxTokens: number): readonly Extract[] {
  const sentences = items.flatMap((item) => {
    const said = wordsOf(item)
    if (said === undefined) return []
    const texts = said.speaker.startsWith('Tool') ? [clipped(said.text)] : sentencesOf(said.text)
    return texts.map((text) => ({ item, speaker: said.speaker, text }))
  })
  const chosen = chooseSentences(sentences, maxTokens)
  const extracts = new Map<Item, Extract>()
  for (const index of chosen) {
    const sentence = sentences[index]
    if (sentence === undefined) continue
    const begun = extracts.get(sentence.item)
    extracts.set(
      sentence.item,
      begun === undefined ? sentence : { ...begun, text: `${begun.text} ${sentence.text}` },
    )
  }
  return [...extracts.values()]
}

/** The sentences of a text that say most, in order, in at most `maxTokens`. */
export function shorten(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text
  const sentences = sentencesOf(text).map((sentence) => ({ text: sentence, speaker: 'User' as const }))
  return chooseSentences(sentences, maxTokens)
    .map((index) => sentences[index]?.text ?? '')
    .join(' ')
}

/** Indexes of the sentences to tell, in order: always the one next that adds most for its tokens. */
function chooseSentences(
  sentences: readonly (Candidate & { readonly item?: Item })[],
  maxTokens: number,
): readonly number[] {
  const weighed = worths(sentences)
  // One more than counted alone, for what joins it to its neighbours.
  const costs = sentences.map(({ text }) => estimateTokens(text) + 1)
  const taken = new Set<number>()
  const lines = new Set<Item>()
  const told = new Set<string>()
  let left = maxTokens
  const costOf = (index: number): number => {
    const item = sentences[index]?.item
    return (costs[index] ?? 1) + (item === undefined || lines.has(item) ? 0 : itemOverhead)
  }
  const density = (index: number): number => gain(weighed[index], told) / costOf(index)
  // What a sentence adds shrinks while others are taken: the best of the last count is best if it still holds.
  const waiting = sentences
    .map((_, index) => ({ index, density: density(index) }))
    .toSorted((a, b) => a.density - b.density)
  for (let next = waiting.pop(); next !== undefined && left > 0; next = waiting.pop()) {
    if (next.density <= 0) break
    const cost = costOf(next.index)
    if (cost > left) continue
    const now = density(next.index)
    if (now < (waiting.at(-1)?.density ?? 0)) {
      waiting.splice(placeFor(waiting, now), 0, { index: next.index, density: now })
      continue
    }
    taken.add(next.index)
    const item = sentences[next.index]?.item
    if (item !== undefined) lines.add(item)
    for (const term of weighed[next.index]?.terms.keys() ?? []) told.add(term)
    left -= cost
  }
  return [...taken].toSorted((a, b) => a - b)
}

/** A term that is told already adds a little: it is said of something else. */
const again = 0.15

function gain(worth: Worth | undefined, told: ReadonlySet<string>): number {
  if (worth === undefined) return 0
  let sum = 0
  let fresh = 0
  for (const [term, weight] of worth.terms) {
    const isTold = told.has(term)
    sum += isTold ? weight * again : weight
    if (!isTold) fresh += 1
  }
  // Who says the same a second time adds nothing by the manner of saying it.
  return sum + (worth.bonus * fresh) / Math.max(1, worth.terms.size)
}

function placeFor(waiting: readonly { readonly density: number }[], density: number): number {
  let low = 0
  let high = waiting.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((waiting[middle]?.density ?? 0) < density) low = middle + 1
    else high = middle
  }
  return low
}

function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length <= longestToolText ? line : `${line.slice(0, longestToolText)}…`
}
