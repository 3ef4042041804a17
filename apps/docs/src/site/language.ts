/** Languages of the site; English is complete, German has what people decide and set up with. */
export const languages = ['en', 'de'] as const

/** One of them. */
export type Language = (typeof languages)[number]

/** The same words in each language. */
export type Words = Readonly<Record<Language, string>>

/** The address of a page in a language, without the site's base path: English has no prefix. */
export function addressOf(path: string, language: Language): string {
  return language === 'en' ? path : `/de${path}`
}

/** What an address below the base path shows: the page and its language. */
export function parseAddress(address: string): { readonly path: string; readonly language: Language } {
  const slashed = address.endsWith('/') ? address : `${address}/`
  return slashed.startsWith('/de/')
    ? { path: slashed.slice('/de'.length), language: 'de' }
    : { path: slashed, language: 'en' }
}
