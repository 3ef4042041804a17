import type { PageLanguage } from './i18n/messages.ts'

/** Sections of the documentation that exist in every language of the page; the rest is in English. */
const translated = /^($|backends\/|guides\/|concepts\/)/

/**
 * Address of a page of the documentation, which the playground's server hands out beside the page: `page` without
 * slashes around it, empty for the first one.
 */
export function docsAddress(language: PageLanguage, page: string, anchor?: string): string {
  const folder = page === '' ? '' : `${page}/`
  const prefix = language === 'de' && translated.test(folder) ? 'de/' : ''
  return `/docs/${prefix}${folder}${anchor === undefined ? '' : `#${anchor}`}`
}
