import { listArticles, type ArticleKind } from '../content/articles.ts'
import { reference } from '../reference/read-reference.ts'
import { addressOf, languages, type Language, type Words } from './language.ts'

/** A page of the site. */
export interface SitePage {
  /** Without the language, with slashes at both ends: `/backends/openai/`. */
  readonly path: string
  /** Its title in each language it is written in. */
  readonly titles: Partial<Words>
}

/** A part of the navigation. */
export interface SiteSection {
  readonly id: 'which' | 'backends' | ArticleKind | 'reference'
  readonly title: Words
  readonly pages: readonly SitePage[]
}

/** A link of the navigation in one language. */
export interface NavLink {
  readonly path: string
  readonly href: string
  readonly title: string
  /** Language of the page behind it. */
  readonly language: Language
  /** It is written in every language. */
  readonly inBoth: boolean
}

/** Pages of the reference; most are written in English only. */
const referencePages: readonly SitePage[] = [
  { path: '/settings/', titles: { en: 'Settings' } },
  { path: '/reference/command-line/', titles: { en: 'Command line' } },
  { path: '/reference/rest/', titles: { en: 'REST' } },
  { path: '/dialects/', titles: { en: 'Events and dialects' } },
  { path: '/reference/errors/', titles: { en: 'Errors' } },
  { path: '/reference/metrics/', titles: { en: 'Metrics' } },
  { path: '/reference/measures/', titles: { en: 'Measures', de: 'Messgrößen' } },
  { path: '/reference/audio/', titles: { en: 'Audio figures', de: 'Audio-Messwerte' } },
  { path: '/reference/scenarios/', titles: { en: 'Scenario files' } },
  { path: '/reference/conformance/', titles: { en: 'Conformance clauses' } },
  { path: '/parity/', titles: { en: 'Parity' } },
]

/** Every page, in the order of the navigation and of previous and next. */
export const siteSections: readonly SiteSection[] = [
  {
    id: 'which',
    title: { en: 'Which backend?', de: 'Welches Backend?' },
    pages: [{ path: '/', titles: { en: 'Which backend?', de: 'Welches Backend?' } }],
  },
  {
    id: 'backends',
    title: { en: 'Backends', de: 'Backends' },
    pages: [
      { path: '/backends/', titles: { en: 'All of them', de: 'Alle' } },
      ...reference.backends.map(({ name, title }) => ({
        path: `/backends/${name}/`,
        titles: { en: title, de: title },
      })),
    ],
  },
  { id: 'guides', title: { en: 'Guides', de: 'Anleitungen' }, pages: articlePages('guides') },
  { id: 'concepts', title: { en: 'Concepts', de: 'Konzepte' }, pages: articlePages('concepts') },
  { id: 'reference', title: { en: 'Reference', de: 'Referenz' }, pages: referencePages },
]

const pages = siteSections.flatMap((section) => section.pages)

/** Languages a page is written in; none when there is no such page. */
export function languagesOf(path: string): readonly Language[] {
  const page = pages.find((candidate) => candidate.path === path)
  return page ? languages.filter((language) => page.titles[language] !== undefined) : []
}

/** The link to a page in a language, or in English where it is not written in it. */
export function linkTo(page: SitePage, language: Language): NavLink {
  const written = page.titles[language] === undefined ? 'en' : language
  return {
    path: page.path,
    href: addressOf(page.path, written),
    title: page.titles[written] ?? page.path,
    language: written,
    inBoth: languages.every((each) => page.titles[each] !== undefined),
  }
}

/** The address of a page's best version for readers of a language. Whatever follows `#` is kept. */
export function localAddress(address: string, language: Language): string {
  const [path = '', anchor] = address.split('#')
  const local = languagesOf(path).includes(language) ? addressOf(path, language) : path
  return anchor === undefined ? local : `${local}#${anchor}`
}

/** The pages before and after one, among those written in the language. */
export function neighboursOf(
  path: string,
  language: Language,
): { readonly previous: NavLink | undefined; readonly next: NavLink | undefined } {
  const own = pages.filter(({ titles }) => titles[language] !== undefined)
  const place = own.findIndex((page) => page.path === path)
  const at = (index: number): NavLink | undefined => {
    const page = place < 0 ? undefined : own[index]
    return page && linkTo(page, language)
  }
  return { previous: place > 0 ? at(place - 1) : undefined, next: at(place + 1) }
}

function articlePages(kind: ArticleKind): readonly SitePage[] {
  const german = new Map(listArticles(kind, 'de').map(({ slug, title }) => [slug, title]))
  return listArticles(kind, 'en').map(({ slug, title }) => {
    const de = german.get(slug)
    return { path: `/${kind}/${slug}/`, titles: de === undefined ? { en: title } : { en: title, de } }
  })
}
