import { wordsOf } from '../turns/text-score.ts'

/** What a listener says to show that he listens, German and English. Several words are joined by a space. */
const backchannels: ReadonlySet<string> = new Set(
  `mhm|mm|mmm|hm|hmm|mm-hmm|mmhm|mh|uh-huh|uhu|aha|ah|oh|ach|ach so|achso|äh|ähm|um|uh|ja|jaja|ja ja|jo|jep|yep|yeah|
  yes|yup|okay|ok|okey|okay okay|right|sure|genau|klar|alles klar|stimmt|richtig|gut|schön|super|gerne|good|great|
  nice|cool|wow|really|i see|got it|of course|exactly|verstehe|ich verstehe|ach ja|na ja|naja|so|tja|interesting|
  interessant|natürlich|wirklich|echt|echt jetzt|no way|fair enough|makes sense|true|absolutely|danke|thanks`
    .split('|')
    .map((phrase) => phrase.trim()),
)
const longestPhrase = 3

/**
 * The words of `text` that are more than a sign of listening. "Yes but that is wrong" keeps what stands after the
 * yes; "no" and "stop" always count.
 */
export function wordsThatInterrupt(text: string): readonly string[] {
  const words = wordsOf(text)
  const kept: string[] = []
  for (let index = 0; index < words.length;) {
    let length = Math.min(longestPhrase, words.length - index)
    while (length > 0 && !backchannels.has(words.slice(index, index + length).join(' '))) length -= 1
    if (length === 0) kept.push(words[index] ?? '')
    index += Math.max(length, 1)
  }
  return kept
}
