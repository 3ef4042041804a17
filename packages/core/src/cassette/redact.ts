/** Stands where something secret was. */
export const removed = '[removed]'

/** Removes what is secret from anything that `JSON.stringify` can write; gives a copy, keeps what is clean. */
export type Redact = (value: unknown) => unknown

/** Fields whose text is secret whatever it is; names without case, `-` and `_`. */
const secretNames =
  /^(authorization|proxyauthorization|cookie|setcookie|credentials?|icecredential|iceservers|signature|headers)$|(token|secret|secrets|secretvalue|apikey|subscriptionkey|accesskey|secretkey|privatekey|ephemeralkey|password|passwd|passphrase)$/

const patterns: readonly (readonly [RegExp, string])[] = [
  // Credentials in prose, headers, query strings and code: what follows the name.
  [/\b(Bearer|Basic)\s+[\w\-.~+/]{16,}=*/gi, `$1 ${removed}`],
  [
    /((?:api[-_ ]?key|access[-_ ]?token|auth[-_ ]?token|client[-_ ]?secret|subscription[-_ ]?key|password|secret|token)\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\,;&<>]+/gi,
    `$1${removed}`,
  ],
  [/([?&](?:authorization|sig|signature|key|code)=)[^\s"'\\&#<>]+/gi, `$1${removed}`],
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${removed}@`],
  // Keys that show by their form whose they are.
  [/\b(?:sk|ek|pk|rk)[-_][A-Za-z0-9_-]{16,}/g, removed],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, removed],
  [/\bgh[pousr]_[A-Za-z0-9]{30,}/g, removed],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, removed],
]

/** Shorter ones are removed where they are all of a text: inside of one they could be part of any word. */
const minInnerLength = 4

/**
 * A redactor that knows some secrets by value: keys, tokens, client secrets. What it does not know by value it finds by
 * the names of fields and by the form of the text, in JSON inside of text as well.
 */
export function createRedactor(secrets: Iterable<string>): Redact {
  const known = [...new Set(secrets)].filter((secret) => secret !== '')
  const exact = new Set(known)
  const inner = [...new Set(known.flatMap(spellings))]
    .filter((secret) => secret.length >= minInnerLength)
    .toSorted((a, b) => b.length - a.length)

  function clean(text: string): string {
    if (exact.has(text)) return removed
    let result = text
    for (const secret of inner) if (result.includes(secret)) result = result.replaceAll(secret, removed)
    const json = cleanJson(result)
    if (json !== undefined) return json
    for (const [pattern, replacement] of patterns) result = result.replaceAll(pattern, replacement)
    return result
  }

  /** Arguments and results of tools are JSON in text. */
  function cleanJson(text: string): string | undefined {
    if (!/^\s*[[{]/.test(text)) return undefined
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch {
      return undefined
    }
    const cleaned = redact(parsed)
    return cleaned === parsed ? text : JSON.stringify(cleaned)
  }

  function cleanField(name: string, value: unknown): unknown {
    if (!secretNames.test(name.toLowerCase().replaceAll(/[-_]/g, ''))) return redact(value)
    return hide(value)
  }

  /** All text below a secret field; numbers and switches say nothing. */
  function hide(value: unknown): unknown {
    if (typeof value === 'string') return value === '' ? value : removed
    if (Array.isArray(value)) return value.map(hide)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [clean(name), hide(field)]))
  }

  function redact(value: unknown): unknown {
    if (typeof value === 'string') return clean(value)
    if (Array.isArray(value)) {
      const items: readonly unknown[] = value
      const copies = items.map(redact)
      return copies.every((copy, index) => copy === items[index]) ? value : copies
    }
    if (typeof value !== 'object' || value === null) return value
    const entries: readonly (readonly [string, unknown])[] = Object.entries(value)
    const copies = entries.map(([name, field]) => [clean(name), cleanField(name, field)] as const)
    const isClean = copies.every(
      ([name, copy], index) => name === entries[index]?.[0] && copy === entries[index][1],
    )
    return isClean ? value : Object.fromEntries(copies)
  }

  return redact
}

/** A secret as it looks in an address and in JSON inside of text. */
function spellings(secret: string): readonly string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), btoaOf(secret)]
}

function btoaOf(text: string): string {
  return Buffer.from(text).toString('base64')
}
