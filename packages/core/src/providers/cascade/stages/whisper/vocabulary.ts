/** Turns token numbers into text. */
export interface Vocabulary {
  decode(tokens: readonly number[]): string
}

/** Reads a byte-level vocabulary (`vocab.json`: token text to number). Numbers it does not know stand for no text. */
export function readVocabulary(json: string): Vocabulary {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) throw new Error('The vocabulary is no JSON object.')
  const texts = new Map<number, string>()
  for (const [text, token] of Object.entries(parsed)) if (typeof token === 'number') texts.set(token, text)
  return {
    decode(tokens) {
      const letters = tokens.map((token) => texts.get(token) ?? '').join('')
      const bytes = Uint8Array.from(Array.from(letters).flatMap((letter) => byteOfLetter.get(letter) ?? []))
      return new TextDecoder().decode(bytes)
    },
  }
}

/** GPT-2's rule: printable bytes stand for themselves, the others for the letters from 256 on, in order. */
const byteOfLetter = letterTable()

function letterTable(): ReadonlyMap<string, number> {
  const isPrintable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
  const table = new Map<string, number>()
  let next = 256
  for (let byte = 0; byte < 256; byte += 1)
    table.set(String.fromCodePoint(isPrintable(byte) ? byte : next++), byte)
  return table
}
