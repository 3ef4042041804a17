const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const invalid = 255
const padding = 61
/** Arguments of one `fromCharCode` call; far below the stack limit of every engine. */
const blockCharacters = 8192

const characterOfValue = Uint8Array.from(alphabet, (character) => character.charCodeAt(0))
const valueOfCharacter = new Uint8Array(128).fill(invalid)
for (let value = 0; value < 64; value++) valueOfCharacter[characterOfValue[value] ?? 0] = value

/** A text is not base64; `index` is the position of the first character at fault. */
export class Base64Error extends SyntaxError {
  readonly index: number

  constructor(problem: string, index: number) {
    super(`Invalid base64: ${problem} at index ${index}`)
    this.name = 'Base64Error'
    this.index = index
  }
}

/** What a host may bring to write base64 faster than a loop can. */
export interface Base64Host {
  /** Of Node and what is compatible with it. */
  readonly Buffer?: {
    from(memory: ArrayBufferLike, offset: number, length: number): { toString(encoding: 'base64'): string }
  }
}

/** Bytes to standard base64 (RFC 4648 section 4) with padding. */
export const bytesToBase64: (bytes: Uint8Array) => string = base64Encoder(
  // What a host has beyond the language can only be found by looking.
  globalThis as Base64Host,
)

/** The fastest way to write base64 that `host` has; the same text whichever it is. */
export function base64Encoder(host: Base64Host): (bytes: Uint8Array) => string {
  const { Buffer } = host
  if (Buffer === undefined) return encodeByTable
  return (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function encodeByTable(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  const whole = bytes.length - (bytes.length % 3)
  let at = 0
  for (let i = 0; i < whole; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    codes[at++] = characterOfValue[group >> 18] ?? 0
    codes[at++] = characterOfValue[(group >> 12) & 63] ?? 0
    codes[at++] = characterOfValue[(group >> 6) & 63] ?? 0
    codes[at++] = characterOfValue[group & 63] ?? 0
  }
  if (whole < bytes.length) {
    const group = ((bytes[whole] ?? 0) << 16) | ((bytes[whole + 1] ?? 0) << 8)
    codes[at++] = characterOfValue[group >> 18] ?? 0
    codes[at++] = characterOfValue[(group >> 12) & 63] ?? 0
    codes[at++] = bytes.length - whole === 2 ? (characterOfValue[(group >> 6) & 63] ?? 0) : padding
    codes[at++] = padding
  }
  let text = ''
  for (let i = 0; i < codes.length; i += blockCharacters) {
    text += fromCodes(codes.subarray(i, i + blockCharacters))
  }
  return text
}

/**
 * Standard base64 to bytes; padding may be missing, white space and other alphabets may not.
 * Throws `Base64Error` with the index at fault.
 */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const end = unpaddedLength(text)
  const rest = end % 4
  if (rest === 1) throw faultIn(text, 'a lone last character')
  const bytes = new Uint8Array((end - rest) * 0.75 + (rest === 0 ? 0 : rest - 1))
  const whole = end - rest
  let at = 0
  for (let i = 0; i < whole; i += 4) {
    const a = valueAt(text, i)
    const b = valueAt(text, i + 1)
    const c = valueAt(text, i + 2)
    const d = valueAt(text, i + 3)
    if ((a | b | c | d) > 63) throw faultIn(text)
    bytes[at++] = (a << 2) | (b >> 4)
    bytes[at++] = (b << 4) | (c >> 2)
    bytes[at++] = (c << 6) | d
  }
  if (rest > 0) {
    const a = valueAt(text, whole)
    const b = valueAt(text, whole + 1)
    const c = rest === 3 ? valueAt(text, whole + 2) : 0
    if ((a | b | c) > 63) throw faultIn(text)
    bytes[at++] = (a << 2) | (b >> 4)
    if (rest === 3) bytes[at++] = (b << 4) | (c >> 2)
  }
  return bytes
}

/** `apply` takes anything array-like and is many times faster than a spread. */
function fromCodes(codes: Uint8Array): string {
  return Reflect.apply(String.fromCharCode, undefined, codes)
}

function valueAt(text: string, index: number): number {
  return valueOfCharacter[text.charCodeAt(index)] ?? invalid
}

/** Length without padding; padding that is there must complete the last group of four. */
function unpaddedLength(text: string): number {
  const length = text.length
  if (length === 0 || text.charCodeAt(length - 1) !== padding) return length
  if (length % 4 !== 0) throw faultIn(text)
  return text.charCodeAt(length - 2) === padding ? length - 2 : length - 1
}

/** Names the first character that is not base64; `otherwise` when each one is, at the last. */
function faultIn(text: string, otherwise = ''): Base64Error {
  for (let index = 0; index < text.length; index++) {
    if (valueAt(text, index) > 63) return new Base64Error('unexpected character', index)
  }
  return new Base64Error(otherwise, text.length - 1)
}
