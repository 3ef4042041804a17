/** Last of the Latin letters with marks: a word that has one is cut into small pieces. */
const lastLatin = 0x02ff

/**
 * Tokens of a code point outside ASCII, by the last code point of a range. Measured on o200k_base, the vocabulary of
 * the models that speak, and rounded up: `tokens.test.ts` compares.
 */
const ranges: readonly (readonly [last: number, tokens: number])[] = [
  [0x00bf, 1], // Latin signs
  [lastLatin, 0.9],
  [0x03ff, 0.43], // Greek
  [0x052f, 0.34], // Cyrillic
  [0x058f, 0.6], // Armenian
  [0x05ff, 0.46], // Hebrew
  [0x077f, 0.38], // Arabic
  [0x08ff, 0.6],
  [0x097f, 0.4], // Devanagari
  [0x0dff, 0.6], // the other scripts of India
  [0x0eff, 0.52], // Thai, Lao
  [0x10ff, 0.7],
  [0x1dff, 0.9],
  [0x1eff, 0.4], // Latin letters of Vietnamese
  [0x1fff, 0.9],
  [0x2fff, 1],
  [0x30ff, 0.78], // Hiragana, Katakana
  [0x9fff, 0.9], // Han
  [0xd7ff, 0.75], // Hangul
  [0xffff, 1],
]

/** Of what lies beyond: emoji are two or three tokens, rare letters as many as their bytes. */
const tokensBeyond = 2.5

/** ASCII letters of a word that are one token together; about three of the others are one more. */
const oneToken = 6

type Run = 'none' | 'letters' | 'digits' | 'space' | 'signs'

/**
 * About how many tokens a model counts for a text in any script, without its vocabulary: rather a quarter too many
 * than a tenth too few.
 */
export function estimateTokens(text: string): number {
  let tokens = 0
  let run: Run = 'none'
  let length = 0
  let capitals = 0
  let marked = false

  function endRun(): void {
    if (run === 'letters') {
      // Words in capitals, and random ones, are cut into small pieces.
      const small = marked ? Math.max(1, length / 3) : 1 + Math.max(0, length - oneToken) / 3
      tokens += capitals > 1 ? Math.max(small, length * 0.36) : small
    }
    if (run === 'digits') tokens += Math.ceil(length / 3)
    if (run === 'signs') tokens += 1 + (length - 1) * 0.35
    length = 0
    capitals = 0
    marked = false
  }

  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) {
      const code = text.codePointAt(index) ?? unit
      if (code > 0xffff) index += 1
      // A word without ASCII letters has no first token to begin with.
      if (run !== 'letters') {
        endRun()
        run = 'none'
      }
      if (code <= lastLatin) marked = true
      tokens += tokensOf(code)
      continue
    }
    const kind = kindOf(unit)
    if (kind !== run) {
      const begunMarked: boolean = run === 'none' && kind === 'letters' && marked
      endRun()
      marked = begunMarked
      // A space joins the word behind it, not the digits.
      if (kind === 'digits' && run === 'space') tokens += 1
      run = kind
    }
    length += 1
    if (unit >= 0x41 && unit <= 0x5a) capitals += 1
    if (unit === 0x0a) tokens += 1
  }
  endRun()
  return Math.ceil(tokens)
}

function kindOf(unit: number): Run {
  if ((unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)) return 'letters'
  if (unit >= 0x30 && unit <= 0x39) return 'digits'
  return unit <= 0x20 ? 'space' : 'signs'
}

function tokensOf(code: number): number {
  for (const [last, tokens] of ranges) if (code <= last) return tokens
  return tokensBeyond
}
