/** Markup that may be written as it is. Only `html` makes it. */
export interface Html {
  readonly markup: string
}

/** What a template takes: text is escaped, markup is not, a list is joined, nothing is written for nothing. */
export type HtmlValue = Html | string | number | undefined | readonly HtmlValue[]

/** Markup from a template; every text in it is escaped for elements and quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.map((part, index) => part + markupOf(values[index])).join('') }
}

/** Text with the five characters escaped that mean something in markup. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * JSON that a script element may hold: no character in it can end the element or begin a comment, and it is the same
 * value when it is parsed.
 */
export function embeddedJson(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll('<', String.raw`\u003c`) }
}

/** Our own script or style as an element that holds it to the letter, so that its digest is what a policy allows. */
export function ownCode(element: 'script' | 'style', code: string): Html {
  if (/<\/(?:script|style)|<!--/i.test(code)) throw new RangeError('The code would end the element it is in')
  return { markup: `<${element}>${code}</${element}>` }
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if ('markup' in value) return value.markup
  return value.map(markupOf).join('')
}
