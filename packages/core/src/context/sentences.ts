/** Abbreviations whose full stop ends no sentence, in English and German, lower case. */
const abbreviations =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|vs|etc|e\.g|i\.e|a\.m|p\.m|approx|nr|bzw|ca|z\.b|d\.h|u\.a|str|hr|fr|evtl|usw|inkl|tel)\.$/iu

/** A text as sentences. Text without any marks, as some recognisers write it, is cut at about 30 words. */
export function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = []
  let begun = ''
  for (const piece of text.split(/(?<=[.!?…]["”’»)]?)\s+|(?<=[。！？])|\n+/u)) {
    begun = begun === '' ? piece.trim() : `${begun} ${piece.trim()}`
    // "on the 3. of May": a number before the stop is an ordinal in German.
    if (abbreviations.test(begun) || /(?:^|\s)\d{1,2}\.$/.test(begun)) continue
    sentences.push(...cutLong(begun))
    begun = ''
  }
  sentences.push(...cutLong(begun))
  return sentences.filter((sentence) => sentence !== '')
}

const longestSentence = 30

function cutLong(sentence: string): readonly string[] {
  const words = sentence.split(/\s+/)
  if (words.length <= longestSentence * 1.5) return [sentence]
  const parts: string[] = []
  for (let at = 0; at < words.length; at += longestSentence) {
    parts.push(words.slice(at, at + longestSentence).join(' '))
  }
  return parts
}
